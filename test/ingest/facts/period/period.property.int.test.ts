import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDataFile } from '../../../../src/bootstrap/data-files.js';
import { createPeriodExtractor } from '../../../../src/ingest/facts/period/extract-periods.js';
import { periodRulesSchema } from '../../../../src/ingest/facts/period/rules.js';
import { splitSentences } from '../../../../src/text/sentences.js';
import { periodsOf } from './extracting.js';

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const HAN = '〇一二三四五六七八九';
const inHan = (n: number): string => {
  const [tens, ones] = [Math.floor(n / 10), n % 10];
  return `${tens > 1 ? HAN.charAt(tens) : ''}${tens > 0 ? '十' : ''}${ones > 0 ? HAN.charAt(ones) : ''}`;
};
const yearInHan = (year: number): string => String(year).replace(/\d/g, (d) => HAN.charAt(Number(d)));
const wide = (text: string): string => text.replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0));
const two = (n: number): string => String(n).padStart(2, '0');
const iso = ({ year, month, day }: Day): string => `${year}-${two(month)}-${two(day)}`;
const weekday = (day: Day): string => '日一二三四五六'.charAt(new Date(`${iso(day)}T00:00:00Z`).getUTCDay());

const STYLES: readonly ((day: Day) => string)[] = [
  ({ year, month, day }) => `${year}年${month}月${day}日`,
  ({ year, month, day }) => `${year}年${two(month)}月${two(day)}日`,
  ({ year, month, day }) => `${year} 年 ${month} 月 ${day} 日`,
  ({ year, month, day }) => wide(`${year}年${month}月${day}日`),
  ({ year, month, day }) => `${yearInHan(year)}年${inHan(month)}月${inHan(day)}日`,
  ({ year, month, day }) => `${year}.${month}.${day}`,
  ({ year, month, day }) => `${year}/${two(month)}/${two(day)}`,
  iso,
  (day) => `${day.year}年${day.month}月${day.day}日（星期${weekday(day)}）`,
  (day) => `${day.year}年${day.month}月${day.day}日(周${weekday(day)})`,
];

const dayArb: fc.Arbitrary<Day> = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2039-12-31'), noInvalidDate: true })
  .map((date) => ({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }));
const styleArb = fc.constantFrom(...STYLES);
const clockArb = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
const beforeArb = fc.constantFrom('报名时间：', '公示期为', '一、时间', '兹定于', '会议将于', '有关事项如下。');
const afterArb = fc.constantFrom('。', '，逾期不候。', '；', '\n', '（逾期不候）。');

