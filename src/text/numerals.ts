const DIGITS = new Map(Array.from('零一二三四五六七八九').map((c, value) => [c, value]));
for (const zero of '〇○O') DIGITS.set(zero, 0);
DIGITS.set('两', 2);
const POWERS = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
]);
const MYRIADS = new Map([
  ['万', 1e4],
  ['亿', 1e8],
]);

/** Source of a pattern for a one- or two-digit number in Arabic or Chinese numerals. */
export const SMALL_NUMERAL = '(?:[0-9]{1,2}|[一二三四五六七八九十两]{1,3})';
/** Source of a pattern for a year: 2024 or 二〇二四. */
export const YEAR_NUMERAL = '(?:(?:19|20)[0-9]{2}|[一二][〇零○O0九][〇零○O0-9一二三四五六七八九]{2})';

/**
 * Returns the value of a numeral: 1,200, 2.85, 三百二十一, 十二, 两, 2万, 半 (0.5). Null when it is no plain number: 两三,
 * 几十, 十十, or anything else. A year written digit by digit is one only with `isYear`: 二〇二四, 二〇2四.
 */
export function parseNumeral(text: string, { isYear = false } = {}): number | null {
  const plain = /^([0-9]{1,15}(?:[,，][0-9]{3}){0,5}(?:\.[0-9]{1,8})?)([十百千]?[万亿]?)$/.exec(text);
  if (plain !== null) {
    const [, digits = '', units = ''] = plain;
    const scale = Array.from(units).reduce((product, c) => product * (POWERS.get(c) ?? MYRIADS.get(c) ?? 1), 1);
    // 2.85 × 10,000 is 28,500.000000000004 in binary.
    return Number((Number(digits.replace(/[,，]/g, '')) * scale).toFixed(6));
  }
  if (text === '半') return 0.5;
  return isYear ? parseDigits(text) : parsePowers(text);
}

/** Reads a numeral digit by digit: 二〇二四. */
function parseDigits(text: string): number | null {
  const digits = text.replace(/[^0-9]/g, (c) => String(DIGITS.get(c) ?? c));
  return /^[0-9]{4}$/.test(digits) ? Number(digits) : null;
}

/** Reads a numeral with powers of ten: 三百二十一. */
function parsePowers(text: string): number | null {
  // 两 stands alone or before a power: 十两 names no number.
  if (text === '' || /.两$/.test(text)) return null;
  let total = 0;
  let section = 0;
  let lastPower = Infinity;
  let digit: number | null = null;
  for (const c of text) {
    const value = DIGITS.get(c);
    const power = POWERS.get(c);
    const myriad = MYRIADS.get(c);
    if (value !== undefined) {
      // 两三 and 二〇二四 are not numerals with powers of ten.
      if (digit !== null && digit !== 0) return null;
      digit = value;
    } else if (power !== undefined) {
      // 十十 names no number.
      if (power >= lastPower) return null;
      section += (digit ?? 1) * power;
      lastPower = power;
      digit = null;
    } else if (myriad !== undefined) {
      if (section === 0 && digit === null) return null;
      total = (total + section + (digit ?? 0)) * myriad;
      section = 0;
      lastPower = Infinity;
      digit = null;
    } else return null;
  }
  return total + section + (digit ?? 0);
}
