import type { Span } from '../../../domain/fact.js';
import { countSimilarCells, createCell, findMajorityKind, withoutBlanks, type Cell, type TableLine } from './cells.js';
import {
  areColumnNames,
  isHeader,
  isKnownColumnName,
  MAX_COLUMN_NAME_LENGTH,
  parseColumn,
  stripHeading,
  type Column,
} from './headers.js';
import { createRow, createUnfittingRow, type TableMatch, type UnkeyedRow } from './rows.js';
import type { TableRules } from './rules.js';

type Cells = readonly Cell[];

/** A way to split a line into cells. */
interface Separator {
  /** Whether prose does not contain it, so that it needs less evidence. */
  readonly isCertain: boolean;
  /** Whether it is a bar, which may also frame the line. */
  readonly isBar: boolean;
  /** Splits a line into cells, empty ones included; no cells when the separator does not occur. */
  split(body: string, line: TableLine, emptyMarks: ReadonlySet<string>): Cell[];
}

const TAB: Separator = {
  isCertain: true,
  isBar: false,
  // Tabs at the edges delimit empty cells too.
  split: (body, { untrimmedStart, untrimmedEnd }, emptyMarks) =>
    splitAt(body, { start: untrimmedStart, end: untrimmedEnd }, /\t/g, emptyMarks),
};

/** Separators in the order of trial, the more certain first. A single blank is none, because values contain it too. */
const SEPARATORS: readonly Separator[] = [
  TAB,
  createSeparator(/[|｜]/g, true),
  createSeparator(/[ \u00a0\u3000]{2,}|\u3000/g),
  createSeparator(/(?<=\s)\/(?=\s)/g),
  createSeparator(/(?<=\s)[;；](?=\s)/g),
];

function createSeparator(pattern: RegExp, isBar = false): Separator {
  return { isCertain: false, isBar, split: (body, line, emptyMarks) => splitAt(body, line, pattern, emptyMarks) };
}

function splitAt(body: string, { start, end }: Span, pattern: RegExp, emptyMarks: ReadonlySet<string>): Cell[] {
  const cells: Cell[] = [];
  let from = start;
  const close = (to: number): void => {
    const words = body.slice(from, to);
    const text = words.trim();
    // An empty cell gets the offset where it begins.
    cells.push(createCell(text, from + words.indexOf(text), emptyMarks));
  };
  for (const { 0: found, index } of body.slice(start, end).matchAll(pattern)) {
    close(start + index);
    from = start + index + found.length;
  }
  if (from > start) close(end);
  return cells;
}

const MAX_COLUMNS = 30;
/** Maximum line length in UTF-16 units; cells of a table copied from a browser may hold whole sentences. */
const MAX_LINE_LENGTH = { certain: 2_000, other: 240 };
/** Maximum number of lines skipped before a header. */
const MAX_LINES_ABOVE = 2;
/** A cell of the rule below a header: |---|:--:|. */
const RULE_CELL = /^:?-{1,40}:?$/;

interface SplitLine {
  readonly cells: Cells;
  readonly line: TableLine;
}

/**
 * Creates the finder that returns the table whose first line is `at`, by a separator that the lines below share; null
 * when there is none. It is to be called with ascending `at`.
 */
