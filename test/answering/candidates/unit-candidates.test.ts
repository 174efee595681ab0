import { describe, expect, it } from 'vitest';
import { findUnitCandidates, gain } from '../../../src/answering/candidates/unit-candidates.js';
import { stored, notice } from '../../support/texts.js';
import { ask, tablesIn } from '../units-kit.js';

const POOL = notice('pool', '泳池开放通知', '一、门票\n儿童免费。老人10元。\n二、泳帽\n周一更换泳帽。');
const PARKING = notice('parking', '停车场关闭公告', '停车场周一关闭。', { publishedOn: '2024-04-01' });

describe('the candidates of a question', () => {
  it('are units of every ranked notice, each with what it, its headings and its notice hold', async () => {
    const { aligned, candidates, at } = await ask('泳池儿童门票', [POOL, PARKING]);
    expect(new Set(candidates.map(({ notice: { stored: one } }) => one.notice.id))).toEqual(
      new Set(['pool', 'parking']),
    );
    const free = at('儿童免费');
    expect(aligned.words.map(({ word }) => word)).toEqual(['泳池', '儿童', '门票']);
    expect([...free.own.levels]).toEqual([0, 1, 0]);
    expect([...free.above.levels]).toEqual([0, 0, 1]);
    expect([...free.notice.whole.levels]).toEqual([1, 1, 1]);
    expect([...at('泳池开放', 'title').own.levels]).toEqual([1, 0, 0]);
    expect(at('停车场周一').above).toBe(aligned.nothing);
    expect(at('停车场周一').notice.rank).toBe(1);
  });

  it('come in the order of the words that they hold, then of the values asked for', async () => {
    const { candidates } = await ask('老人多少钱', [notice('a', '公告', '老人周一。老人10元。儿童10元。')]);
    const sentences = candidates.filter(({ unit }) => unit.kind === 'sentence').map(({ unit }) => unit.text);
    expect(sentences).toEqual(['老人10元。', '老人周一。', '儿童10元。']);
  });

  it('are at most 48, without the worst', async () => {
    const body = `${'周一更换泳帽。\n'.repeat(60)}儿童门票免费。`;
    const { candidates } = await ask('儿童门票', [notice('a', '公告', body)]);
    expect(candidates).toHaveLength(48);
    expect(candidates[0]?.unit.text).toBe('儿童门票免费。');
  });

  it('are of the first ten notices, and of those whose text is at hand', async () => {
    const notices = Array.from({ length: 12 }, (_, n) => notice(`${n}`, `公告${n}`, '儿童免费。'));
    const { aligned, ranking, candidates } = await ask('儿童', notices);
    const idsOf = (found: typeof candidates) => new Set(found.map(({ notice: { stored: one } }) => one.notice.id));
    expect(idsOf(candidates).size).toBe(10);
    const [first] = ranking.notices;
    const one = notices.filter(({ id }) => id === first?.notice.id).map((of) => stored(1, of));
    expect(idsOf(findUnitCandidates(aligned, ranking, one, tablesIn))).toEqual(new Set([first?.notice.id]));
  });

  it('hold in a row of a table what the row holds, not what stands in its line', async () => {
    const flat = '票价表 项目 票价 儿童 5元 老人 3元';
    const table = '票价如下：\n项目｜票价｜时间\n儿童｜5元｜周一\n老人｜3元｜周二';
    const { at } = await ask('老人票价', [notice('a', '公告', table), notice('b', '通告', flat)]);
    expect([...at('老人', 'row').own.levels]).toContain(1);
    expect([...at('儿童', 'row').own.levels]).not.toContain(1);
  });
});

it('the gain of a text is the weight of what it holds beyond what is known', async () => {
  const { aligned } = await ask('儿童门票', [POOL, PARKING]);
  const [child, ticket] = aligned.words.map(({ weight }) => weight);
  const [both, one] = [aligned.align('儿童门票'), aligned.align('门票')];
  expect(gain(aligned, both, aligned.nothing)).toBeCloseTo(1, 6);
  expect(gain(aligned, both, one)).toBeCloseTo(child ?? NaN, 6);
  expect(gain(aligned, one, aligned.nothing)).toBeCloseTo(ticket ?? NaN, 6);
  expect(gain(aligned, one, both)).toBe(0);
});
