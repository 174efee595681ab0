const JOINED = /^(.{2,40}?)(?:以及|还有|[和与跟、])(.{2,60})$/u;
/** Splits the second thing from what is asked of both: after 的, or before 分别, 各自 or 各是. */
const ASKED = /^(.{2,40}?)(?:的|(?=分别|各自|各是))(.{2,40})$/u;
const YEAR = /^[0-9]{4}年?度?(?=\D)/;

/**
 * Splits a folded question that asks the same of two things: 甲和乙的公示期分别到哪天 becomes 甲的公示期分别到哪天 and
 * 乙的公示期分别到哪天. What follows two years is asked of both. Null for other questions.
 */
export function splitQuestionOfTwo(folded: string): readonly [string, string] | null {
  const [, first, rest] = JOINED.exec(folded) ?? [];
  if (first === undefined || rest === undefined) return null;
  const year = YEAR.exec(rest)?.[0];
  if (year !== undefined && YEAR.test(`${first} `)) return [first + rest.slice(year.length), rest];
  const [, second, asked] = ASKED.exec(rest) ?? [];
  return second === undefined || asked === undefined ? null : [`${first}的${asked}`, `${second}的${asked}`];
}
