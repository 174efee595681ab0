import { beforeAll, describe, expect, it } from 'vitest';
import { loadProgramData } from '../../../src/bootstrap/program-data.js';
import { parseQuery, type Query } from '../../../src/answering/query/parse-query.js';
import type { RankingFeatures } from '../../../src/answering/retrieval/ranking-features.js';
import type { RankingModel } from '../../../src/answering/retrieval/ranking-model.js';
import { Regions } from '../../../src/answering/retrieval/regions.js';
import { rankGiven, retrieve, type Ranking } from '../../../src/answering/retrieval/retrieve.js';
import type { LoadedIndex } from '../../../src/index/loaded-index.js';
import { fakeAnalyser } from '../../support/fake-analyser.js';
import { smallIndex } from '../../support/small-index.js';
import { notice } from '../../support/texts.js';

const { vocabulary } = loadProgramData();
const analyser = fakeAnalyser({
  words: ['停水', '停电', '游泳馆', '换水', '开放', '南岭区', '北岭区', '补贴', '租房'],
});
const NONE = {
  bm25: 0,
  sentence: 0,
  window: 0,
  coverage: 0,
  phrase: 0,
  lateness: 0,
  titleAsked: 0,
  regionHead: 0,
  regionMentioned: 0,
  otherRegionTitle: 0,
  otherRegionHead: 0,
  uncalledRegion: 0,
  otherYear: 0,
};
const regions = new Regions([
  { name: '江西', within: ['九江', '南昌'] },
  { name: '海南', within: ['海口'] },
]);
/** A model that looks at the given features alone. */
const modelOf = (weights: Partial<RankingModel['weights']>): RankingModel => ({
  weights: { ...NONE, ...weights },
  regions,
});
const BM25 = modelOf({ bm25: 1 });

const ask = (text: string): Query =>
  parseQuery(text, analyser, vocabulary, undefined, new Date('2025-03-01T04:00:00Z'));
const ids = ({ notices }: Ranking): string[] => notices.map(({ notice: { id } }) => id);

/** Features that a notice gets for a question, among two notices on something else. */
async function featuresOf(
  question: string,
  title: string,
  body: string,
  publishedOn = '2025-01-01',
): Promise<RankingFeatures> {
  const loaded = await smallIndex(analyser, [
    notice('n', title, body, { publishedOn }),
    notice('a', '食堂招标公告', '投标人须知。'),
    notice('b', '图书馆闭馆通知', '周一闭馆。'),
  ]);
  const only = loaded.notices.get('n');
  const [ranked] = rankGiven(ask(question), only === undefined ? [] : [only], { loaded, rankingModel: BM25 }).notices;
  if (ranked === undefined) throw new Error('the notice was not indexed');
  return ranked.features;
}

