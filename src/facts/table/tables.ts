import type { Span } from '../../domain/fact.js';
import { cellsIn, joinedTo, withWholePhones, type Cell, type CellClass } from './cells.js';
import type { TableRules } from './rules.js';

export interface Column {
  readonly name: string;
  /** What stands in brackets behind the name: 元/学期. */
  readonly note: string;
  readonly isSerial: boolean;
  readonly isPerson: boolean;
}

export interface Row extends Span {
  /** One for each column; none where the row does not fit the header. */
  readonly cells: readonly Cell[];
  /** The words at its start that tell it from other rows; null when it has none. */
  readonly name: Span | null;
}

export interface Table {
  readonly columns: readonly Column[];
  /** In order of place. */
  readonly rows: readonly Row[];
}

/** Cells of copied page text: a header and rows as they were laid out, or run together. */
export type FindTables = (body: string) => Table[];

const LONGEST_COLUMN = 14;
const LONGEST_ROW = 240;
const LONGEST_CELL = 60;
const LONGEST_NAME = 40;
const MOST_COLUMNS = 12;
/** A column's values are of one kind if so many of its cells are. */
const AGREEMENT = 0.6;
/** No name of a column: digits, marks of sentences and labels. */
const NO_COLUMN = /[0-9:：，。；！？《》“”、@]/;
const NOTE = /[（(]([^（）()]{1,12})[）)]$/;
/** 说明：, 1. and （一） open no row of a table. */
const NO_ROW = /^(?:[\u4e00-\u9fff]{2,8}[:：]|[（(][一二三四五六七八九十0-9]{1,2}[）)]|[一二三四五六七八九十]{1,2}、)/;

/**
 * Finds tables whose header names its columns: rows on lines of their own, each
 * cell on its own line, or all in one line. Linear in the length of the text.
 */
export function createTableFinder(rules: TableRules): FindTables {
  return (body) => {
    const lines = linesOf(body);
    const tables: Table[] = [];
    for (let i = 0; i < lines.length; i++) {
      const line = lines[i];
      if (line === undefined || line.end - line.start < 2) continue;
      const found = stacked(body, lines, i, rules) ?? laidOut(body, lines, i, rules);
      if (found !== null) {
        tables.push(found.table);
        i = found.next - 1;
      } else tables.push(...flattened(body, line, rules));
    }
    return tables;
  };
}

interface Found {
  readonly table: Table;
  /** The line behind it. */
  readonly next: number;
}

/** A header line and rows on the lines below. */
function laidOut(body: string, lines: readonly Span[], at: number, rules: TableRules): Found | null {
  const line = lines[at];
  if (line === undefined || line.end - line.start > LONGEST_ROW) return null;
  const header = headerOf(cellsIn(body, line, rules.empty), rules);
  if (header === null) return null;
  const columns = header.map((cell) => columnOf(cell.text, rules));
  const isPiped = body.slice(line.start, line.end).includes('｜');
  const rows: Row[] = [];
  let next = at + 1;
  for (; next < lines.length; next++) {
    const place = lines[next];
    if (place === undefined || place.end - place.start > LONGEST_ROW) break;
    const words = body.slice(place.start, place.end);
    const cells = cellsIn(body, place, rules.empty);
    if (cells.length < 2 || NO_ROW.test(words) || isPiped !== words.includes('｜')) break;
    rows.push(rowOf(body, cells, columns, rules));
  }
  const isFilled = rows.some(({ cells }) => cells.length > 0) || columns.length > 2;
  return rows.length > 0 && isFilled ? { table: { columns, rows }, next } : null;
}

/** The cells of a header line, without a heading before them; null when it is none. */
function headerOf(cells: readonly Cell[], rules: TableRules): Cell[] | null {
  const first = cells[0]?.text ?? '';
  const own = (/[】：:]$/.test(first) ? cells.slice(1) : cells).map((cell) => columnBehindMark(cell, rules));
  if (own.length < 2 || own.length > MOST_COLUMNS || !own.every(({ text }) => mayBeColumn(text))) return null;
  const named = own.filter(({ text }) => isColumn(text, rules)).length;
  return named >= 2 && named * 2 >= own.length ? own : null;
}