export function createDelimitedTableFinder(
  body: string,
  lines: readonly TableLine[],
  rules: TableRules,
): (at: number) => TableMatch | null {
  /** For each separator the line up to which it failed, so that no line is read more than a few times. */
  const tried = SEPARATORS.map(() => 0);
  return (at) => {
    for (const [i, separator] of SEPARATORS.entries()) {
      if (at < (tried[i] ?? 0)) continue;
      const alike = splitLinesAlike(separator, at);
      const found = alike.length < 2 ? null : readTable(alike, separator, at);
      if (found !== null) return found;
      tried[i] = at + Math.max(1, alike.length - 1);
    }
    return null;
  };

  /** Returns line `at` and the lines below that the separator splits as it splits that line. */
  function splitLinesAlike(separator: Separator, at: number): SplitLine[] {
    const line = lines[at];
    if (line === undefined) return [];
    const isOpen = !/[|｜]/.test(body.charAt(line.start));
    const own = split(line, separator, isOpen);
    if (own === null || hasLabelledValues(own)) return [];
    const first = separator.isCertain && lacksCorner(own, at) ? [createEmptyCell(line.start), ...own] : own;
    const alike: SplitLine[] = [{ cells: first, line }];
    let hasFull = false;
    const isNamed = areColumnNames(stripHeadings(first), rules);
    for (let next = at + 1; next < lines.length; next++) {
      const below = lines[next];
      const cells = below === undefined ? null : split(below, separator, isOpen);
      if (below === undefined || cells === null || hasLabelledValues(cells) || (isNamed && isAnotherHeader(cells)))
        break;
      const isFull =
        cells.length === first.length ||
        (separator.isCertain && (widthOf(cells) === widthOf(first) || hasOnlyEmptyExtras(cells, first.length)));
      // Accepts a row without its last cells; under a known header also one that does not fit.
      if (!isFull && !(isNamed || (separator.isCertain && hasFull && cells.length < first.length))) break;
      hasFull ||= isFull;
      alike.push({ cells, line: below });
    }
    return hasFull || isNamed ? alike : alike.slice(0, 1);
  }

  /** Returns whether the header lost its empty first cell with the blanks before it (上午 下午 above 周一 甲 乙). */
  function lacksCorner(header: Cells, at: number): boolean {
    const [second, third] = lines.slice(at + 1, at + 3).map((line) => split(line, TAB, true) ?? []);
    return (
      header.every(({ kind, text }) => kind === 'text' && text.length <= MAX_COLUMN_NAME_LENGTH) &&
      second?.length === header.length + 1 &&
      !areColumnNames(second, rules) &&
      third !== undefined &&
      third.length <= second.length &&
      countSimilarCells(second, third) > 0
    );
  }

  /** Splits a line into the cells of a possible row, or returns null. `isOpen` means that no bars frame the lines. */
  function split(line: TableLine, separator: Separator, isOpen: boolean): Cell[] | null {
    if (line.end - line.start > (separator.isCertain ? MAX_LINE_LENGTH.certain : MAX_LINE_LENGTH.other)) return null;
    let cells = separator.split(body, line, rules.emptyMarks);
    if (separator.isBar && !isOpen) {
      const isFramed = cells[0]?.text === '';
      cells = cells.slice(isFramed ? 1 : 0, isFramed && cells.at(-1)?.text === '' ? -1 : undefined);
    }
    if (cells.length < 2 || cells.length > MAX_COLUMNS || cells.every(({ text }) => text === '')) return null;
    const last = cells.at(-1)?.text ?? '';
    const isHeading = /[：:]$/.test(last) && !RULE_CELL.test(last);
    return isHeading ? null : cells;
  }

  function readTable(alike: readonly SplitLine[], separator: Separator, at: number): TableMatch | null {
    const tableLines = alike.slice(findHeader(alike));
    const [first, second] = tableLines;
    if (first === undefined || second === undefined) return null;
    const isRuled = isRule(second.cells);
    const below = tableLines.slice(1).filter(({ cells }) => !isRule(cells));
    const header = stripHeadings(first.cells);
    const isNamed = areColumnNames(header, rules);
    const areRows = separator.isCertain ? arePlausibleRows : areConfirmedRows;
    if (below.length === 0 || !(isNamed || isRuled || areRows(tableLines.map(({ cells }) => cells)))) return null;

    const cellsBelow = below.map(({ cells }) => cells);
    const hasHeader = isRuled || isHeader(header, cellsBelow, rules);
    const rows = hasHeader ? below : tableLines;
    const count = isNamed && !separator.isCertain ? header.length : widestOf(tableLines.map(({ cells }) => cells));
    if (count < 2) return null;
    const columns = createColumns(hasHeader ? header : [], count, rows);
    const unkeyed: UnkeyedRow[] = [];
    let above: Cells = [];
    for (const { cells, line } of rows) {
      if (separator.isCertain || cells.length === count) {
        above = padRow(cells, count, line, above);
        unkeyed.push(createNamedRow(above, columns));
      } else unkeyed.push(createUnfittingRow(cells));
    }
    return { columns, rows: unkeyed, nextLine: at + alike.length };
  }

  /** Returns the header's index, or 0. Lines split alike may precede it: 您的位置 首页 通知 above 姓名 考号 成绩. */
  function findHeader(alike: readonly SplitLine[]): number {
    const isNamed = ({ cells }: SplitLine): boolean =>
      isKnownColumnName(cells[0]?.text ?? '', rules) && areColumnNames(stripHeadings(cells), rules);
    return Math.max(0, alike.slice(0, MAX_LINES_ABOVE + 1).findIndex(isNamed));
  }

  /** Returns whether a line heads the next table, which follows without a line between. */
  function isAnotherHeader(cells: Cells): boolean {
    return areColumnNames(cells, rules) && cells.every(({ text }) => isKnownColumnName(text, rules));
  }

  function createEmptyCell(at: number): Cell {
    return createCell('', at, rules.emptyMarks);
  }

  function stripHeadings(cells: Cells): Cell[] {
    return cells.map((cell) => stripHeading(cell, rules));
  }

  function createColumns(header: Cells, count: number, rows: readonly SplitLine[]): Column[] {
    return Array.from({ length: count }, (_, i) => {
      const column = parseColumn(header[i]?.text ?? '', rules);
      const isUnnamedSerial = column.name === '' && isSerialSequence(rows.map(({ cells }) => cells[i]?.text ?? ''));
      return isUnnamedSerial ? { ...column, isSerial: true } : column;
    });
  }

  /** Pads a row to `count` cells: in front if its cells then resemble the row above more, else behind. */
  function padRow(cells: Cells, count: number, line: TableLine, above: Cells): Cell[] {
    const missing = count - cells.length;
    if (missing <= 0) return cells.slice(0, count);
    const empties = (at: number): Cell[] => Array.from({ length: missing }, () => createEmptyCell(at));
    const before = [...empties(cells[0]?.start ?? line.start), ...cells];
    const behind = [...cells, ...empties(line.end)];
    return countSimilarCells(before, above) > countSimilarCells(behind, above) ? before : behind;
  }
}

