const JOINED = /^(.{2,40}?)(?:以及|还有|[和与跟、])(.{2,60})$/u;
/** What both are asked, behind the second: behind 的, or from the word that asks of each. */
const ASKED = /^(.{2,40}?)(?:的|(?=分别|各自|各是))(.{2,40})$/u;
const YEAR = /^[0-9]{4}年?度?(?=\D)/;

/**
 * The two questions in one that asks the same of two things, or null: 甲和乙的公示期分别到哪天
 * is 甲的公示期分别到哪天 and 乙的公示期分别到哪天. Of two years the rest belongs to both.
 */
export function partsOfEach(folded: string): readonly [string, string] | null {
  const [, first, rest] = JOINED.exec(folded) ?? [];
  if (first === undefined || rest === undefined) return null;
  const year = YEAR.exec(rest)?.[0];
  if (year !== undefined && YEAR.test(`${first} `)) return [first + rest.slice(year.length), rest];
  const [, second, asked] = ASKED.exec(rest) ?? [];
  return second === undefined || asked === undefined ? null : [`${first}的${asked}`, `${second}的${asked}`];
}
