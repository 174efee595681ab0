import type { Span } from '../../../domain/fact.js';

/** Type of a cell's value, by its form. */
export type CellKind = 'number' | 'measure' | 'phone' | 'date' | 'time' | 'empty' | 'text';

export interface Cell extends Span {
  readonly text: string;
  readonly kind: CellKind;
}

const NUMBER = /^[0-9]{1,3}(?:[,，][0-9]{3}){1,4}(?:\.[0-9]{1,6})?$|^(?:[1-9][0-9]{0,8}|0)(?:\.[0-9]{1,6})?$/;
const PHONE =
  /^(?:[（(]?0[0-9]{2,3}[）)]?[-—－ ]?)?[2-9][0-9]{2,3}[-—－ ]?[0-9]{3,4}(?:转[0-9]{1,5})?$|^1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}$/;
const DATE =
  /^(?:(?:19|20)[0-9]{2}(?:年|[-./])[0-9]{1,2}(?:月|[-./])|[0-9]{1,2}月|[0-9]{1,2}[/.][0-9]{1,2}(?:[^0-9.]|$)|[一二三四五六七八九十]{1,3}月)/;
const TIME = /^(?:上午|下午|晚上|晚|中午|早上)?[0-9]{1,2}(?:[:：][0-9]{2}|[时点])/;
const MEASURE = /^[0-9][0-9,，.～~—–-]{0,15}[^0-9\s]{1,4}$/;
/** First part of a telephone number that is written with a blank in it. */
const PHONE_HEAD = /^(?:[（(]?0[0-9]{2,3}[）)]?[-—－]?(?:[2-9][0-9]{2,3})?|1[3-9][0-9](?: [0-9]{4})?)$/;
const PHONE_TAIL = /^[0-9]{3,4}(?: [0-9]{4})?(?:转[0-9]{1,5})?$/;

/** Splits `text.slice(start, end)` into cells, at ｜ or | when there is one, else at blanks. */
export function splitCells(text: string, { start, end }: Span, empty: ReadonlySet<string>): Cell[] {
  const line = text.slice(start, end);
  const pattern = /[｜|]/.test(line) ? /[^｜|]+/g : /[^\s\u3000]+/g;
  const cells: Cell[] = [];
  for (const { 0: piece, index } of line.matchAll(pattern)) {
    const lead = piece.length - piece.trimStart().length;
    const words = piece.trim();
    if (words !== '') cells.push(createCell(words, start + index + lead, empty));
  }
  return cells;
}

/**
 * Joins neighbouring cells that a blank inside a value separated (a date and its hours, parts of a telephone number)
 * until `count` cells are left; null when that number cannot be reached.
 */
export function joinCellsTo(
  text: string,
  cells: readonly Cell[],
  count: number,
  empty: ReadonlySet<string>,
): Cell[] | null {
  const joined: Cell[] = [];
  let surplus = cells.length - count;
  for (const cell of cells) {
    const last = joined.at(-1);
    if (surplus > 0 && last !== undefined && belongTogether(last, cell)) {
      joined[joined.length - 1] = createCell(text.slice(last.start, cell.end), last.start, empty);
      surplus--;
    } else joined.push(cell);
  }
  return joined.length === count ? joined : null;
}

/** Joins the two parts of each telephone number that a blank separated. */
export function joinPhoneParts(text: string, cells: readonly Cell[], empty: ReadonlySet<string>): Cell[] {
  const joined: Cell[] = [];
  for (const cell of cells) {
    const last = joined.at(-1);
    if (last !== undefined && isPhonePair(last, cell)) {
      joined[joined.length - 1] = createCell(text.slice(last.start, cell.end), last.start, empty);
    } else joined.push(cell);
  }
  return joined;
}

function belongTogether(first: Cell, second: Cell): boolean {
  const isMoment = ({ kind }: Cell): boolean => kind === 'date' || kind === 'time';
  return (isMoment(first) && isMoment(second)) || isPhonePair(first, second);
}

function isPhonePair(first: Cell, second: Cell): boolean {
  return PHONE_HEAD.test(first.text) && PHONE_TAIL.test(second.text);
}

/** Creates the cell with `text` at offset `start`; '' is an empty cell. */
export function createCell(text: string, start: number, empty: ReadonlySet<string>): Cell {
  return { text, kind: classOf(text, empty), start, end: start + text.length };
}

function classOf(text: string, empty: ReadonlySet<string>): CellKind {
  if (text === '' || empty.has(text)) return 'empty';
  // Fast path: most cells are words (王医生).
  if (text.length > 40 || !/[0-9月]/.test(text)) return 'text';
  if (PHONE.test(text)) return 'phone';
  if (NUMBER.test(text)) return 'number';
  if (DATE.test(text)) return 'date';
  if (TIME.test(text)) return 'time';
  return MEASURE.test(text) ? 'measure' : 'text';
}
