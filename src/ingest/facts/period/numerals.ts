const DIGITS = new Map(Array.from('〇一二三四五六七八九').map((c, i) => [c, i]));
for (const zero of '零○O') DIGITS.set(zero, 0);
DIGITS.set('两', 2);

/** Source of a pattern for a one- or two-digit number in Arabic or Chinese numerals. */
export const SMALL_NUMERAL = '(?:[0-9]{1,2}|[一二三四五六七八九十两]{1,3})';
/** Source of a pattern for a year: 2024 or 二〇二四. */
export const YEAR_NUMERAL = '(?:(?:19|20)[0-9]{2}|[一二][〇零○O0九][〇零○O0-9一二三四五六七八九]{2})';

/** Returns the value of plain digits or of a match of `SMALL_NUMERAL` or `YEAR_NUMERAL`; null when it is no number (十十). */
export function parseDateNumeral(text: string): number | null {
  if (/^[0-9]+$/.test(text)) return Number(text);
  const tens = /^([一二三四五六七八九两])?十([一二三四五六七八九])?$/.exec(text);
  if (tens !== null) return (digit(tens[1]) ?? 1) * 10 + (digit(tens[2]) ?? 0);
  let value = 0;
  if (text.length === 2 || text.length === 3) return null;
  for (const c of text) {
    const next = /[0-9]/.test(c) ? Number(c) : DIGITS.get(c);
    if (next === undefined) return null;
    value = value * 10 + next;
  }
  return value;
}

function digit(c: string | undefined): number | undefined {
  return c === undefined ? undefined : DIGITS.get(c);
}
