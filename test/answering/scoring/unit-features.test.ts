import { describe, expect, it } from 'vitest';
import { UNIT_FEATURES, unitFeatures } from '../../../src/answering/scoring/unit-features.js';
import type { UnitCandidate } from '../../../src/answering/candidates/unit-candidates.js';
import { notice } from '../../support/texts.js';
import { ask, type Asked } from '../units-kit.js';

type Notices = Parameters<typeof ask>[1];
type Features = Record<string, number>;

/** Features of the candidate whose text begins so. */
async function asking(text: string, notices: Notices, given?: Parameters<typeof ask>[2]) {
  const asked = await ask(text, notices, given);
  const rows = unitFeatures(asked.question, asked.aligned, asked.ranking, asked.candidates);
  const of = (candidate: UnitCandidate): Features => {
    const row = rows[asked.candidates.indexOf(candidate)];
    return Object.fromEntries(UNIT_FEATURES.map((name, i) => [name, Number((row?.[i] ?? NaN).toFixed(4))]));
  };
  return { rows, of: (...at: Parameters<Asked['at']>) => of(asked.at(...at)) };
}
/** A notice whose units are sentences alone, and its title. */
const lines = (...texts: string[]) => [notice('n', '公告', texts.join('\n'))];
/** Features of the only line. */
const line = async (question: string, text: string, title = '公告') =>
  (await asking(question, [notice('n', title, text)])).of(text.slice(0, 4));

describe('the features of a unit', () => {
  it('are named once each, and finite for any question', async () => {
    expect(new Set(UNIT_FEATURES).size).toBe(UNIT_FEATURES.length);
    for (const question of ['儿童门票多少钱', '2023年5月6日第三批江小舟的a12', '啊', '？']) {
      const { rows } = await asking(question, lines('儿童免费。', '一、门票'));
      expect(rows.length).toBeGreaterThan(2);
      for (const row of rows) expect([row.length, row.every(Number.isFinite)]).toEqual([UNIT_FEATURES.length, true]);
    }
    const { question, aligned, ranking } = await ask('儿童', lines('免费。'));
    expect(unitFeatures(question, aligned, ranking, [])).toEqual([]);
  });

  it('say which kind it is, and which values it states', async () => {
    const { of } = await asking('儿童', lines('儿童10元。', '老人免票。'));
    expect(of('儿童')).toMatchObject({ 'kind-sentence': 1, 'kind-title': 0, 'states-money': 1, 'states-phone': 0 });
    expect(of('公告', 'title')).toMatchObject({ 'kind-sentence': 0, 'kind-title': 1, 'states-money': 0 });
  });

  it('tell in how wide a circle the words stand: the unit, its headings, the title, the lines beside it', async () => {
    const body = '一、门票\n儿童免费。\n老人免费。\n停。\n泳帽更换。';
    const { of } = await asking('儿童门票泳池老人泳帽', [notice('n', '泳池', body)]);
    const free = of('儿童');
    const circles = [free['own'], free['ownAbove'], free['ownAboveTitle'], free['ownAboveTitleNear'], free['notice']];
    expect(circles).toEqual([0.2, 0.4, 0.6, 0.8, 1]);
    expect(free).toMatchObject({ titleCover: 0.2, previous: 0.2, near: 0.2, unmatchedHere: 0.4 });
    expect(of('停。')).toMatchObject({ own: 0, near: 0.2, previous: 0.2 });
  });

  it('tell what the title leaves to be met', async () => {
    const pool = notice('n', '泳池通知', '儿童免费。\n泳池关闭。');
    const { of } = await asking('泳池儿童门票', [pool, notice('b', '公告', '门票免费。')]);
    expect(of('儿童')).toMatchObject({ hasFresh: 1, freshOwn: 0.5, freshNotice: 0.5 });
    expect(of('泳池关')).toMatchObject({ freshOwn: 0 });
    expect((await asking('泳池', [notice('n', '泳池通知', '泳池关闭。')])).of('泳池关')).toMatchObject({
      hasFresh: 0,
      freshOwn: 1,
    });
  });

  it('name what is missing: in the notice, and near the unit; of all words, and of nouns', async () => {
    const { of } = await asking('购买门票', lines('门票免费。', '停。'));
    expect(of('门票')).toMatchObject({ missingMost: 1, missingNoun: 0, missingCount: 0.25 });
    expect(of('停。')).toMatchObject({ missingMost: 1, missingNoun: 0, missingHere: 1 });
    expect(of('停。')['missingHereNoun']).toBeGreaterThan(0);
    expect((await asking('门票', lines('门票免费。'))).of('门票')).toMatchObject({ missingMost: 0, missingHere: 0 });
  });

  it('tell terms and runs of letters apart from words that stand for them', async () => {
    const { of } = await asking('儿童购买门票', [notice('n', '门票', '儿童购买泳帽。\n停。')]);
    expect(of('儿童')).toMatchObject({ ownLiteral: of('儿童')['own'], runOwn: 0.5, runTitle: 0.25, freshOwnAbove: 1 });
    expect(of('儿童')['pairsOwnTitle']).toBeGreaterThan(of('儿童')['pairsOwn'] ?? NaN);
    expect(of('停。')).toMatchObject({ ownLiteral: 0, pairsOwn: 0, runOwn: 0, freshOwnAbove: 0 });
    expect(of('停。')['pairsOwnTitle']).toBeGreaterThan(0);
  });

  it('tell what its headings add', async () => {
    const { of } = await asking('儿童门票电话', lines('一、门票电话', '儿童免费。'));
    expect(of('儿童')).toMatchObject({
      missingAbove: 0,
      missingAboveNouns: 0,
      cueOwn: 0,
      cueAbove: 1,
      charsOwnAbove: 1,
    });
    expect(of('儿童')['charsNotice']).toBe(1);
    expect(of('一、')).toMatchObject({
      missingAbove: 1,
      missingAboveNouns: 1,
      cueOwn: 1,
      cueAbove: 0,
      localOwnAbove: 0.5,
    });
    const { of: fresh } = await asking('泳池儿童', [notice('n', '泳池', '儿童免费。\n泳池关闭。')]);
    expect([fresh('儿童')['charsFresh'], fresh('泳池关')['charsFresh']]).toEqual([1, 0]);
    expect(fresh('泳池关')['charsNotice']).toBeLessThan(1);
  });

  it('count what a candidate lacks against the best one', async () => {
    const { of } = await asking('儿童门票', lines('儿童门票免费。', '儿童免费。'));
    expect(of('儿童门票')).toMatchObject({ relative: 0, best: 0, relativeLocal: 0, relativeChars: 0 });
    const less = of('儿童免费');
    for (const name of ['relative', 'best', 'relativeLocal', 'relativeChars'])
      expect(less[name], name).toBeGreaterThan(0);
  });

  it('weigh a word or character by how few of the candidates hold it', async () => {
    const { of } = await asking('儿童门票', lines('儿童在门口。', '儿童戴泳帽。', '儿童免费。', '门票免费。'));
    expect(of('门票')['own']).toBe(of('儿童免')['own']);
    expect(of('门票')['localOwn']).toBeGreaterThan(of('儿童免')['localOwn'] ?? NaN);
    expect(of('门票')['charsOwn']).toBeGreaterThan(of('儿童免')['charsOwn'] ?? NaN);
  });
});