/** Each cell on a line of its own, the header's first. */
function stacked(body: string, lines: readonly Span[], at: number, rules: TableRules): Found | null {
  const run = linesOfColumns(body, lines, at, rules);
  for (let count = run; count >= 2; count--) {
    const columns = lines.slice(at, at + count).map(({ start, end }) => columnOf(body.slice(start, end), rules));
    const rows: Cell[][] = [];
    let next = at + count;
    for (; next + count <= lines.length; next += count) {
      const [first, last] = [lines[next]?.start ?? 0, lines[next + count - 1]?.end ?? 0];
      if (last - first > count * (LONGEST_CELL + 2)) break;
      if (rows.length === 0 && !/[0-9月]/.test(body.slice(first, last))) break;
      const cells = lines.slice(next, next + count).map((place) => wholeCell(body, place, rules));
      if (cells.some(({ text }) => text.length > LONGEST_CELL || /[。；：:]$/.test(text) || text === '')) break;
      if (!(rows.length > 0 ? fits(cells, rows) : isTyped(cells))) break;
      rows.push(cells);
    }
    if (rows.length >= 2) {
      return { table: { columns, rows: rows.map((cells) => rowFrom(cells, columns)) }, next };
    }
  }
  return null;
}

function linesOfColumns(body: string, lines: readonly Span[], at: number, rules: TableRules): number {
  let run = 0;
  while (run < MOST_COLUMNS) {
    const line = lines[at + run];
    const words = line === undefined || line.end - line.start > LONGEST_COLUMN ? '' : body.slice(line.start, line.end);
    if (words === '' || /\s/.test(words) || !isColumn(words, rules)) break;
    run++;
  }
  return run;
}

function wholeCell(body: string, { start, end }: Span, rules: TableRules): Cell {
  const cells = cellsIn(body, { start, end }, rules.empty);
  const first = cells[0];
  if (first !== undefined && cells.length === 1) return first;
  const joined = joinedTo(body, cells, 1, rules.empty)?.[0];
  return joined ?? { start, end, text: body.slice(start, end), kind: 'text' };
}

/** A header and rows that lost their line breaks. */
function flattened(body: string, line: Span, rules: TableRules): Table[] {
  const tables: Table[] = [];
  const cells = withWholePhones(body, cellsIn(body, line, rules.empty), rules.empty).map((cell) =>
    columnBehindMark(cell, rules),
  );
  for (let i = 0; i < cells.length; i++) {
    let run = 0;
    while (run < MOST_COLUMNS && isColumn(cells[i + run]?.text ?? '', rules)) run++;
    if (run < 2) continue;
    const before = mayBeColumn(cells[i - 1]?.text ?? '') ? 1 : 0;
    const found =
      chunked(body, cells, i, run, rules) ?? (before > 0 ? chunked(body, cells, i - 1, run + 1, rules) : null);
    if (found !== null) tables.push(found);
    i += run + (found === null ? 0 : found.rows.length * found.columns.length) - 1;
  }
  return tables;
}

/** 考试安排：课程名称: the first column's name is what stands behind the mark. */
function columnBehindMark(cell: Cell, rules: TableRules): Cell {
  const mark = cell.text.search(/[:：】][^:：】]{1,20}$/);
  const text = cell.text.slice(mark + 1).trimStart();
  return mark > 0 && isColumn(text, rules) ? { ...cell, text, start: cell.end - text.length } : cell;
}

function chunked(body: string, cells: readonly Cell[], at: number, run: number, rules: TableRules): Table | null {
  for (let count = run; count >= 2; count--) {
    const columns = cells.slice(at, at + count).map(({ text }) => columnOf(text, rules));
    for (const size of [count, count + 1]) {
      const rows = chunks(body, cells, at + count, { count, size }, rules);
      if (rows.length >= 2) return { columns, rows: rows.map((row) => rowFrom(row, columns)) };
    }
  }
  return null;
}

/** Rows of `size` cells, `count` when date and hours are taken for one. */
function chunks(
  body: string,
  cells: readonly Cell[],
  from: number,
  { count, size }: { readonly count: number; readonly size: number },
  rules: TableRules,
): Cell[][] {
  const rows: Cell[][] = [];
  for (let i = from; i + size <= cells.length; i += size) {
    const row = joinedTo(body, sentenceCut(body, cells.slice(i, i + size), rules), count, rules.empty);
    if (row === null || !(rows.length > 0 ? fits(row, rows) : isTyped(row))) break;
    rows.push(row);
    if ((row.at(-1)?.end ?? 0) < (cells[i + size - 1]?.end ?? 0)) break;
  }
  return rows;
}

