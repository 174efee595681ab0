const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const POWERS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
const MYRIADS: Readonly<Record<string, number>> = { 万: 1e4, 亿: 1e8 };

/**
 * Returns the value of a numeral: 1,200, 2.85, 三百二十一, 十二, 两, 2万, 半 (0.5). Null when it is no plain number: 两三,
 * 几十, 数百, or anything else.
 */
export function parseNumeral(text: string): number | null {
  const plain = /^([0-9]{1,15}(?:[,，][0-9]{3}){0,5}(?:\.[0-9]{1,8})?)([十百千]?[万亿]?)$/.exec(text);
  if (plain !== null) {
    const scale = (plain[2] ?? '').split('').reduce((product, c) => product * (POWERS[c] ?? MYRIADS[c] ?? 1), 1);
    // 2.85 × 10,000 is 28,500.000000000004 in binary.
    return Number((Number((plain[1] ?? '').replace(/[,，]/g, '')) * scale).toFixed(6));
  }
  return text === '半' ? 0.5 : chinese(text);
}

function chinese(text: string): number | null {
  if (text === '') return null;
  let total = 0;
  let section = 0;
  let digit: number | null = null;
  for (const c of text) {
    const value = DIGITS[c];
    const power = POWERS[c];
    const myriad = MYRIADS[c];
    if (value !== undefined) {
      // 两三 and 二〇二四 are not numerals with powers of ten.
      if (digit !== null && digit !== 0) return null;
      digit = value;
    } else if (power !== undefined) {
      section += (digit ?? 1) * power;
      digit = null;
    } else if (myriad !== undefined) {
      if (section === 0 && digit === null) return null;
      total = (total + section + (digit ?? 0)) * myriad;
      section = 0;
      digit = null;
    } else return null;
  }
  return total + section + (digit ?? 0);
}
