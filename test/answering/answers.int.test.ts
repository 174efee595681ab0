import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asking, isSaid } from '../support/world.js';
import { notice } from '../support/texts.js';

const POOL = notice(
  'pool',
  '市体育馆泳池换水公告',
  '市体育馆泳池每季度换水一次。本次换水时间为5月8日至5月10日，期间泳池不开放。健身房照常开放。咨询电话：0571-87650001。\n2024年5月6日',
  { publishedOn: '2024-05-06' },
);
const SPRING = notice('spring', '春季书法比赛报名通知', '报名截止到4月12日。每人限报一件作品。', {
  publishedOn: '2024-03-12',
});
const AUTUMN = notice('autumn', '秋季书法比赛报名通知', '报名截止到10月15日。每人限报两件作品。', {
  publishedOn: '2024-03-10',
});
const ALL = [POOL, SPRING, AUTUMN];

describe('an answer', () => {
  it('is the line that fits, from the notice that fits', async () => {
    const answer = await (await asking(ALL)).ask('泳池什么时候换水');
    expect(answer).toMatchObject({ kind: 'answer', intent: 'deadline', notice: { id: 'pool', date: '2024-05-06' } });
    expect(answer.kind === 'answer' && answer.answer).toContain('5月8日至5月10日');
  });

  it('is never the date of the signature', async () => {
    const answer = await (await asking(ALL)).ask('泳池换水日期');
    expect(answer.kind === 'answer' && answer.answer).not.toBe('2024年5月6日');
  });

  it('is refused for another topic, with the nearest notices as such', async () => {
    const answer = await (await asking(ALL)).ask('去火星的船票怎么买');
    expect(answer.kind).toBe('none');
  });

  it('is not said of another year', async () => {
    const answer = await (await asking(ALL)).ask('2026年市体育馆泳池换水时间');
    expect(isSaid(answer)).toBe(false);
  });

  it('asks which is meant where a question names no more than two titles have', async () => {
    const answer = await (await asking(ALL)).ask('书法比赛报名通知');
    expect(answer).toMatchObject({ kind: 'choices', tiedCount: 2 });
  });

  it('lists the newest to someone who asks for news, and only of those days', async () => {
    const ask = await asking(ALL);
    const newest = await ask.ask('这周有什么通知');
    expect(newest.kind === 'choices' && newest.candidates.map(({ id }) => id)).toEqual(['spring']);
    expect(await (await asking([POOL])).ask('昨天有什么通知')).toMatchObject({
      kind: 'none',
      reason: 'nothing-recent',
    });
  });

  it('says what is wrong with a question that is none', async () => {
    const ask = await asking(ALL);
    expect(await ask.ask(' ？！ ')).toMatchObject({ kind: 'none', reason: 'empty-question' });
    expect(await ask.ask('字'.repeat(5000))).toMatchObject({ kind: 'none', reason: 'too-long' });
    expect(await ask.ask('谢谢啦')).toMatchObject({ kind: 'none' });
    expect(await (await asking([])).ask('泳池')).toMatchObject({ kind: 'none', reason: 'no-notices' });
  });

  it('of a chosen notice is refused too when the notice does not say it', async () => {
    const ask = await asking(ALL);
    const key = ask.keyOf('pool') ?? NaN;
    expect(await ask.askNotice('去火星的船票怎么买', key)).toMatchObject({ kind: 'none' });
    expect(await ask.askNotice('泳池什么时候换水', key)).toMatchObject({ kind: 'answer', notice: { id: 'pool' } });
    expect(await ask.askNotice('泳池', 99)).toBeNull();
  });

  it('always carries a quote that stands literally in its notice, whatever is asked', async () => {
    const ask = await asking(ALL);
    const word = fc.constantFrom(
      '泳池',
      '换水',
      '书法',
      '报名',
      '截止',
      '电话',
      '作品',
      '2024',
      '哪些',
      '！',
      '<b>',
      '🙂',
      'x',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 1, maxLength: 8 }), async (words) => {
        const answer = await ask.ask(words.join(''));
        expect(answer.candidates.length).toBeLessThanOrEqual(10);
        if (answer.kind !== 'answer') return;
        const cited = ALL.find(({ id }) => id === answer.notice.id);
        expect(`${cited?.title ?? ''}\n${cited?.body ?? ''}`).toContain(answer.quote);
        expect(answer.quote).toContain(answer.answer);
        expect(answer.answer).not.toBe('');
      }),
    );
  });
});