describe('a period in any style', () => {
  it('is found once and exactly, wherever it stands', () => {
    fc.assert(
      fc.property(beforeArb, afterArb, styleArb, dayArb, (before, after, style, day) => {
        const text = style(day);
        const body = `${before}${text}${after}另附名单。`;
        const [fact, ...others] = periodsOf(body);
        expect(others).toEqual([]);
        expect(fact?.start ?? fact?.end).toEqual({ date: iso(day), time: null });
        expect(body.slice(fact?.at.start, fact?.at.end)).toBe(text);
        expect(fact?.yearInferred).toBe(false);
      }),
    );
  });

  it('has both of its ends, also with times of day', () => {
    const marks = fc.constantFrom('至', '到', '—', '——', '-', '~', '～', '–', ' 至 ', '起至');
    fc.assert(
      fc.property(
        styleArb,
        dayArb,
        dayArb,
        marks,
        fc.option(fc.tuple(clockArb, clockArb)),
        (style, a, b, mark, hours) => {
          const [from, to] = iso(a) < iso(b) ? [a, b] : [b, a];
          fc.pre(iso(a) !== iso(b));
          const clock = (time: readonly [number, number] | undefined): string =>
            time === undefined ? '' : ` ${time[0]}:${two(time[1])}`;
          const text = `${style(from)}${clock(hours?.[0])}${mark}${style(to)}${clock(hours?.[1])}`;
          const shown = (time: readonly [number, number] | undefined): string | null =>
            time === undefined ? null : `${two(time[0])}:${two(time[1])}`;
          expect(periodsOf(`报名时间：${text}。`)).toMatchObject([
            {
              type: 'registration',
              start: { date: iso(from), time: shown(hours?.[0]) },
              end: { date: iso(to), time: shown(hours?.[1]) },
            },
          ]);
        },
      ),
    );
  });

  it('leaves out in its second end what it shares with the first', () => {
    fc.assert(
      fc.property(dayArb, dayArb, fc.constantFrom('至', '—', '-'), (a, b, mark) => {
        const [from, to] = iso(a) < iso(b) ? [a, b] : [b, a];
        fc.pre(from.year === to.year && iso(a) !== iso(b));
        const rest = from.month === to.month ? `${to.day}日` : `${to.month}月${to.day}日`;
        const text = `${from.year}年${from.month}月${from.day}日${mark}${rest}`;
        expect(periodsOf(`公示时间：${text}。`)).toMatchObject([
          { start: { date: iso(from) }, end: { date: iso(to) }, yearInferred: false },
        ]);
      }),
    );
  });

  it('means the same when its own words are read alone', () => {
    const form = fc.constantFrom(
      (text: string) => `${text}前`,
      (text: string) => `自${text}起`,
      (text: string) => `即日起至${text}止`,
      (text: string) => `${text} 24时之前`,
      (text: string) => text,
    );
    fc.assert(
      fc.property(form, styleArb, dayArb, (wrap, style, day) => {
        const body = `各单位应当知晓，${wrap(style(day))}，事项如下。`;
        const [fact] = periodsOf(body);
        expect(fact).toBeDefined();
        if (fact === undefined) return;
        const { start, end, yearInferred, workingDays } = fact;
        expect(periodsOf(body.slice(fact.at.start, fact.at.end))).toMatchObject([
          { start, end, yearInferred, workingDays },
        ]);
      }),
    );
  });
});

const PIECES = [
  ...Array.from('0123456789１２：:年月日号时点分至到—-~～、，。；（）()《》 \n一二三十〇前起止自从每第周上下午'),
  '2024年',
  '3月',
  '15日',
  '9:00',
  '工作日',
  '公示期',
  '即日起',
  '之日起',
  '报名时间：',
  '2024-03-15',
  '次日',
  '去年',
  '本月',
];

describe('whatever the text', () => {
  it('every fact lies in a sentence, has real dates in order, and none overlap', () => {
    const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, fc.constantFrom('2024-03-11', null), (body, publishedOn) => {
        let last = 0;
        for (const { at, span, start, end, label } of periodsOf(body, { publishedOn })) {
          expect(at.start).toBeGreaterThanOrEqual(last);
          expect(at.end).toBeGreaterThan(at.start);
          expect(span.start).toBeLessThanOrEqual(at.start);
          expect(span.end).toBeGreaterThanOrEqual(at.end);
          expect(span.end).toBeLessThanOrEqual(body.length);
          expect(body).toContain(label);
          expect(label.length).toBeLessThanOrEqual(40);
          last = at.end;
          for (const moment of [start, end]) {
            if (moment === null) continue;
            expect(moment.date).toMatch(/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/);
            expect(new Date(moment.date.padEnd(10, '-01')).toISOString()).toContain(moment.date);
            if (moment.time !== null) expect(moment.time).toMatch(/^(?:[01]\d|2[0-4]):[0-5]\d$/);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('takes any string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (body) => {
        periodsOf(body);
      }),
    );
  });
});

describe('the time it takes', () => {
  const extract = createPeriodExtractor(readDataFile('data/periods.json', periodRulesSchema));
  const timeOf = (seed: string, length: number): number => {
    const body = seed.repeat(Math.ceil(length / seed.length)).slice(0, length);
    const sentences = splitSentences(body);
    const start = performance.now();
    extract({ title: '', body, publishedOn: '2024-03-11', sentences });
    return performance.now() - start;
  };

  it.each([
    '（',
    '1',
    '一',
    '、',
    '《',
    '自',
    '时间',
    '上午',
    '公示期',
    '9:00-',
    '3月1日、',
    '（3月1日至',
    '即日起至',
    '2024.',
    ' ',
  ])('is within a second for a megabyte of %s', (seed) => {
    timeOf(seed, 10_000);
    expect(timeOf(seed, 1_000_000)).toBeLessThan(1_000);
  });
});