describe('retrieval', () => {
  let loaded: LoadedIndex;
  beforeAll(async () => {
    loaded = await smallIndex(analyser, [
      notice('water', '停水通知', '南门停水。周三恢复。'),
      notice('power', '停电通知', '南门停电。周四恢复。'),
      notice('pool', '游泳馆换水公告', '游泳馆换水三天。期间停止开放。'),
      notice('grant', '租房补贴申请通知', '租房补贴每月发放。'),
    ]);
  });

  it('puts the notice first that is about what the question names', () => {
    expect(ids(retrieve(ask('游泳馆换水到哪天'), { loaded, rankingModel: BM25 }, 10))[0]).toBe('pool');
    expect(ids(retrieve(ask('停电'), { loaded, rankingModel: BM25 }, 10))[0]).toBe('power');
  });

  it('leaves out notices that share no term with the question', () => {
    expect(ids(retrieve(ask('租房补贴'), { loaded, rankingModel: BM25 }, 10))).toEqual(['grant']);
    expect(ids(retrieve(ask('核酸检测'), { loaded, rankingModel: BM25 }, 10))).toEqual([]);
  });

  it('returns no more notices than asked for', () => {
    expect(retrieve(ask('南门通知'), { loaded, rankingModel: BM25 }, 10).notices.length).toBeGreaterThan(1);
    expect(retrieve(ask('南门通知'), { loaded, rankingModel: BM25 }, 1).notices).toHaveLength(1);
  });

  it('orders by the weighted features, best first', () => {
    const { notices } = retrieve(ask('南门停电'), { loaded, rankingModel: modelOf({ sentence: -1 }) }, 10);
    expect(notices.at(-1)?.notice.id).toBe('power');
    expect(notices.map(({ score }) => score)).toEqual(notices.map(({ score }) => score).sort((a, b) => b - a));
    for (const { score, features } of notices) expect(score).toBeCloseTo(-features.sentence, 10);
  });

  it('finds a notice by a synonym that the question does not hold', () => {
    expect(ids(retrieve(ask('开门'), { loaded, rankingModel: BM25 }, 10))).toEqual(['pool']);
    expect(ids(retrieve({ ...ask('开门'), expansions: [] }, { loaded, rankingModel: BM25 }, 10))).toEqual([]);
  });

  it('tells in which sentences each term stands', () => {
    const { notices, terms } = retrieve(ask('游泳馆停止开放'), { loaded, rankingModel: BM25 }, 1);
    const termsAt = (matches: readonly number[] = []): string[] => matches.map((t) => terms[t]?.term ?? '').sort();
    expect(termsAt(notices[0]?.titleMatches)).toEqual(['泳馆', '游泳'].sort());
    expect(termsAt(notices[0]?.matches[0])).toEqual(['泳馆', '游泳'].sort());
    expect(termsAt(notices[0]?.matches[1])).toEqual(['停止', '开放', '止开'].sort());
  });

  it('sums the weights of the matched terms as the most that a notice can reach', () => {
    const { terms, totalWeight } = retrieve(ask('游泳馆换水'), { loaded, rankingModel: BM25 }, 1);
    expect(totalWeight).toBeCloseTo(
      terms.reduce((sum, { weight }) => sum + weight, 0),
      10,
    );
    expect(totalWeight).toBeGreaterThan(0);
  });

  it('weighs a rare term more than a common one', () => {
    const { terms } = retrieve(ask('租房南门'), { loaded, rankingModel: BM25 }, 1);
    const weightOf = (word: string): number => terms.find(({ term }) => term === word)?.weight ?? NaN;
    expect(weightOf('租房')).toBeGreaterThan(weightOf('南门'));
  });

  it('prefers, of copies, the newest and then the one that was indexed last', async () => {
    const copies = await smallIndex(analyser, [
      notice('old', '停水通知', '南门停水。', { publishedOn: '2024-01-01' }),
      notice('new', '停水通知', '南门停水。', { publishedOn: '2024-05-01' }),
      notice('again', '停水通知', '南门停水。', { publishedOn: '2024-05-01' }),
    ]);
    expect(ids(retrieve(ask('停水'), { loaded: copies, rankingModel: BM25 }, 10))).toEqual(['again', 'new', 'old']);
  });

  it('ranks given notices even if they hold none of the question', () => {
    const given = ['grant', 'water'].flatMap((id) => loaded.notices.get(id) ?? []);
    const { notices } = rankGiven(ask('停水'), given, { loaded, rankingModel: BM25 });
    expect(notices.map(({ notice: { id } }) => id)).toEqual(['water', 'grant']);
    expect(notices[1]?.score).toBe(0);
  });

  it('gives a notice the same score whether it is searched for or given', () => {
    const [found] = retrieve(ask('游泳馆换水'), { loaded, rankingModel: BM25 }, 1).notices;
    const [given] =
      found === undefined ? [] : rankGiven(ask('游泳馆换水'), [found.notice], { loaded, rankingModel: BM25 }).notices;
    expect(given?.score).toBeCloseTo(found?.score ?? NaN, 6);
  });
});