/** The last cell of the last row runs into the next sentence: 明理楼B108。三、凭证. */
function sentenceCut(body: string, cells: readonly Cell[], rules: TableRules): Cell[] {
  const stop = cells.findIndex(({ text }) => /[。；]/.test(text));
  const last = cells[stop];
  if (last === undefined) return [...cells];
  const end = last.start + last.text.search(/[。；]/);
  return [...cells.slice(0, stop), ...cellsIn(body, { start: last.start, end }, rules.empty)];
}

/** Whether a row's cells are of the kinds that the first row's are, but for a few. */
function fits(cells: readonly Cell[], rows: readonly (readonly Cell[])[]): boolean {
  const first = rows[0] ?? [];
  const typed = first.filter(({ kind }) => kind !== 'text' && kind !== 'empty');
  const same = first.filter(({ kind }, i) => kind !== 'text' && kind !== 'empty' && isAlike(kind, cells[i]?.kind));
  const stray = first.filter(({ kind }, i) => kind === 'text' && /^(?:phone|time)$/.test(cells[i]?.kind ?? ''));
  return same.length >= typed.length * AGREEMENT && stray.length === 0;
}

function isAlike(kind: CellClass, other: CellClass | undefined): boolean {
  const isAmount = (one: CellClass | undefined): boolean => one === 'number' || one === 'measure';
  return other === 'empty' || kind === other || (isAmount(kind) && isAmount(other));
}

/** A table of nothing but words can't be told from prose. */
function isTyped(cells: readonly Cell[]): boolean {
  return cells.some(({ kind }) => kind !== 'text' && kind !== 'empty');
}

function rowOf(body: string, cells: readonly Cell[], columns: readonly Column[], rules: TableRules): Row {
  const whole = cells.length === columns.length ? [...cells] : joinedTo(body, cells, columns.length, rules.empty);
  return whole === null ? { ...rowFrom(cells, []), cells: [] } : rowFrom(whole, columns);
}

function rowFrom(cells: readonly Cell[], columns: readonly Column[]): Row {
  const first = cells.findIndex(({ kind }, i) => kind === 'text' && columns[i]?.isSerial !== true);
  let last = first;
  // 信息学院 计算机科学与技术 18: all that stands before the first value tells the row from others.
  while (cells[last + 1]?.kind === 'text' && (cells[last + 1]?.end ?? 0) - (cells[first]?.start ?? 0) <= LONGEST_NAME)
    last++;
  const [from, to] = [cells[first], cells[last]];
  const isValued = to !== undefined && last < cells.length - 1;
  return {
    cells,
    name: from === undefined ? null : { start: from.start, end: isValued ? to.end : from.end },
    start: cells[0]?.start ?? 0,
    end: cells.at(-1)?.end ?? 0,
  };
}

function columnOf(text: string, rules: TableRules): Column {
  const note = NOTE.exec(text);
  const name = note === null ? text : text.slice(0, note.index);
  return { name, note: note?.[1] ?? '', isSerial: rules.serial.test(name), isPerson: rules.person.test(name) };
}

function mayBeColumn(text: string): boolean {
  return text.length > 0 && text.length <= LONGEST_COLUMN + 8 && !NO_COLUMN.test(text.replace(NOTE, ''));
}

function isColumn(text: string, rules: TableRules): boolean {
  const name = text.replace(NOTE, '');
  return name.length > 0 && name.length <= LONGEST_COLUMN && !NO_COLUMN.test(name) && rules.column.test(name);
}

/** Without blanks at their edges; blank lines are left out. */
function linesOf(body: string): Span[] {
  const lines: Span[] = [];
  let from = 0;
  for (let i = 0; i <= body.length; i++) {
    if (i < body.length && body.charAt(i) !== '\n') continue;
    const words = body.slice(from, i);
    const start = from + (words.length - words.trimStart().length);
    if (words.trim() !== '') lines.push({ start, end: start + words.trim().length });
    from = i + 1;
  }
  return lines;
}
