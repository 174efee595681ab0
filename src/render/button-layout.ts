import { memoizeLru } from '../text/memoize.js';

/** Longest button label, in grapheme clusters: about one line on a phone. */
const LABEL_LENGTH = 24;
/** Size of the label cache: the same notices are offered again and again. */
const TITLES = 1000;
const CHARACTERS = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** Shortens a title to `length` grapheme clusters, `…` included; never empty, since Telegram refuses an empty label. */
export function truncateLabel(title: string, length = LABEL_LENGTH): string {
  return length === LABEL_LENGTH ? usualLabel(title) : shortened(title, length);
}

const usualLabel = memoizeLru((title) => shortened(title, LABEL_LENGTH), TITLES);

function shortened(title: string, length: number): string {
  const line = title
    .replace(/\p{Surrogate}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  // Telegram treats a label of invisible characters alone as empty.
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(line)) return '…';
  // Upper bound in UTF-16 units; only a letter with many stacked accents exceeds it.
  const room = length * 4 + 4;
  const characters: string[] = [];
  let units = 0;
  for (const { segment } of CHARACTERS.segment(line)) {
    units += segment.length;
    if (characters.length === length || units > room) return `${characters.slice(0, length - 1).join('')}…`;
    characters.push(segment);
  }
  return line;
}

/** Largest number of number buttons in a row: what fits side by side on a narrow phone. */
export const NUMBER_BUTTONS_PER_ROW = 5;

/** Splits items into rows of `perRow`, in order; the last row may be shorter. */
export function splitIntoRows<T>(things: readonly T[], perRow: number): T[][] {
  return Array.from({ length: Math.ceil(things.length / perRow) }, (_, row) =>
    things.slice(row * perRow, (row + 1) * perRow),
  );
}
