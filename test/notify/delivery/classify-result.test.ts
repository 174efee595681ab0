import { describe, expect, it } from 'vitest';
import { classifySendResult } from '../../../src/notify/delivery/classify-result.js';
import { REFUSALS, refused } from './kit.js';

const kindOf = (code: number, description: string, rest = {}): string => {
  const verdict = classifySendResult(refused(code, description, rest), REFUSALS);
  return verdict.kind === 'reduce' ? `without ${verdict.part}` : verdict.kind;
};

describe('what Telegram says of a message that is owed', () => {
  it.each([
    [403, 'Forbidden: bot was blocked by the user', 'gone'],
    [403, 'Forbidden: user is deactivated', 'gone'],
    [403, "Forbidden: bot can't initiate conversation with a user", 'gone'],
    [403, 'Forbidden: bot was kicked from the supergroup chat', 'gone'],
    [403, 'Forbidden: bot is not a member of the channel chat', 'gone'],
    [403, 'Forbidden: the group chat was deleted', 'gone'],
    [400, 'Bad Request: USER_IS_BLOCKED', 'gone'],
    [400, 'Bad Request: not enough rights to send text messages to the chat', 'closed'],
    [400, 'Bad Request: have no rights to send a message', 'closed'],
    [400, 'Bad Request: CHAT_WRITE_FORBIDDEN', 'closed'],
    [400, 'Bad Request: chat not found', 'closed'],
    [403, 'Forbidden: something new about this chat', 'closed'],
    [400, 'Bad Request: TOPIC_CLOSED', 'closedTopic'],
    [400, 'Bad Request: message thread not found', 'without topic'],
    [400, "Bad Request: can't parse entities: Can't find end tag corresponding to start tag b", 'without html'],
    [400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed", 'without buttons'],
    [400, 'Bad Request: BUTTON_DATA_INVALID', 'without buttons'],
    [400, "Bad Request: inline keyboard button URL 'x' is invalid: Wrong port number", 'without buttons'],
    [400, 'Bad Request: message is too long', 'rejected'],
    [400, 'Bad Request: message text is empty', 'rejected'],
    [400, 'Bad Request: something nobody has seen', 'unknown'],
    [413, 'Request Entity Too Large', 'unknown'],
    [401, 'Unauthorized', 'token'],
    [404, 'Not Found', 'token'],
    [500, 'Internal Server Error', 'fault'],
    [502, 'Bad Gateway', 'fault'],
  ])('%i %s → %s', (code, description, expected) => {
    expect(kindOf(code, description)).toBe(expected);
  });

  it('a new id decides whatever the words', () => {
    const migrated = refused(403, 'Forbidden: the group chat was deleted', { migratedTo: -1_000_000_000_777 });
    expect(classifySendResult(migrated, REFUSALS)).toEqual({ kind: 'migrated', chatId: -1_000_000_000_777 });
  });

  it('429: as long as it says; half a minute when it does not; never no wait at all', () => {
    const flood = (retryAfter: number | null) =>
      classifySendResult(refused(429, 'Too Many Requests', { retryAfter }), REFUSALS);
    expect(flood(17)).toEqual({ kind: 'flood', retryAfterMs: 17_000 });
    expect(flood(null)).toEqual({ kind: 'flood', retryAfterMs: 30_000 });
    expect(flood(0)).toEqual({ kind: 'flood', retryAfterMs: 1000 });
  });

  it('no answer is a fault of the network, and never a refusal', () => {
    expect(classifySendResult({ kind: 'unanswered', error: 'ECONNRESET' }, REFUSALS)).toEqual({ kind: 'fault' });
  });

  it('names no wording twice', () => {
    const descriptions = REFUSALS.map(([description]) => description);
    expect(new Set(descriptions).size).toBe(descriptions.length);
  });
});
