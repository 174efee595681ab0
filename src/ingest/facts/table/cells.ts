import type { Span } from '../../../domain/fact.js';

/** A line without the blanks at its edges. */
export interface TableLine extends Span {
  /** Its bounds with those blanks. */
  readonly untrimmedStart: number;
  readonly untrimmedEnd: number;
}

/** Splits a body into lines, without blank ones. */
export function splitLines(body: string): TableLine[] {
  const lines: TableLine[] = [];
  let from = 0;
  for (let to = 0; to <= body.length; to++) {
    if (to < body.length && body.charAt(to) !== '\n') continue;
    const words = body.slice(from, to);
    const start = from + (words.length - words.trimStart().length);
    const length = words.trim().length;
    if (length > 0) lines.push({ start, end: start + length, untrimmedStart: from, untrimmedEnd: to });
    from = to + 1;
  }
  return lines;
}

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
export function splitCells(text: string, { start, end }: Span, emptyMarks: ReadonlySet<string>): Cell[] {
  const line = text.slice(start, end);
  const pattern = /[｜|]/.test(line) ? /[^｜|]+/g : /[^\s\u3000]+/g;
  const cells: Cell[] = [];
  for (const { 0: piece, index } of line.matchAll(pattern)) {
    const lead = piece.length - piece.trimStart().length;
    const words = piece.trim();
    if (words !== '') cells.push(createCell(words, start + index + lead, emptyMarks));
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
  emptyMarks: ReadonlySet<string>,
): Cell[] | null {
  const joined: Cell[] = [];
  let surplus = cells.length - count;
  for (const cell of cells) {
    const last = joined.at(-1);
    if (surplus > 0 && last !== undefined && belongTogether(last, cell)) {
      joined[joined.length - 1] = createCell(text.slice(last.start, cell.end), last.start, emptyMarks);
      surplus--;
    } else joined.push(cell);
  }
  return joined.length === count ? joined : null;
}

/** Joins the two parts of each telephone number that a blank separated. */
export function joinPhoneParts(text: string, cells: readonly Cell[], emptyMarks: ReadonlySet<string>): Cell[] {
  const joined: Cell[] = [];
  for (const cell of cells) {
    const last = joined.at(-1);
    if (last !== undefined && isPhonePair(last, cell)) {
      joined[joined.length - 1] = createCell(text.slice(last.start, cell.end), last.start, emptyMarks);
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

/** Returns the cells that hold any text, marks for an empty cell (—) included. */
export function withoutBlanks(cells: readonly Cell[]): Cell[] {
  return cells.filter(({ text }) => text !== '');
}

/** Creates the cell with `text` at offset `start`; '' is an empty cell. */
export function createCell(text: string, start: number, emptyMarks: ReadonlySet<string>): Cell {
  return { text, kind: kindOf(text, emptyMarks), start, end: start + text.length };
}

function kindOf(text: string, emptyMarks: ReadonlySet<string>): CellKind {
  if (text === '' || emptyMarks.has(text)) return 'empty';
  // Fast path: most cells are words (王医生).
  if (text.length > 40 || !/[0-9月]/.test(text)) return 'text';
  if (PHONE.test(text)) return 'phone';
  if (NUMBER.test(text)) return 'number';
  if (DATE.test(text)) return 'date';
  if (TIME.test(text)) return 'time';
  return MEASURE.test(text) ? 'measure' : 'text';
}

/** Minimum share of the first row's typed cells whose kind another row has to match. */
const AGREEMENT = 0.6;

/** Returns whether a row's cells match the kinds of the first row, without telephones or times in text columns. */
export function matchesFirstRow(cells: readonly Cell[], rows: readonly (readonly Cell[])[]): boolean {
  const first = rows[0] ?? [];
  const typed = first.filter(({ kind }) => kind !== 'text' && kind !== 'empty');
  const same = first.filter(({ kind }, i) => kind !== 'text' && kind !== 'empty' && isAlike(kind, cells[i]?.kind));
  const stray = first.filter(({ kind }, i) => kind === 'text' && /^(?:phone|time)$/.test(cells[i]?.kind ?? ''));
  return same.length >= typed.length * AGREEMENT && stray.length === 0;
}

function isAlike(kind: CellKind, other: CellKind | undefined): boolean {
  const isAmount = (one: CellKind | undefined): boolean => one === 'number' || one === 'measure';
  return other === 'empty' || kind === other || (isAmount(kind) && isAmount(other));
}

/** Returns whether any cell is not text; a table of words alone cannot be distinguished from prose. */
export function hasTypedCell(cells: readonly Cell[]): boolean {
  return cells.some(({ kind }) => kind !== 'text' && kind !== 'empty');
}

/** Returns the most frequent kind of a column's non-empty cells; 'empty' when all are empty. */
export function findMajorityKind(cells: readonly Cell[]): CellKind {
  const counts = new Map<CellKind, number>();
  for (const { kind } of cells) if (kind !== 'empty') counts.set(kind, (counts.get(kind) ?? 0) + 1);
  let most: CellKind = 'empty';
  for (const [kind, count] of counts) if (count > (counts.get(most) ?? 0)) most = kind;
  return most;
}

/** Counts the cells of the same kind as the cell above; two texts also need the same first or last character. */
export function countSimilarCells(cells: readonly Cell[], above: readonly Cell[]): number {
  return cells.filter((cell, i) => {
    const other = above[i];
    if (other === undefined || cell.text === '' || other.text === '') return false;
    if (cell.kind !== 'text' || other.kind !== 'text') return cell.kind === other.kind;
    return other.text.startsWith(cell.text.slice(0, 1)) || other.text.endsWith(cell.text.slice(-1));
  }).length;
}
