import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contactsIn } from './kit.js';

/** Invented people and numbers, rendered in the ways in which notices write them. */
interface Party {
  readonly persons: readonly string[];
  readonly numbers: readonly string[];
}

const NAMES = ['江小舟', '罗一帆', '方圆', '齐悦', '欧阳明远', '韩冬', '苏小小', '贾晴', '邓子墨', '宋词'];
const person = fc.constantFrom(...NAMES);
const number = fc.oneof(
  fc.integer({ min: 55550000, max: 55559999 }).map(String),
  fc.integer({ min: 55550000, max: 55559999 }).map((n) => `022-${n}`),
  fc.integer({ min: 5550000, max: 5559999 }).map((n) => `0597-${n}`),
  fc.integer({ min: 0, max: 9999 }).map((n) => `1380000${String(n).padStart(4, '0')}`),
);
const party = fc.record({
  persons: fc.uniqueArray(person, { minLength: 1, maxLength: 3 }),
  numbers: fc.uniqueArray(number, { minLength: 1, maxLength: 2 }),
});
const parties = fc
  .uniqueArray(party, { minLength: 1, maxLength: 4, selector: ({ persons }) => persons[0] })
  .filter(
    (all) => new Set(all.flatMap(({ persons }) => persons)).size === all.flatMap(({ persons }) => persons).length,
  );

const LAYOUTS: readonly ((all: readonly Party[]) => string)[] = [
  (all) =>
    all.map(({ persons, numbers }) => `联系人：${persons.join('、')}；联系电话：${numbers.join('、')}`).join('\n'),
  (all) => all.map(({ persons, numbers }) => `联系人：${persons.join('，')}\n电 话：${numbers.join('，')}`).join('\n'),
  (all) => all.map(({ persons, numbers }) => `联系人：${persons.join(' ')} 联系电话：${numbers.join(' ')}`).join('；'),
  (all) =>
    `联系电话：${all.map(({ persons, numbers }) => `${persons.join('、')}，${numbers.join('、')}`).join('；\n')}。`,
  (all) =>
    `联系人：${all.map(({ persons, numbers }) => `${persons.join('、')}（高职），${numbers.join('、')}`).join('；')}。`,
  (all) =>
    `联系人及电话：\n${all.map(({ persons, numbers }) => `${persons.join('、')}：${numbers.join('，')}`).join('\n')}`,
  (all) => `咨询电话：${all.map(({ persons, numbers }) => `${persons.join('、')}（${numbers.join('，')}）`).join(' ')}`,
  (all) =>
    all
      .map(({ persons, numbers }) => `（联系人：${persons.join('、')}，联系电话：${numbers.join('、')}）`)
      .join('特此通知。'),
];

describe('contacts of any people in any layout', () => {
  it('pair the same people with the same numbers', () => {
    fc.assert(
      fc.property(parties, fc.nat(LAYOUTS.length - 1), (all, layout) => {
        const body = `请按要求报送。\n${LAYOUTS[layout]?.(all) ?? ''}`;
        const expected = all.flatMap(({ persons, numbers }) => numbers.map((one) => `${one} ${persons.join('+')}`));
        const found = contactsIn(body)
          .filter(({ channel }) => channel === 'phone')
          .map(({ value, persons }) => `${value} ${persons.join('+')}`);
        expect(found, body).toEqual(expected);
      }),
      { numRuns: 400 },
    );
  });
});

const FRAGMENTS = [
  ...NAMES,
  '联系人：', '联系电话', '电话：', '传真', '邮箱：', '地址：', '邮编', '账号：', '开户行：', '网址：', '登录“', '热线', '拨打',
  '（', '）', '，', '、', '；', '。', '\n', '：', ' ', '/', '-', '“', '”', '@', '.', '+86', '022-', '5555', '12345', '55550001',
  '13800000001', 'a@b.cn', 'http://', 'www.', '市教委', '职业教育处', '向', '反映', '请与', '联系', '1.', '一、', '\u3000', '😀', 'Ａ１',
]; // prettier-ignore

describe('any text', () => {
  it('is read without throwing, and every fact lies literally where it says', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 80 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (body) => {
        for (const { channel, value, at, span, persons, role, office } of contactsIn(body)) {
          expect(at.start).toBeLessThan(at.end);
          expect(span.start).toBeLessThanOrEqual(at.start);
          expect(span.end).toBeGreaterThanOrEqual(at.end);
          expect(span.end).toBeLessThanOrEqual(body.length);
          expect(value).toBe(channel === 'none' ? '' : body.slice(at.start, at.end));
          for (const words of [...persons, role, office]) if (words !== null) expect(body).toContain(words);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it.each([
    ...FRAGMENTS,
    '张三（高职），55550001；',
    '向市教委',
    '联系人：江小舟、',
    '地址：滨江市',
    '账号：1',
    '10.0.0.1:',
  ])('is read in linear time: %j again and again', (fragment) => {
    const body = fragment.repeat(Math.ceil(100_000 / fragment.length));
    const begin = performance.now();
    contactsIn(body);
    expect(performance.now() - begin).toBeLessThan(1000);
  });
});