describe('the features of a candidate', () => {
  it('are full where one sentence says all that is asked', async () => {
    const features = await featuresOf('游泳馆换水', '场馆公告', '周一。游泳馆换水。周二。');
    expect(features.sentence).toBeCloseTo(1, 10);
    expect(features.window).toBeCloseTo(1, 10);
    expect(features.coverage).toBeCloseTo(1, 10);
    expect(features.phrase).toBe(1);
  });

  it('tell one sentence from two neighbours, and those from the whole notice', async () => {
    const near = await featuresOf('游泳馆换水', '场馆公告', '游泳馆。换水。');
    expect(near.sentence).toBeLessThan(near.window);
    const three = await featuresOf('游泳馆换水补贴', '场馆公告', '游泳馆。换水。补贴。');
    expect(three.window).toBeLessThan(three.coverage);
    const far = await featuresOf('游泳馆换水', '场馆公告', '游泳馆。周一。周二。换水。');
    expect(far.window).toBeLessThan(far.coverage);
    expect(far.coverage).toBeCloseTo(near.coverage, 10);
  });

  it('count the title as a sentence, and join it to two others', async () => {
    const titled = await featuresOf('游泳馆换水', '游泳馆公告', '周一。换水。');
    const untitled = await featuresOf('游泳馆换水', '场馆公告', '周一。换水。');
    expect(titled.sentence).toBeGreaterThan(untitled.sentence);
    expect(titled.window).toBeGreaterThan(titled.sentence);
  });

  it('say how late the best sentence stands, and that there is none', async () => {
    expect((await featuresOf('换水', '场馆公告', '换水。周一。周二。周三。')).lateness).toBe(0);
    expect((await featuresOf('换水', '场馆公告', '周一。周二。周三。换水。')).lateness).toBe(0.75);
    expect((await featuresOf('换水', '换水公告', '周一。周二。')).lateness).toBe(1);
  });

  it('say how much of the title the question names', async () => {
    expect((await featuresOf('游泳馆换水', '游泳馆换水', '周一。')).titleAsked).toBeCloseTo(1, 10);
    const part = (await featuresOf('换水', '游泳馆换水', '周一。')).titleAsked;
    expect(part).toBeGreaterThan(0);
    expect(part).toBeLessThan(0.5);
    expect((await featuresOf('停电', '游泳馆换水', '停电。')).titleAsked).toBe(0);
  });

  it('say that question and notice name different years only', async () => {
    expect((await featuresOf('2023年换水', '换水公告', '周一换水。', '2025-01-01')).otherYear).toBe(1);
    expect((await featuresOf('2025年换水', '换水公告', '周一换水。', '2025-01-01')).otherYear).toBe(0);
    expect((await featuresOf('去年换水', '换水公告', '周一换水。', '2025-01-01')).otherYear).toBe(1);
    expect((await featuresOf('换水', '换水公告', '周一换水。', '2025-01-01')).otherYear).toBe(0);
  });

  it('do not prefer a sentence for naming the region that is asked about', async () => {
    const question = '九江租房补贴标准金额';
    const apart = await featuresOf(question, '公告', '九江市各单位：租房补贴标准金额如下。');
    expect(apart.sentence).toBeCloseTo(1, 10);
    expect(apart.regionHead).toBe(1);
    const other = await featuresOf(question, '公告', '海口市各单位：租房补贴标准金额如下。');
    expect(other.otherRegionHead).toBe(1);
  });

  it('are all between 0 and 1', async () => {
    for (const question of ['游泳馆换水', '换水换水换水', '2023年九江市换水补贴', '啊']) {
      const features = await featuresOf(question, '九江游泳馆换水公告', '换水。换水补贴。');
      for (const [name, value] of Object.entries(features)) {
        expect(value, name).toBeGreaterThanOrEqual(0);
        if (name !== 'bm25') expect(value, name).toBeLessThanOrEqual(1 + 1e-9);
      }
    }
  });
});
