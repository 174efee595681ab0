import type { PlainDate } from '../domain/notice.js';
import { formatDay } from '../messages/format-day.js';
import { readerMessages as m } from '../messages/reader.js';
import { cutLength } from '../text/sentences.js';
import type { MessageBlock, Message } from './message.js';

/**
 * Longest part, in UTF-16 units after entities are parsed: Telegram's limit of 4,096
 * (core.telegram.org/bots/api#sendmessage) less a margin for what it counts differently, such as normalised characters.
 */
const PART_LIMIT = 4096 - 96;
/** Longest quote, in UTF-16 units, that is shown unfolded, so that the answer stays in view. */
const FOLD_QUOTE_FROM = 120;

export interface TelegramPart {
  /** For `parse_mode: HTML`; tags are balanced within the part. */
  readonly html: string;
  /** Length of the text as Telegram counts it, in UTF-16 units. */
  readonly plainLength: number;
}

/** Range of the plain text that one tag encloses. Marks never overlap. */
interface TagRange {
  readonly start: number;
  readonly end: number;
  readonly open: string;
  readonly close: string;
}

/**
 * Renders a message as HTML for Telegram, split at its length limit. The texts of the parts follow one another without
 * loss, except that a part of white space only is left out: Telegram refuses an empty message.
 *
 * @param now the year of a notice's date is left out when it is the year of `now`; default: always shown
 */
export function renderTelegram(message: Message, now?: Date): TelegramPart[] {
  const { text, marks } = layOut(message, now);
  const parts: TelegramPart[] = [];
  for (let start = 0; start < text.length;) {
    const end = start + cutLength(text.slice(start, start + PART_LIMIT + 1), PART_LIMIT);
    if (text.slice(start, end).trim() !== '') {
      parts.push({ html: htmlOf(text, marks, start, end), plainLength: end - start });
    }
    start = end;
  }
  return parts;
}

/** Builds the plain text and the marks in it, so that the text can be split without cutting a tag. */
function layOut(message: Message, now: Date | undefined): { text: string; marks: TagRange[] } {
  let text = '';
  const marks: TagRange[] = [];
  const add = (piece: string, open = '', close = ''): void => {
    // A lone surrogate cannot be sent as UTF-8: Telegram would refuse the whole
    // message. Telegram drops carriage returns, so they must not be counted.
    const clean = piece.replaceAll('\r', '').replace(/\p{Surrogate}/gu, '\uFFFD');
    if (open !== '' && clean !== '') marks.push({ start: text.length, end: text.length + clean.length, open, close });
    text += clean;
  };
  const day = (date: PlainDate | null): string => (date === null ? m.undated : formatDay(date, now));
  let previous: MessageBlock | undefined;
  for (const block of message) {
    if (previous !== undefined) add(previous.kind === 'lead' ? '\n\n' : '\n');
    addBlock(block, add, day);
    previous = block;
  }
  return { text, marks };
}

function addBlock(
  block: MessageBlock,
  add: (piece: string, open?: string, close?: string) => void,
  day: (date: PlainDate | null) => string,
): void {
  switch (block.kind) {
    case 'lead':
      add(block.text, '<b>', '</b>');
      return;
    case 'note':
      add(block.text);
      return;
    case 'computed':
      add(`${m.computed.label}：${block.text}`, '<i>', '</i>');
      return;
    case 'also':
      add(`· ${block.text}（《${block.title}》 ${day(block.date)}）`);
      return;
    case 'source': {
      addTitle(`《${block.title}》`, block.url, add);
      add(` ${day(block.date)}`);
      return;
    }
    case 'due': {
      add(`${block.number}. `);
      add(block.text, '<b>', '</b>');
      add('\n    ');
      addTitle(block.title, block.url, add);
      return;
    }
    case 'entry': {
      add(`${block.number}. `);
      addTitle(block.title, block.url, add);
      add(`（${day(block.date)}）`);
      for (const remark of block.remarks) add(`\n    ${remark}`);
      return;
    }
    case 'quote': {
      const folded = block.text.length > FOLD_QUOTE_FROM;
      add(block.text, folded ? '<blockquote expandable>' : '<blockquote>', '</blockquote>');
      return;
    }
    case 'choices':
      add(block.items.map((item, i) => `${i + 1}. ${item.title}（${day(item.date)}）`).join('\n'));
      return;
  }
}

function addTitle(
  title: string,
  url: string | null,
  add: (piece: string, open?: string, close?: string) => void,
): void {
  if (url !== null && isWebUrl(url)) add(title, `<a href="${escapeHtml(url)}">`, '</a>');
  else add(title);
}

/** Renders the text from `start` to `end`; a mark that crosses an edge is closed and reopened there. */
function htmlOf(text: string, marks: readonly TagRange[], start: number, end: number): string {
  let html = '';
  let at = start;
  for (const mark of marks) {
    const from = Math.max(mark.start, start);
    const to = Math.min(mark.end, end);
    if (from >= to) continue;
    html += `${escapeHtml(text.slice(at, from))}${mark.open}${escapeHtml(text.slice(from, to))}${mark.close}`;
    at = to;
  }
  return html + escapeHtml(text.slice(at, end));
}

/** Returns whether a URL can be a link in a message: http or https only. */
function isWebUrl(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

const ENTITY: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Escapes text for Telegram's HTML, which supports these four named entities and no others. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITY[character] ?? character);
}
