import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemsIn, listsIn } from './kit.js';
import { misplaced } from '../kit.js';

/** Names without characters that are words of their own elsewhere. */
const syllable = fc.constantFrom(
  '岚',
  '峰',
  '桐',
  '梓',
  '槐',
  '榆',
  '翠',
  '碧',
  '霞',
  '澜',
  '泓',
  '蓉',
  '菱',
  '荷',
  '兰',
);
const stem = fc.array(syllable, { minLength: 2, maxLength: 4 }).map((parts) => parts.join(''));
const stems = fc.uniqueArray(stem, { minLength: 3, maxLength: 9 });

describe('random lists in random styles', () => {
  it('come back whole from an enumeration with a count', () => {
    const style = fc.record({
      before: fc.constantFrom('', '本次包括', '拟确定', '经研究，决定对'),
      last: fc.constantFrom('、', '和', '及', '以及'),
      etc: fc.boolean(),
      noun: fc.constantFrom('个区', '个项目', '所学校', '家企业'),
    });
    fc.assert(
      fc.property(stems, style, (names, { before, last, etc, noun }) => {
        const list = `${names.slice(0, -1).join('、')}${last}${names.at(-1) ?? ''}`;
        const body = `${before}${list}${etc ? '等' : ''}${String(names.length)}${noun}。`;
        expect(listsIn(body)).toEqual([expect.objectContaining({ names, total: null, listOf: noun.slice(1) })]);
      }),
      { numRuns: 300 },
    );
  });

  it('come back from 《titles》, with how many there are', () => {
    fc.assert(
      fc.property(stems, fc.constantFrom('', '、', '，'), fc.integer({ min: 1, max: 500 }), (names, joint, more) => {
        const total = names.length + more;
        const body = `推荐${names.map((name) => `《${name}》`).join(joint)}等${String(total)}门课程。`;
        expect(listsIn(body)).toEqual([expect.objectContaining({ form: 'title', names, total, listOf: '课程' })]);
      }),
    );
  });

  it('come back from numbered points of every style', () => {
    const chinese = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
    const styles: readonly ((i: number) => string)[] = [
      (i) => `${chinese[i] ?? ''}、`,
      (i) => `（${chinese[i] ?? ''}）`,
      (i) => `${String(i + 1)}.`,
      (i) => `${String(i + 1)}．`,
      (i) => `（${String(i + 1)}）`,
      (i) => String.fromCharCode('①'.charCodeAt(0) + i),
      (i) => `第${chinese[i] ?? ''}，`,
      (i) => `${chinese[i] ?? ''}是`,
    ];
    fc.assert(
      fc.property(stems, fc.constantFrom(...styles), fc.constantFrom('。', '；', '\n'), (names, mark, end) => {
        const body = `有关事项：${names.map((name, i) => `${mark(i)}${name}${end}`).join('')}`;
        const found = listsIn(body).filter(({ form }) => form === 'point');
        expect(found).toEqual([expect.objectContaining({ names, numbers: names.map((_, i) => i + 1) })]);
      }),
      { numRuns: 300 },
    );
  });
});

it('any text gives entries that stand where they say, and never an error', () => {
  const piece = fc.constantFrom(
    ...'（(《“”》)）、，。；：\n 等个门所和及一二三1239.①区大学附件包括第是项课程对在'.split(''),
    '等3个',
    '（01）',
    '大学',
    '《办法》',
    '一、',
    '（一）',
    '𠮷',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.array(piece, { maxLength: 80 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (body) => {
      expect(misplaced(body, itemsIn(body))).toBeNull();
    }),
    { numRuns: 2000 },
  );
});
