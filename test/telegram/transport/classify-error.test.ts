import { GrammyError, HttpError } from 'grammy';
import { describe, expect, it } from 'vitest';
import { classifyError } from '../../../src/telegram/transport/classify-error.js';
import { REFUSALS } from '../../notify/delivery/kit.js';

const refusal = (code: number, description: string, method = 'sendMessage', parameters = {}) =>
  new GrammyError('failed', { ok: false, error_code: code, description, parameters }, method, {});

describe('an error that a call of the Bot API threw', () => {
  it.each([
    [429, 'Too Many Requests: retry after 7', 'sendMessage', 'flooded'],
    [401, 'Unauthorized', 'getUpdates', 'unauthorised'],
    [404, 'Not Found', 'getMe', 'unauthorised'],
    [404, 'Not Found', 'sendMessage', 'refused'],
    [409, 'Conflict: terminated by other getUpdates request', 'getUpdates', 'conflict'],
    [403, 'Forbidden: bot was blocked by the user', 'sendMessage', 'write-refused'],
    [403, 'Forbidden: something new about this chat', 'sendMessage', 'write-refused'],
    [400, 'Bad Request: not enough rights to send text messages to the chat', 'sendMessage', 'write-refused'],
    [400, 'Bad Request: have no rights to send a message', 'sendMessage', 'write-refused'],
    [400, 'Bad Request: CHAT_WRITE_FORBIDDEN', 'sendMessage', 'write-refused'],
    [400, 'Bad Request: CHAT_RESTRICTED', 'sendMessage', 'write-refused'],
    [400, 'Bad Request: CHAT_ADMIN_REQUIRED', 'sendMessage', 'write-refused'],
    [400, 'Bad Request: TOPIC_CLOSED', 'sendMessage', 'write-refused'],
    [400, 'Bad Request: chat not found', 'sendMessage', 'write-refused'],
    [400, 'Bad Request: message is not modified: specified new message content', 'editMessageText', 'unmodified'],
    [400, 'Bad Request: message to edit not found', 'editMessageText', 'uneditable'],
    [400, "Bad Request: message can't be edited", 'editMessageText', 'uneditable'],
    [400, 'Bad Request: message is too long', 'sendMessage', 'refused'],
    [500, 'Internal Server Error', 'sendMessage', 'refused'],
  ])('%i %s of %s → %s', (code, description, method, kind) => {
    expect(classifyError(refusal(code, description, method), REFUSALS)).toMatchObject({
      kind,
      method,
      refusal: { code, description, retryAfter: null, migratedTo: null },
    });
  });

  it('carries the time to wait and the id of the supergroup that the group became', () => {
    expect(classifyError(refusal(429, 'Too Many Requests', 'sendMessage', { retry_after: 7 }))).toMatchObject({
      refusal: { retryAfter: 7 },
    });
    const description = 'Bad Request: group chat was upgraded to a supergroup chat';
    const upgraded = refusal(400, description, 'sendMessage', { migrate_to_chat_id: -1_000_000_000_777 });
    expect(classifyError(upgraded, REFUSALS)).toMatchObject({
      kind: 'refused',
      refusal: { migratedTo: -1_000_000_000_777 },
    });
  });

  it('is unreachable when nothing readable came back, with the code of the network if there is one', () => {
    const fault = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    expect(classifyError(new HttpError('failed', fault))).toEqual({ kind: 'unreachable', code: 'ECONNREFUSED', fault });
    expect(classifyError(new HttpError('failed', 'no JSON'))).toMatchObject({ kind: 'unreachable', code: undefined });
  });

  it('is told from an error of the program', () => {
    expect(classifyError(new TypeError('of ours'))).toEqual({ kind: 'other' });
  });
});
