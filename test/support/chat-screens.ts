/**
 * Messages of the fake Bot API as a phone shows them, in plain text for the README:
 * wrapped at a bubble's width, quotes behind a bar, buttons in their rows.
 */
import type { SentMessage } from './fake-bot-api.js';

/** A bubble on a phone: twenty-one Chinese characters, or twice as many letters. */
const COLUMNS = 42;
/** What stands before a line that the reader sent. */
const READER = '您> ';
const QUOTE = '│ ';
/** Letters and digits of one word, date or number stay together; punctuation neither begins nor ends a line. */
const UNBROKEN = /[（《“【［]*(?:[!-~]+|\p{Extended_Pictographic}\uFE0F?|[^])[，。；：、！？）》”】］…]*/gu;

interface Button {
  readonly text: string;
}

export const typed = (text: string): string => wrapped(READER + text).join('\n');
export const pressed = (label: string): string => `${READER}[ ${label} ]`;

/** What a chat shows where a day begins, in the middle of the line. */
export const daybreak = (day: string): string => day.padStart(Math.floor((COLUMNS - widthOf(day)) / 2) + day.length);

/** A message as it stands now, after all edits. */
export function shown({ text, entities, reply_markup }: SentMessage): string {
  const isQuoted = (offset: number): boolean =>
    entities.some((entity) => {
      return entity.type.endsWith('blockquote') && offset >= entity.offset && offset < entity.offset + entity.length;
    });
  let offset = 0;
  const lines = text.split('\n').flatMap((line) => {
    const quoted = isQuoted(offset);
    offset += line.length + 1;
    return quoted ? wrapped(line, COLUMNS - widthOf(QUOTE)).map((part) => QUOTE + part) : wrapped(line);
  });
  const { inline_keyboard: rows = [] } = (reply_markup ?? {}) as { inline_keyboard?: readonly (readonly Button[])[] };
  return [...lines, ...rows.map(rowOf)].join('\n');
}

/** Telegram cuts a label that is too long; several in a row are short enough for any phone. */
function rowOf(buttons: readonly Button[]): string {
  const most = buttons.length === 1 ? COLUMNS - widthOf('[  ]') : Infinity;
  return buttons.map(({ text }) => `[ ${cut(text, most)} ]`).join(' ');
}

function cut(label: string, most: number): string {
  if (widthOf(label) <= most) return label;
  let kept = '';
  for (const character of label) {
    if (widthOf(kept + character) > most - widthOf('…')) break;
    kept += character;
  }
  return `${kept}…`;
}

function wrapped(line: string, columns = COLUMNS): string[] {
  const lines: string[] = [];
  let last = '';
  for (const [piece] of line.matchAll(UNBROKEN)) {
    if (last !== '' && widthOf(last + piece.trimEnd()) > columns) {
      lines.push(last.trimEnd());
      last = '';
    }
    last += piece;
  }
  return [...lines, last.trimEnd()];
}

/** In columns of a fixed-width font, where a Chinese character or an emoji takes two. */
function widthOf(text: string): number {
  return Array.from(text).reduce((sum, character) => {
    if (character === '\uFE0F') return sum;
    return sum + (character >= '\u2010' && character !== QUOTE[0] ? 2 : 1);
  }, 0);
}

const BLOCK = /(<!-- screen: ([a-z-]+) -->\n).*?(<!-- \/screen -->)/gs;
const fenced = (screen: string): string => `\`\`\`\n${screen}\n\`\`\`\n`;

/** The screens that a README shows, by name. */
export function screensIn(markdown: string): Record<string, string> {
  const blocks = Array.from(markdown.matchAll(BLOCK), ([whole, begin = '', name = '', end = '']) => {
    const inside = whole.slice(begin.length, -end.length);
    return [name, inside.replace(/^```\n([^]*)\n```\n$/, '$1')] as const;
  });
  return Object.fromEntries(blocks);
}

/** The README with its blocks filled anew; a block whose name is unknown stays as it is. */
export function withScreens(markdown: string, screens: Readonly<Record<string, string>>): string {
  return markdown.replace(BLOCK, (whole, begin: string, name: string, end: string) => {
    const screen = screens[name];
    return screen === undefined ? whole : begin + fenced(screen) + end;
  });
}
