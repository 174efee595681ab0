/** About what a phone shows of a button in one line. */
const LABEL_LENGTH = 24;
const CHARACTERS = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** A title as a button's label: whole characters only; never empty, since Telegram refuses an empty label. */
export function labelOf(title: string, length = LABEL_LENGTH): string {
  const line = title
    .replace(/\p{Surrogate}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  // So many units hold more than any label, however long the title.
  const room = length * 4 + 4;
  const characters = Array.from(CHARACTERS.segment(line.slice(0, room)), ({ segment }) => segment);
  // Of invisible characters alone Telegram says that there is no label.
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(line)) return '…';
  if (characters.length <= length && line.length <= room) return line;
  return `${characters.slice(0, length - 1).join('')}…`;
}

const FILE_NAME_LENGTH = 40;

/** A title as a file's name: letters and digits of any script, the rest as hyphens. */
export function fileNameOf(title: string, extension: string): string {
  const name = title
    .slice(0, FILE_NAME_LENGTH)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return `${name === '' ? 'notice' : name}.${extension}`;
}