/** Creates a row named by its first text cell alone: its cells are certain, so `addKeys` can extend the name. */
function createNamedRow(cells: Cells, columns: readonly Column[]): UnkeyedRow {
  const first = cells.find(({ kind }, i) => kind === 'text' && columns[i]?.isSerial !== true);
  const name = first === undefined ? null : { start: first.start, end: first.end };
  return { ...createRow(cells, columns), name };
}

function isRule(cells: Cells): boolean {
  return cells.every(({ text }) => RULE_CELL.test(text));
}

/** Returns the number of cells up to the last non-empty one. */
function widthOf(cells: Cells): number {
  return cells.findLastIndex(({ text }) => text !== '') + 1;
}

function widestOf(rows: readonly Cells[]): number {
  return rows.reduce((most, cells) => Math.max(most, widthOf(cells)), 0);
}

/** Returns whether all cells beyond `count` are empty and there are some. */
function hasOnlyEmptyExtras(cells: Cells, count: number): boolean {
  return cells.length > count && widthOf(cells) <= count;
}

function isSerialSequence(texts: readonly string[]): boolean {
  return texts.length > 1 && texts.every((text, i) => text === (i + 1).toString());
}

/** Minimum number of lines with the same separator; fewer may agree by chance. */
const MIN_ROWS = 3;
/** Maximum length of a cell and of the mean cell, in UTF-16 units; clauses of prose are longer. */
const MAX_CELL_LENGTH = 60;
const MAX_MEAN_LENGTH = { plausible: 30, confirmed: 12 };
const LABELLED = /^[\u4e00-\u9fff]{2,8}[:：]/;
const SENTENCE = /[。；！？]$/;
const LIST_MARK =
  /^(?:[0-9]{1,3}[.．、)）]|[（(]?[一二三四五六七八九十]{1,3}[）)、]|[（(][0-9]{1,2}[）)]|[•·●◆■□▪※*—-])$/;

/** Returns whether at least half of the non-empty cells are labelled values: 名称：甲 地址：乙 电话：丙 is no row. */
function hasLabelledValues(cells: Cells): boolean {
  const filled = withoutBlanks(cells);
  return filled.filter(({ text }) => LABELLED.test(text)).length * 2 >= filled.length;
}

/** Returns whether lines with tabs may be rows: tabs also indent paragraphs and follow the marks of a list. */
function arePlausibleRows(rows: readonly Cells[]): boolean {
  const isMarked = ([mark, ...others]: Cells): boolean =>
    others.length === 1 && (mark === undefined || mark.text === '' || LIST_MARK.test(mark.text));
  const sentences = rows.filter((cells) => SENTENCE.test(cells.at(-1)?.text ?? ''));
  const isProse = sentences.length * 2 >= rows.length || meanLength(rows) > MAX_MEAN_LENGTH.plausible;
  return !isProse && !rows.every(isMarked);
}

/** Returns whether lines with a separator that prose has too are rows; of two columns, one must hold typed values. */
function areConfirmedRows(rows: readonly Cells[]): boolean {
  if (rows.length < MIN_ROWS || !arePlausibleRows(rows) || meanLength(rows) > MAX_MEAN_LENGTH.confirmed) return false;
  if (rows.some((cells) => cells.some(({ text }) => text.length > MAX_CELL_LENGTH || SENTENCE.test(text))))
    return false;
  const isTyped = (i: number): boolean => {
    const kind = findMajorityKind(rows.slice(1).flatMap((cells) => cells[i] ?? []));
    return kind !== 'text' && kind !== 'empty';
  };
  return widestOf(rows) > 2 || isTyped(0) || isTyped(1);
}

function meanLength(rows: readonly Cells[]): number {
  const filled = rows.flatMap(withoutBlanks);
  return filled.reduce((sum, { text }) => sum + text.length, 0) / Math.max(1, filled.length);
}
