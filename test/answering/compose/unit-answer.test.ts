import { describe, expect, it } from 'vitest';
import { composeUnitAnswer, missingWords, type UnitAnswer } from '../../../src/answering/compose/unit-answer.js';
import type { UnitKind } from '../../../src/domain/answer-unit.js';
import type { PeriodFact } from '../../../src/domain/fact.js';
import { notice } from '../../support/texts.js';
import { ask } from '../units-kit.js';

/** Answers a question by the unit of a notice that begins so. */
async function compose(
  question: string,
  body: string,
  start: string,
  { kind = 'sentence', facts = [] }: { readonly kind?: UnitKind; readonly facts?: readonly PeriodFact[] } = {},
): Promise<UnitAnswer> {
  const { aligned, at } = await ask(question, [notice('n', '泳池通知', body)], { facts });
  const answer = composeUnitAnswer(aligned, { best: at(start, kind), probability: 0.5 });
  expect(`泳池通知 ${body}`).toContain(answer.quote);
  return answer;
}
/** The period that the body states by these words. */
function period(body: string, words: string): PeriodFact {
  const at = { start: body.indexOf(words), end: body.indexOf(words) + words.length };
  const day = { date: '2024-05-06', time: null };
  const rest = { type: 'opening', label: '', yearInferred: true, workingDays: null } as const;
  return { kind: 'period', span: at, at, start: day, end: day, ...rest };
}

describe('the answer that a unit gives', () => {
  const LIST = '一、门票。儿童免費。老人10元。\n二、泳帽';

  it('is its text as it is written, quoted with the heading that it follows at once', async () => {
    expect(await compose('儿童门票', LIST, '儿童')).toMatchObject({
      answer: '儿童免費。',
      quote: '一、门票。儿童免費。',
    });
    const far = `一、门票${'甲'.repeat(30)}。儿童免费。`;
    expect(await compose('儿童门票', far, '儿童')).toMatchObject({ quote: '儿童免费。' });
    expect(await compose('泳帽', LIST, '二')).toMatchObject({ answer: '二、泳帽', quote: '二、泳帽' });
  });

  it('is a segment or a list as a whole', async () => {
    const whole = '一、门票。儿童免費。老人10元。';
    expect(await compose('门票', LIST, '一', { kind: 'segment' })).toMatchObject({ answer: whole, quote: whole });
    const list = '要求：\n1.戴泳帽；\n2.买门票。';
    expect(await compose('要求', list, '要求', { kind: 'list' })).toMatchObject({ answer: list, quote: list });
  });

  it('is a row in words with the names of its columns, quoted as it is written', async () => {
    const table = '票价如下：\n项目｜票价（元）｜时间\n儿童｜5元｜周一\n老人｜3元｜周二';
    expect(await compose('老人票价', table, '老人', { kind: 'row' })).toMatchObject({
      answer: '项目：老人；票价（元）：3元；时间：周二',
      quote: '老人｜3元｜周二',
    });
  });

  it('is, for a title, the opening of the notice, or the title where there is none', async () => {
    const opening = '泳池五月起每天开放，门票在门口购买。';
    const body = `各位泳客：\n短。\n关于泳池开放的有关事项通知如下：\n${opening}\n${opening}`;
    expect(await compose('泳池', body, '泳池', { kind: 'title' })).toMatchObject({ answer: opening, quote: opening });
    const item = '1.戴泳帽并在门口购买门票方可入内；';
    expect((await compose('泳池', `要求：\n${item}\n2.关。`, '泳池', { kind: 'title' })).answer).toBe(item);
    const none = await compose('泳池', '停。', '泳池', { kind: 'title' });
    expect(none).toEqual({ answer: '泳池通知', quote: '泳池通知', fact: null });
  });
});

describe('a long sentence', () => {
  const filler = '其他事项另行通知，'.repeat(10);
  const long = `${filler}儿童购买门票免费，老人5元，${filler}到此关闭。`;

  it('is cut to the adjacent clauses that hold most of the question', async () => {
    const { answer, quote } = await compose('儿童门票', long, '其他');
    expect(answer).toBe(quote);
    expect(answer.length).toBeLessThanOrEqual(160);
    expect(answer).toContain('儿童购买门票免费，');
    expect(answer).not.toMatch(/到此关闭/);
    expect((await compose('关闭', long, '其他')).answer).toMatch(/到此关闭。$/);
  });

  it('is cut to where a value of the kind asked for stands, if the words stand in two places', async () => {
    const twice = `${'儿童在此排队，'.repeat(24)}儿童购买门票每次付5元。`;
    expect((await compose('儿童', twice, '儿童')).answer).toBe('儿童在此排队，');
    expect((await compose('儿童多少钱', twice, '儿童')).answer).toBe('儿童购买门票每次付5元。');
  });

  it('of 160 characters is not cut', async () => {
    const whole = `${'甲'.repeat(156)}，泳帽。`;
    expect((await compose('泳帽', whole, '甲')).answer).toBe(whole);
    expect((await compose('泳帽', `甲${whole}`, '甲')).answer).toBe('泳帽。');
  });
});

describe('the fact of an answer', () => {
  const body = '泳池5月6日开放。停车场5月7日关闭至5月9日。';
  const facts = ['5月6日', '5月7日', '5月9日'].map((words) => period(body, words));

  it('is the only period that the quoted unit states', async () => {
    expect((await compose('泳池什么时候开放', body, '泳池', { facts })).fact).toBe(facts[0]);
    expect((await compose('停车场什么时候关闭', body, '停车场', { facts })).fact).toBeNull();
    expect((await compose('停车场什么时候关闭', body, '停车场')).fact).toBeNull();
  });

  it('is none where no time is asked for', async () => {
    expect((await compose('泳池多少钱', body, '泳池', { facts })).fact).toBeNull();
  });
});

describe('the words that a notice does not mention', () => {
  const missing = async (question: string): Promise<string[]> => {
    const { aligned, at } = await ask(question, [notice('n', '泳池通知', '儿童免费。')]);
    return missingWords(aligned, at('儿童').notice);
  };

  it('are nouns in the order of the question, wherever in the notice the others stand', async () => {
    expect(await missing('泳帽儿童门票')).toEqual(['泳帽', '门票']);
    expect(await missing('泳池儿童')).toEqual([]);
    expect(await missing('儿童购买')).toEqual([]);
  });

  it('are at most three', async () => {
    expect(await missing('停车场门票泳帽老人')).toEqual(['停车场', '门票', '泳帽']);
  });
});
