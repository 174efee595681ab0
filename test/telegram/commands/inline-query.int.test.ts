import { describe, expect, it } from 'vitest';
import type { FakeBotApi } from '../../support/fake-bot-api.js';
import { CANDIDATES, READER, refusal, stage } from '../kit.js';

interface Result {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly input_message_content: { readonly message_text: string; readonly parse_mode: string };
}

let queries = 0;

async function answerTo(api: FakeBotApi, query: string): Promise<{ results: Result[]; cacheTime: unknown }> {
  const id = `inline-${(queries += 1)}`;
  api.queueUpdate({ inline_query: { id, from: { id: READER, is_bot: false, first_name: '甲' }, query, offset: '' } });
  const call = await api.waitFor(() =>
    api.calls.find(({ method, payload }) => method === 'answerInlineQuery' && payload['inline_query_id'] === id),
  );
  return { results: call.payload['results'] as Result[], cacheTime: call.payload['cache_time'] };
}

describe('inline mode', () => {
  it('gives the answer first, then the other notices, cached for a minute', async () => {
    const { api } = await stage();
    const { results, cacheTime } = await answerTo(api, '公示到哪天？');
    expect(results.map(({ id }) => id)).toEqual(['answer', 'n2', 'n3']);
    expect(results[0]).toMatchObject({ title: '答：公示到哪天？', description: '《在线精品课程评审结果的公示》' });
    expect(results[0]?.input_message_content.message_text).toContain('<blockquote>公示时间');
    expect(results[1]?.input_message_content.message_text).toContain('创优赋能');
    expect(cacheTime).toBe(60);
  });

  it('shows what is typed as text, not as markup', async () => {
    const { api } = await stage();
    const { results } = await answerTo(api, '<b>&');
    expect(results[0]?.input_message_content.message_text).toContain('&lt;b&gt;&amp;');
  });

  it('says that nothing was found, with the nearest notices', async () => {
    const { api } = await stage({ askParts: { ask: () => Promise.resolve(refusal()) } });
    const { results } = await answerTo(api, '明天下雨吗');
    expect(results.map(({ id }) => id)).toEqual(['none', 'n1', 'n2', 'n3']);
    expect(results[0]?.title).toBe('现有通知里没有找到这个问题的答案。');
  });

  it.each(['chitchat', 'empty-question'] as const)(
    'to what is no question (%s) says what can be typed',
    async (reason) => {
      const { api } = await stage({ askParts: { ask: () => Promise.resolve(refusal(reason)) } });
      const { results } = await answerTo(api, '你好');
      expect(results.map(({ id, title }) => [id, title])).toEqual([['help', '输入问题就能查通知']]);
    },
  );

  it('to a question without a subject says what is missing', async () => {
    const { api } = await stage({ askParts: { ask: () => Promise.resolve(refusal('no-subject')) } });
    const { results } = await answerTo(api, '电话多少');
    expect(results[0]?.title).toMatch(/^请说明问的是哪份通知/);
    expect(results[0]).not.toHaveProperty('description');
  });

  it('asks which one when several fit, and does not say that nothing was found', async () => {
    const choices = { kind: 'choices', intent: 'fact', confidence: 0.5, candidates: CANDIDATES, tiedCount: 2 } as const;
    const { api } = await stage({ askParts: { ask: () => Promise.resolve(choices) } });
    const { results } = await answerTo(api, '公示电话');
    expect(results[0]?.title).toBe('有几份通知都符合，您问的是哪一份？');
  });

  it('explains itself to an empty query', async () => {
    const { api, ask } = await stage();
    const { results } = await answerTo(api, ' ');
    expect(results.map(({ id }) => id)).toEqual(['help']);
    expect(ask.asked).toEqual([]);
  });

  it('keeps quiet about a query that came too late, and answers the next', async () => {
    const { api, log } = await stage();
    api.failNext('answerInlineQuery', { error_code: 400, description: 'Bad Request: query is too old' });
    await answerTo(api, '一');
    const { results } = await answerTo(api, '二');
    expect(results[0]?.title).toBe('答：二');
    expect(log.lines().filter(({ level }) => level >= 50)).toEqual([]);
    expect(api.sent()).toEqual([]);
  });

  it('leaves no trace in the question log', async () => {
    const { api, state } = await stage();
    await answerTo(api, '公示');
    expect(await state.questions.get(1)).toBeNull();
  });
});
