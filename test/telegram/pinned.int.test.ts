import { describe, expect, it } from 'vitest';
import { noMetrics } from '../../src/operations/metrics-port.js';
import type { Pin } from '../../src/store/state-store.js';
import { READER, stage } from './kit.js';

const QUESTION = '食堂几点开门';
const PIN: Pin = {
  id: 4,
  question: QUESTION,
  answer: '早上<七>点。',
  createdBy: 1,
  createdAt: '2024-03-11T00:00:00.000Z',
  expiresAt: '2024-06-08T16:00:00.000Z',
};
const pins = { pinFor: (question: string) => (question === QUESTION ? PIN : null) };

describe('an answer that an admin pinned', () => {
  it('is given in place of the notices’, as an admin’s, and counted as such', async () => {
    const answered: string[] = [];
    const metrics = { ...noMetrics, answered: (kind: string) => void answered.push(kind) };
    const { api, ask } = await stage({ pins, metrics });
    const id = api.userSays(READER, QUESTION);
    const message = await api.nextMessage(READER);
    expect(message.text).toBe(
      '管理员固定的回答（2024年3月11日）\n\n早上<七>点。\n这是管理员的说明，不是通知原文；有效期至2024年6月8日。',
    );
    expect(message.reply_to_message_id).toBe(id);
    api.userSays(READER, '公示到哪天？');
    expect((await api.nextMessage(READER)).text).toMatch(/^答：/);
    expect(ask.asked).toEqual(['公示到哪天？']);
    expect(answered).toEqual(['pinned', 'answer']);
  });

  it('is the one result inline', async () => {
    const { api } = await stage({ pins });
    const from = { id: READER, is_bot: false, first_name: '甲' };
    api.queueUpdate({ inline_query: { id: 'q', from, query: QUESTION, offset: '' } });
    const call = await api.waitFor(() => api.calls.find(({ method }) => method === 'answerInlineQuery'));
    expect(call.payload['results']).toMatchObject([{ id: 'p4', title: '早上<七>点。', description: QUESTION }]);
  });
});
