import { describe, expect, it } from 'vitest';
import { composePin, parseExpiry, lastDayOfPin, MAX_PINS, openPins, type Pins } from '../../src/operations/pins.js';
import { createSignatureReader } from '../../src/answering/query/question-signature.js';
import { loadProgramData } from '../../src/bootstrap/program-data.js';
import { renderPlain } from '../../src/render/plain.js';
import type { PinTable } from '../../src/store/state-store.js';
import { realAnalyser } from '../support/real-analyser.js';
import { newState } from '../support/state.js';

const NOON = new Date('2024-03-11T04:00:00Z');
const ADMIN = 9;
const UNTIL = '2024-06-09T16:00:00.000Z';
const kindOf = createSignatureReader(realAnalyser(), loadProgramData().vocabulary);
const equalWeights = (): number => 1;

async function pinsWith(question: string, table?: PinTable, now = () => NOON): Promise<Pins> {
  const pins = await openPins(table ?? (await newState()).pins, kindOf, equalWeights, now);
  expect((await pins.add(question, '早上七点。', ADMIN, UNTIL)).kind).toBe('added');
  return pins;
}

describe('a pinned answer', () => {
  it.each([
    ['食堂几点开门', '食堂几点开门？'],
    ['食堂几点开门', '请问食堂什么时候开门'],
    ['食堂几点开门', '食堂开门时间'],
    ['在线精品课程公示的联系电话', '在线精品课程公示电话是多少'],
    ['2024年招生计划', '２０２４年招生计划'],
  ])('to %s answers %s', async (pinned, asked) => {
    expect((await pinsWith(pinned)).pinFor(asked)?.answer).toBe('早上七点。');
  });

  it.each([
    ['食堂几点开门', '食堂的电话', 'another fact is wanted'],
    ['食堂几点开门', '图书馆几点开门', 'of something else'],
    ['食堂几点开门', '第二食堂几点开门', 'of a narrower thing'],
    ['2024年招生计划', '2023年招生计划', 'of another year'],
    ['第一批课程名单公示时间', '第二批课程名单公示时间', 'of another batch'],
    ['南开区招生咨询电话', '河西区招生咨询电话', 'of another district'],
    ['食堂几点开门', '几点', 'of nothing'],
    ['食堂几点开门', '', 'nothing is asked'],
    ['食堂几点开门', '在线精品课程公示到哪天结束', 'nothing is shared'],
  ])('to %s does not answer %s (%s)', async (pinned, asked) => {
    expect((await pinsWith(pinned)).pinFor(asked)).toBeNull();
  });

  it('is shown as what an admin says, with day and end, and never as a notice', async () => {
    const pin = (await pinsWith('食堂几点开门')).pinFor('食堂几点开门');
    const message = pin === null ? [] : composePin(pin);
    expect(message.map(({ kind }) => kind)).toEqual(['lead', 'note', 'note']);
    expect(renderPlain(message)).toBe(
      '管理员固定的回答（2024年3月11日）\n早上七点。\n这是管理员的说明，不是通知原文；有效期至2024年6月9日。',
    );
  });

  it('ends with its last day, stays over a restart, and is gone when removed', async () => {
    const { pins: table } = await newState();
    let now = NOON;
    const pins = await pinsWith('食堂几点开门', table, () => now);
    const [pin] = pins.list();
    now = new Date('2024-06-09T15:59:59Z');
    expect(pins.pinFor('食堂几点开门')).not.toBeNull();
    now = new Date('2024-06-09T16:00:00Z');
    expect([pins.pinFor('食堂几点开门'), pins.list()]).toEqual([null, []]);
    const again = await openPins(table, kindOf, equalWeights, () => NOON);
    expect(again.pinFor('食堂几点开门')).toEqual(pin);
    expect(await again.remove(pin?.id ?? 0)).toBe(true);
    expect(await again.remove(pin?.id ?? 0)).toBe(false);
    expect(again.pinFor('食堂几点开门')).toBeNull();
  });

  it('of two that fit is the later one', async () => {
    const pins = await pinsWith('食堂几点开门');
    await pins.add('食堂什么时候开门', '改为八点。', ADMIN, UNTIL);
    expect(pins.pinFor('食堂开门时间')?.answer).toBe('改为八点。');
  });

  it('needs a subject, and there is an end to their number', async () => {
    const pins = await openPins((await newState()).pins, kindOf, equalWeights, () => NOON);
    expect(await pins.add('电话多少', '123', ADMIN, UNTIL)).toEqual({ kind: 'no-subject' });
    for (let i = 0; i < MAX_PINS; i++) await pins.add(`食堂${String(i)}号窗口`, '开', ADMIN, UNTIL);
    expect(await pins.add('食堂几点开门', '七点', ADMIN, UNTIL)).toEqual({ kind: 'too-many' });
  });
});

describe('the end of a pin', () => {
  it.each([
    [null, '2024-06-09'],
    ['', '2024-06-09'],
    ['1天', '2024-03-12'],
    ['30 天', '2024-04-10'],
    ['365天', '2025-03-11'],
    ['2024-03-11', '2024-03-11'],
    ['2024-06-30', '2024-06-30'],
  ])('%j is %s', (words, day) => {
    expect(lastDayOfPin(parseExpiry(words, NOON) ?? '')).toBe(day);
  });

  it.each(['366天', '0天', '2024-03-10', '2024-02-30', '2026-01-01', '明天', '1e9', '30天 30天'])(
    '%s is none',
    (words) => {
      expect(parseExpiry(words, NOON)).toBeNull();
    },
  );
});
