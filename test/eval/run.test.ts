import { describe, expect, it } from 'vitest';
import { findViolations } from '../../src/answering/compose/invariants.js';
import { reportSchema } from '../../src/eval/report.js';
import { runEval } from '../../src/eval/run.js';
import { caseOf, choices, found, POOL, READ, ref, stubAsker } from './stub.js';

const AT = new Date('2025-05-09T01:00:00Z');
const until = (id: string, q: string, type: string, text: string) =>
  caseOf({ id, q, type, expect: { all: [text], any: [], none: [] }, source: '泳池', refuse: false });

/** A clock whose readings are 1, 2, 3 … milliseconds apart, pair by pair. */
function risingClock(): () => number {
  let calls = 0;
  let at = 0;
  return () => {
    at += calls % 2 === 0 ? 0 : (calls + 1) / 2;
    calls++;
    return at;
  };
}

describe('an evaluation', () => {
  it('counts right, said wrongly and refused wrongly by type, and the refusals', async () => {
    const asker = stubAsker({ 换水到哪天: found('5月10日'), 几号开放: found('5月8日'), 谁负责: found('5月10日') });
    const cases = [
      until('a', '换水到哪天', 'deadline', '5月10日'),
      until('b', '几号开放', 'deadline', '5月11日'),
      until('c', '换水期间', 'number', '3天'),
      caseOf({ id: 'd', q: '谁负责', type: 'unanswerable', refuse: true }),
      caseOf({ id: 'e', q: '火星移民', type: 'unanswerable', refuse: true }),
    ];
    const report = await runEval(cases, asker, { at: AT });
    expect(report.types).toEqual([
      { type: 'deadline', right: 1, saidWrongly: 1, refusedWrongly: 0 },
      { type: 'number', right: 0, saidWrongly: 0, refusedWrongly: 1 },
      { type: 'unanswerable', right: 1, saidWrongly: 1, refusedWrongly: 0 },
    ]);
    expect(report.judged).toEqual({ right: 2, saidWrongly: 2, refusedWrongly: 1 });
    expect(report.refusals).toEqual({ expected: 2, right: 1 });
    expect(report.rows.map((row) => (row.form === 'gold' ? null : row.faults.length))).toEqual([0, 1, 0, 0, 0]);
    expect([report.dialogues, report.gold, report.at]).toEqual([null, null, AT.toISOString()]);
  });

  it('makes the retrieval table and the means over gold texts', async () => {
    const gold = (id: string, docid: string, answer: string) => caseOf({ id, docid, question: id, answer });
    const asker = stubAsker({ 一: found('5月10日'), 二: found('5月10日', { quote: '换水' }), 三: choices });
    const report = await runEval(
      [gold('一', 'pool', '5月10日'), gold('二', 'read', '社区服务中心二楼'), gold('三', 'gone', '甲')],
      asker,
    );
    expect(report.rows).toMatchObject([
      { form: 'gold', rank: 1, rougeL: 1, covered: true, noticeTitle: POOL.title },
      { form: 'gold', rank: 2, rougeL: 0, covered: false },
      { form: 'gold', rank: null, rougeL: 0, covered: false, kind: 'choices', noticeTitle: null },
    ]);
    expect(report.gold).toEqual({
      ...{ count: 3, r1: 0.3333, r3: 0.6667, r10: 0.6667, mrr: 0.5 },
      ...{ rougeL: 0.3333, covered: 0.3333, refused: 0 },
    });
    expect(report.types).toEqual([]);
  });

  it('calls a dialogue right when all its turns are, and starts each in a conversation of its own', async () => {
    const turn = (q: string, text: string) => ({ q, expect: { all: [text], any: [], none: [] }, source: '泳池' });
    const asker = stubAsker({ 换水到哪天: found('5月10日'), 那电话呢: found('0571-00010002') });
    const report = await runEval(
      [
        caseOf({ id: 'd1', turns: [turn('换水到哪天', '5月10日'), turn('那电话呢', '00010002')], note: 'x' }),
        caseOf({ id: 'd2', turns: [turn('那电话呢', '00010002'), turn('第二个呢', '读书会')] }),
      ],
      asker,
    );
    expect(report.dialogues).toEqual({ count: 2, right: 1, turns: { right: 3, saidWrongly: 0, refusedWrongly: 1 } });
    expect(report.judged).toEqual({ right: 0, saidWrongly: 0, refusedWrongly: 0 });
    expect(report.rows.map(({ id }) => id)).toEqual(['d1#1', 'd1#2', 'd2#1', 'd2#2']);
    expect(asker.conversations).toEqual([
      ['换水到哪天', '那电话呢'],
      ['那电话呢', '第二个呢'],
    ]);
  });

  it('times each answer by nearest rank', async () => {
    const cases = Array.from({ length: 100 }, (_, i) => until(`q${i}`, '换水', 'deadline', 'x'));
    const { timeMs } = await runEval(cases, stubAsker({}), { clockMs: risingClock() });
    expect(timeMs).toEqual({ p50: 50, p99: 99, max: 100 });
  });

  it('is plain data that its own schema reads back, whatever types are called', async () => {
    const asker = stubAsker({ 问: found('5月10日') });
    const report = await runEval(
      [until('a', '问', '__proto__', '5月10日'), until('b', '问', 'constructor', 'x')],
      asker,
    );
    expect(report.types.map(({ type }) => type)).toEqual(['__proto__', 'constructor']);
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });
});

describe('the promises of every answer', () => {
  const check = (answer: Parameters<typeof findViolations>[0]) => findViolations(answer, stubAsker({}).notice);
  const also = (answer: string, id: string) => found('x', { also: [{ answer, notice: ref(id) }] });

  it('are kept by literal quotes of body or title, and by digits of either', async () => {
    expect(await check(found('００010002'))).toEqual([]);
    expect(await check(found('换水', { quote: POOL.title }))).toEqual([]);
    expect(await check(also('20日', 'read'))).toEqual([]);
    expect(await check(choices)).toEqual([]);
  });

  it('are broken by no quote, another notice’s quote, foreign digits and an unknown notice', async () => {
    expect(await check(found('x', { quote: ' ' }))).toEqual(['no-quote', 'quote-not-in-notice']);
    expect(await check(found('x', { quote: READ.body }))).toEqual(['quote-not-in-notice']);
    expect(await check(found('2025年5月10日'))).toEqual(['digits-not-in-notice']);
    expect(await check(also('00010002', 'read'))).toEqual(['digits-not-in-notice']);
    expect(await check(also('x', 'gone'))).toEqual(['notice-not-stored']);
    expect(await check(found('138', { notice: ref('gone') }))).toEqual(['digits-not-in-notice', 'notice-not-stored']);
  });

  it('are counted in the report', async () => {
    const asker = stubAsker({ 一: found('123456'), 二: found('x', { quote: '' }) });
    const report = await runEval(
      [until('a', '一', 't', 'x'), until('b', '二', 't', 'x'), until('c', '三', 't', 'x')],
      asker,
    );
    expect(report.invariants).toEqual({
      ...{ answers: 2, noQuote: 1, quoteNotInNotice: 0, digitLock: 1, noticeNotStored: 0 },
    });
  });
});