describe('the features of what is asked for', () => {
  it('say whether the unit states such a value, for each type that asks', async () => {
    const { of } = await asking('儿童几号多少钱', lines('儿童10元。', '儿童10元，5月6日起。', '儿童免票。'));
    const asked = { typed: 1, 'asks-0': 1, 'asks-1': 1, 'asks-2': 0, 'meets-2': 0 };
    expect(of('儿童10元。')).toMatchObject({
      ...asked,
      agrees: 1,
      disagrees: 0,
      typesMet: 0.5,
      'meets-0': -1,
      'meets-1': 1,
    });
    expect(of('儿童10元,')).toMatchObject({ ...asked, typesMet: 1, 'meets-0': 1 });
    expect(of('儿童免票')).toMatchObject({ agrees: 0, disagrees: 1, typesMet: 0 });
    expect(await line('儿童', '儿童10元。')).toMatchObject({ typed: 0, agrees: 0, disagrees: 0, typesMet: 0.5 });
  });

  it('know the row whose column is asked for, and that a question asks whether', async () => {
    const table = '安排如下：\n项目｜票价｜时间\n儿童｜5元｜周一\n老人｜3元｜周二';
    expect((await asking('老人多少钱', lines(table))).of('老人', 'row')).toMatchObject({ columnAsked: 1, whether: 0 });
    expect((await asking('老人是否免票', lines(table))).of('老人', 'row')).toMatchObject({
      columnAsked: 0,
      whether: 1,
    });
  });

  it('know a line about another member of a contrast', async () => {
    const contrasts = '儿童 老人';
    const { of } = await asking('儿童门票', lines('儿童免费。', '老人10元。', '儿童和老人免费。'), { contrasts });
    expect(of('儿童免')).toMatchObject({ contrastOwn: 0, contrastMet: 1, contrastAbsent: 0, contrastNowhere: 0 });
    expect(of('老人')).toMatchObject({ contrastOwn: 1, contrastMet: 0 });
    expect(of('儿童和')).toMatchObject({ contrastOwn: 0, contrastMet: 1 });
    const under = await asking('儿童门票', lines('一、老人门票', '免费。', '二、儿童', '停。'), { contrasts });
    expect(under.of('免费')).toMatchObject({ contrastsNamed: 0.3333, contrastAbove: 1, contrastMetHere: 0 });
    expect(under.of('停。')).toMatchObject({ contrastAbove: 0, contrastMet: 0, contrastMetHere: 1 });
    const absent = await asking('儿童门票', [notice('n', '老人门票', '门票10元。')], { contrasts });
    expect(absent.of('门票')).toMatchObject({ contrastTitle: 1, contrastAbsent: 1, contrastNowhere: 1 });
  });

  it('know the numbers, people and days of the question', async () => {
    const { of } = await asking('a12的江小舟5月6日', lines('a12由江小舟值守。', '5月6日开放。'));
    expect(of('a12')).toMatchObject({ numberOwn: 0.3333, people: 1, personOwn: 1, personNowhere: 0, dayOwn: 0 });
    expect(of('5月')).toMatchObject({ numberOwn: 0.6667, numberNowhere: 0, personOwn: 0, dayOwn: 1 });
    expect(await line('a13的江小舟', '泳池开放。')).toMatchObject({ numberNowhere: 1, personNowhere: 1 });
    expect(await line('a12泳池', '泳池开放。', 'a12')).toMatchObject({ numberOwn: 0, numberHere: 1, shortest: 0 });
    expect(await line('泳池', '泳池开放。')).toMatchObject({
      numbers: 0,
      numberNowhere: 0,
      people: 0,
      personNowhere: 0,
    });
  });

  it('know the term that the question is about, in the unit and around it', async () => {
    const { of } = await asking('哪些儿童', [notice('n', '公告', '儿童进。\n停。'), notice('b', '儿童公告', '关。')]);
    expect(of('儿童')).toMatchObject({ headOwn: 1, headHere: 1, headNowhere: 0 });
    expect(of('停。')).toMatchObject({ headOwn: 0, headHere: 0, headNowhere: 0 });
    expect(of('关。')).toMatchObject({ headOwn: 0, headHere: 1, headNowhere: 0 });
    expect(await line('哪些儿童', '泳池关闭。')).toMatchObject({ headOwn: 0, headNowhere: 1, shortest: 1 });
  });

  it('know notices of another year, batch or place', async () => {
    const year = async (question: string, title: string) => line(question, '泳池开放。', title);
    expect(await year('2023年泳池', '2023年公告')).toMatchObject({ yearHere: 1, otherYear: 0, satisfies: 1 });
    expect(await year('2023年泳池', '2022年公告')).toMatchObject({ yearHere: -1, otherYear: 1, satisfies: 0 });
    expect(await year('2023年泳池', '公告')).toMatchObject({ yearHere: 0, otherYear: 1 });
    expect(await year('今年泳池', '公告')).toMatchObject({ relativeYear: 1 });
    expect(await year('去年泳池', '2024年公告')).toMatchObject({ relativeYear: -1, otherYear: 0 });
    expect(await year('泳池', '2024年公告')).toMatchObject({ relativeYear: 0, yearHere: 0 });
    expect(await year('南岭泳池', '公告')).toMatchObject({ otherPlace: 1 });
    expect(await year('南岭泳池', '南岭公告')).toMatchObject({ otherPlace: 0 });
    expect(await year('第三批泳池', '第二批公告')).toMatchObject({ ordinalMissing: 1, satisfies: 0 });
    expect(await year('第三批泳池', '第三批公告')).toMatchObject({ ordinalMissing: 0, satisfies: 1 });
  });
});

