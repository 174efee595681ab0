import { rememberLast } from '../text/remember.js';

/** About what a phone shows of a button in one line. */
const LABEL_LENGTH = 24;
/** Titles of the notices that are offered again and again. */
const TITLES = 1000;
const CHARACTERS = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** A title as a button's label: whole characters only; never empty, since Telegram refuses an empty label. */
export function labelOf(title: string, length = LABEL_LENGTH): string {
  return length === LABEL_LENGTH ? usualLabel(title) : shortened(title, length);
}

const usualLabel = rememberLast((title) => shortened(title, LABEL_LENGTH), TITLES);

function shortened(title: string, length: number): string {
  const line = title
    .replace(/\p{Surrogate}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  // Of invisible characters alone Telegram says that there is no label.
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(line)) return '…';
  // So many units hold more than any label, unless accents are heaped on one letter.
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
