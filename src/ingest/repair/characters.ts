import type { Edit } from './edit-buffer.js';

// prettier-ignore
const NAMED: Readonly<Record<string, string>> = {
  lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: '\u00a0', ensp: ' ', emsp: '\u3000', thinsp: ' ',
  ldquo: '“', rdquo: '”', lsquo: '‘', rsquo: '’', laquo: '«', raquo: '»', middot: '·', bull: '•', hellip: '…',
  mdash: '—', ndash: '–', times: '×', divide: '÷', deg: '°', permil: '‰', yen: '¥', copy: '©', reg: '®',
  sect: '§', zwnj: '\u200c', zwj: '\u200d', semi: ';', num: '#',
};
const MAX_ENTITY = 10;

interface DecodedCharacter {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Returns the edits that decode HTML entities, including those escaped more than once (`&amp;lt;` → `<`), so that
 * cleaning a cleaned text changes nothing. One pass with a stack, linear.
 */
export function entityEdits(text: string): Edit[] {
  if (!text.includes('&')) return [];
  const stack: DecodedCharacter[] = [];
  for (let i = 0; i < text.length; i++) {
    stack.push({ text: text.charAt(i), start: i, end: i + 1 });
    // A decoded character may itself complete an entity.
    while (stack.at(-1)?.text === ';' && decodeTopEntity(stack));
  }
  return stack
    .filter((unit) => unit.end - unit.start > 1)
    .map(({ start, end, text: to }) => ({ start, end, to, rule: 'html-entity' }));
}

/** Replaces the entity at the top of the stack by its character. Returns false when there is none. */
function decodeTopEntity(stack: DecodedCharacter[]): boolean {
  let name = '';
  for (let back = 2; back <= MAX_ENTITY + 2 && back <= stack.length; back++) {
    const unit = stack[stack.length - back];
    if (unit === undefined) return false;
    if (unit.text !== '&') {
      name = unit.text + name;
      continue;
    }
    const decoded = decode(name);
    if (decoded === null) return false;
    const end = stack.at(-1)?.end ?? unit.end;
    stack.length -= back;
    stack.push({ text: decoded, start: unit.start, end });
    return true;
  }
  return false;
}

function decode(name: string): string | null {
  if (!name.startsWith('#')) return Object.hasOwn(NAMED, name) ? (NAMED[name] ?? null) : null;
  const code = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name);
  if (code === null) return null;
  const point = code[1] === undefined ? Number(code[2]) : Number.parseInt(code[1], 16);
  const isCharacter = point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
  return isCharacter ? String.fromCodePoint(point) : null;
}

/**
 * Invisible characters: control characters other than tab and line breaks, zero-width and direction marks, soft
 * hyphens, unpaired surrogates. A zero-width joiner inside an emoji is kept.
 */
const INVISIBLE =
  /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\p{Surrogate}]|(?<![\p{Extended_Pictographic}\ufe0f])\u200d/gu; // eslint-disable-line no-control-regex

export function invisibleEdits(text: string): Edit[] {
  return Array.from(text.matchAll(INVISIBLE), ({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
    to: '',
    rule: 'invisible-character',
  }));
}