describe('the features of a notice among others', () => {
  it('tell its rank, the newest, and one that a later notice amends', async () => {
    const { of } = await asking('泳池门票', [
      notice('old', '泳池门票公告', '泳池周一开放。', { publishedOn: '2024-03-01' }),
      notice('new', '关于泳池门票调整的公告', '改为周二。', { publishedOn: '2024-04-01' }),
      notice('last', '关于调整泳池的公告', '换人。', { publishedOn: '2024-05-01' }),
    ]);
    expect(of('泳池周')).toMatchObject({ newest: 0, amendsTitle: 0, amendedByLater: 1, rank: 0, behind: 0 });
    const later = of('改为');
    expect(later).toMatchObject({ newest: 0, amendsTitle: 1, amendedByLater: 0, rank: 0.1 });
    expect(of('换人')).toMatchObject({ newest: 1, amendedByLater: 0 });
    expect(later['behind']).toBeGreaterThan(0);
    expect(later['rank-sentence']).toBeGreaterThan(0);
  });
});

describe('the form of a unit', () => {
  it.each([
    ['heads', '报名条件：', '报名条件为年满十八周岁的本市居民。'],
    ['heads', '二、报名', '报名费为每人每次100元。'],
    ['asks', '可以退票吗？', '可以退票。'],
    ['greets', '各有关单位：', '各有关单位应当报名。'],
    ['signs', '东湖区教育局 2024年3月1日', '东湖区教育局，2024年3月1日。'],
    ['marked', '(一)泳池', '泳池(一)'],
    ['negates', '泳池不开放。', '泳池开放。'],
  ])('%s: %s, not %s', async (name, text, other) => {
    expect((await line('泳池', text))[name]).toBe(1);
    expect((await line('泳池', other))[name]).toBe(0);
  });

  it('is its length, its place in the notice and the number of its values', async () => {
    const { of } = await asking('泳池', lines('泳池关。', '停。', '换。', '泳池10元。'));
    expect(of('泳池关')).toMatchObject({ position: 0, length: Number((Math.log1p(4) / 6).toFixed(4)), valueCount: 0 });
    expect(of('泳池10')).toMatchObject({ position: 0.75, valueCount: 0.125 });
  });
});
