import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockTimesIn } from '../../../../src/answering/candidates/typed/clock.js';
import { splitJoinedQuestion, nameLength } from '../../../../src/answering/candidates/typed/joined.js';
import { asksUnit, perUnits, normaliseUnit } from '../../../../src/answering/candidates/typed/per-unit.js';
import { readValueContexts } from '../../../../src/answering/candidates/typed/value-context.js';

/** The setting of each clock time of a text, in words. */
function settings(body: string): { part: string; head: string; heading: string }[] {
  const words = ({ start, end }: { start: number; end: number }): string => body.slice(start, end).trim();
  return readValueContexts(body, clockTimesIn(body)).map(({ part, head, heading }) => ({
    part: words(part),
    head: words(head),
    heading: words(heading),
  }));
}

describe('the setting of a place', () => {
  it('is its clause and those behind it that hold no other', () => {
    expect(settings('甲馆8:00开门，凭证入馆，乙馆9:00开门').map(({ part }) => part)).toEqual([
      '甲馆8:00开门，凭证入馆，',
      '乙馆9:00开门',
    ]);
  });

  it('is the words before it in a row of a table run into one line, and those behind it where it opens the line', () => {
    expect(settings('东门 8:00 西门 9:00').map(({ part }) => part)).toEqual(['东门 8:00', '西门 9:00']);
    expect(settings('8:00 东门 9:00 西门').map(({ part }) => part)[0]).toBe('8:00 东门');
  });

  it('has what opens its line at its head, up to the full stop', () => {
    const heads = settings('开放时间：甲馆8:00；乙馆9:00。丙馆10:00').map(({ head }) => head);
    expect(heads).toEqual(['开放时间：', '开放时间：', '']);
    expect(settings('北馆 8:00开，18:00关').map(({ head }) => head)).toEqual(['北馆', '北馆']);
  });

  it('has the line above that leads in what follows, over its neighbours in the list', () => {
    const headings = settings('以下街道分批停水：\n甲、8:00：杏花村\n乙、9:00：柳林里').map(({ heading }) => heading);
    expect(headings).toEqual(['以下街道分批停水：', '以下街道分批停水：']);
  });

  it('lies within the text and holds its place, whatever the text', () => {
    const piece = fc.constantFrom('8:00', '：', '，', '；', '。', '\n', '甲馆', '一、', '【', '】', '？', ' ', '开门');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const body = pieces.join('');
        const places = clockTimesIn(body);
        readValueContexts(body, places).forEach(({ part, head, heading }, i) => {
          const at = places[i] ?? part;
          expect(part.start).toBeLessThanOrEqual(at.start);
          expect(part.end).toBeGreaterThanOrEqual(at.end);
          for (const { start, end } of [part, head, heading]) {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThanOrEqual(start);
            expect(end).toBeLessThanOrEqual(body.length);
          }
        });
      }),
    );
  });
});

describe('times of day', () => {
  it('are read alone and as spans, and no dates or ratios of more digits', () => {
    const words = (text: string): string[] => clockTimesIn(text).map(({ start, end }) => text.slice(start, end));
    expect(words('07:20—10:15 望春路，下午3点半开始，末班22:00至次日1:30')).toEqual([
      '07:20—10:15',
      '下午3点半',
      '22:00至次日1:30',
    ]);
    expect(words('电话3322122，比例1:100，文号〔2024〕12号')).toEqual([]);
  });
});

describe('what an amount is for', () => {
  it('is read from the question in whatever words', () => {
    expect(perUnits('一个人一天多少钱').map(({ words }) => words)).toEqual(['一个人', '一天']);
    const [day] = perUnits('每天多少钱');
    expect(['550元/天', '每日550元', '日均550元'].every((words) => day?.unit.test(words) === true)).toBe(true);
    expect(perUnits('一共多少钱，一起交吗')).toEqual([]);
  });

  it('is asked in the very unit, a day by any of its names', () => {
    expect(asksUnit('要几个工作日', '天')).toBe(true);
    expect(asksUnit('迟到多少分钟', '小时')).toBe(false);
    expect(normaliseUnit('㎡')).toBe('平方米');
  });
});

describe('two things asked for at once', () => {
  it('are the words on either side of what joins them', () => {
    expect(splitJoinedQuestion('店面起拍价和保证金分别是多少')).toEqual({
      before: '店面起拍价',
      after: '保证金分别是多少',
    });
    expect(splitJoinedQuestion('起拍价是多少')).toBeNull();
  });

  it('are named by their ends', () => {
    expect(nameLength('店面起拍价', 'end', '起拍价：100元')).toBe(3);
    expect(nameLength('保证金分别是多少', 'start', '保证金：5元')).toBe(3);
    expect(nameLength('保证金分别是多少', 'start', '评估价：5元')).toBe(0);
  });
});
