import { createCell, type Cell } from './cells.js';
import {
  areColumnNames,
  stripHeading,
  parseColumn,
  isKnownColumnName,
  LONGEST_COLUMN,
  type Column,
} from './columns.js';
import { isHeader } from './headers.js';
import { countSimilarCells } from './kinds.js';
import type { TableLine } from './lines.js';
import { createRow, createUnfittingRow, type UnkeyedRow, type TableMatch } from './rows.js';
import type { TableRules } from './rules.js';
import { areConfirmedRows, hasLabelledValues, arePlausibleRows, widestOf, widthOf } from './row-evidence.js';
import { separators, TAB, type Separator } from './separators.js';

const MOST_COLUMNS = 30;
/** Maximum line length in UTF-16 units; cells of a table copied from a browser may hold whole sentences. */
const LONGEST_LINE = { certain: 2_000, other: 240 };
/** Maximum number of lines skipped before a header. */
const MOST_ABOVE = 2;
/** A cell of the rule below a header: |---|:--:|. */
const RULE_CELL = /^:?-{1,40}:?$/;

interface SplitLine {
  readonly cells: readonly Cell[];
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
  const tried = separators.map(() => 0);
  return (at) => {
    for (const [i, separator] of separators.entries()) {
      if (at < (tried[i] ?? 0)) continue;
      const parts = linesAlike(separator, at);
      const found = parts.length < 2 ? null : tableOf(parts, separator, at);
      if (found !== null) return found;
      tried[i] = at + Math.max(1, parts.length - 1);
    }
    return null;
  };

  /** Returns line `at` and the lines below that the separator splits as it splits that line. */
  function linesAlike(separator: Separator, at: number): SplitLine[] {
    const line = lines[at];
    if (line === undefined) return [];
    const isOpen = !/[|｜]/.test(body.charAt(line.start));
    const own = split(line, separator, isOpen);
    if (own === null || hasLabelledValues(own)) return [];
    const first = separator.isCertain && lacksCorner(own, at) ? [emptyAt(line.start), ...own] : own;
    const parts: SplitLine[] = [{ cells: first, line }];
    let hasFull = false;
    const isNamed = areColumnNames(marked(first), rules);
    for (let next = at + 1; next < lines.length; next++) {
      const line = lines[next];
      const cells = line === undefined ? null : split(line, separator, isOpen);
      if (line === undefined || cells === null || hasLabelledValues(cells) || (isNamed && isAnotherHeader(cells)))
        break;
      const isFull =
        cells.length === first.length ||
        (separator.isCertain && (widthOf(cells) === widthOf(first) || hasOnlyEmptyExtras(cells, first.length)));
      // Accepts a row without its last cells; under a known header also one that does not fit.
      if (!isFull && !(isNamed || (separator.isCertain && hasFull && cells.length < first.length))) break;
      hasFull ||= isFull;
      parts.push({ cells, line });
    }
    return hasFull || isNamed ? parts : parts.slice(0, 1);
  }

  /** Returns whether the header lost its empty first cell with the blanks before it (上午 下午 above 周一 甲 乙). */
  function lacksCorner(header: readonly Cell[], at: number): boolean {
    const [second, third] = [1, 2].map((i) => {
      const line = lines[at + i];
      return line === undefined ? [] : (split(line, TAB, true) ?? []);
    });
    return (
      header.every(({ kind, text }) => kind === 'text' && text.length <= LONGEST_COLUMN) &&
      second?.length === header.length + 1 &&
      third !== undefined &&
      third.length <= second.length &&
      !areColumnNames(second, rules) &&
      countSimilarCells(second, third) > 0
    );
  }

  /** Splits a line into the cells of a possible row, or returns null. `isOpen` means that no bars frame the lines. */
  function split(line: TableLine, separator: Separator, isOpen: boolean): Cell[] | null {
    if (line.end - line.start > (separator.isCertain ? LONGEST_LINE.certain : LONGEST_LINE.other)) return null;
    let cells = separator.split(body, line, rules.emptyMarks);
    if (separator.isBar && !isOpen) {
      const isFramed = cells[0]?.text === '';
      cells = cells.slice(isFramed ? 1 : 0, isFramed && cells.at(-1)?.text === '' ? -1 : undefined);
    }
    const last = cells.at(-1)?.text ?? '';
    const isHeading = /[：:]$/.test(last) && !RULE_CELL.test(last);
    const isHeld = cells.some(({ text }) => text !== '');
    return cells.length < 2 || cells.length > MOST_COLUMNS || isHeading || !isHeld ? null : cells;
  }

  function tableOf(alike: readonly SplitLine[], separator: Separator, at: number): TableMatch | null {
    const parts = alike.slice(headerAt(alike));
    const [first, second] = parts;
    if (first === undefined || second === undefined) return null;
    const isRuled = second.cells.every(({ text }) => RULE_CELL.test(text));
    const below = parts.slice(1).filter(({ cells }) => !cells.every(({ text }) => RULE_CELL.test(text)));
    const header = marked(first.cells);
    const isNamed = areColumnNames(header, rules);
    const isSeen =
      isNamed ||
      isRuled ||
      (separator.isCertain ? arePlausibleRows : areConfirmedRows)(parts.map(({ cells }) => cells));
    if (below.length === 0 || !isSeen) return null;

    const isHeaded =
      isRuled ||
      isHeader(
        header,
        below.map(({ cells }) => cells),
        rules,
      );
    const rows = isHeaded ? below : parts;
    const count = isNamed && !separator.isCertain ? header.length : widestOf(parts.map(({ cells }) => cells));
    if (count < 2) return null;
    const columns = columnsOf(isHeaded ? header : [], count, rows);
    const bare: UnkeyedRow[] = [];
    let above: readonly Cell[] = [];
    for (const { cells, line } of rows) {
      const isTold = separator.isCertain || cells.length === count;
      const whole = isTold ? filled(cells, count, line, above) : null;
      bare.push(whole === null ? createUnfittingRow(cells) : createNamedRow(whole, columns));
      above = whole ?? above;
    }
    return { columns, rows: bare, nextLine: at + alike.length };
  }

  /** Returns the header's index, or 0. Lines split alike may precede it: 您的位置 首页 通知 above 姓名 考号 成绩. */
  function headerAt(parts: readonly SplitLine[]): number {
    return Math.max(
      0,
      parts
        .slice(0, MOST_ABOVE + 1)
        .findIndex(
          ({ cells }) => isKnownColumnName(cells[0]?.text ?? '', rules) && areColumnNames(marked(cells), rules),
        ),
    );
  }

  /** Returns whether a line heads the next table, which follows without a line between. */
  function isAnotherHeader(cells: readonly Cell[]): boolean {
    return areColumnNames(cells, rules) && cells.every(({ text }) => isKnownColumnName(text, rules));
  }

  function emptyAt(place: number): Cell {
    return createCell('', place, rules.emptyMarks);
  }

  function marked(cells: readonly Cell[]): Cell[] {
    return cells.map((cell) => stripHeading(cell, rules));
  }

  function columnsOf(header: readonly Cell[], count: number, rows: readonly SplitLine[]): Column[] {
    return Array.from({ length: count }, (_, i) => {
      const column = parseColumn(header[i]?.text ?? '', rules);
      return column.name === '' && isSerialSequence(rows.map(({ cells }) => cells[i]?.text ?? ''))
        ? { ...column, isSerial: true }
        : column;
    });
  }

  /** Pads a row to `count` cells: in front if its cells then resemble the row above more, else behind. */
  function filled(cells: readonly Cell[], count: number, line: TableLine, above: readonly Cell[]): Cell[] {
    const missing = count - cells.length;
    if (missing <= 0) return cells.slice(0, count);
    const empties = (place: number): Cell[] => Array.from({ length: missing }, () => emptyAt(place));
    const before = [...empties(cells[0]?.start ?? line.start), ...cells];
    const behind = [...cells, ...empties(line.end)];
    return countSimilarCells(before, above) > countSimilarCells(behind, above) ? before : behind;
  }
}

/** Creates a row named by its first text cell alone: its cells are certain, so `addKeys` can extend the name. */
function createNamedRow(cells: readonly Cell[], columns: readonly Column[]): UnkeyedRow {
  const row = createRow(cells, columns);
  const first = cells.find(({ kind }, i) => kind === 'text' && columns[i]?.isSerial !== true);
  return { ...row, name: first === undefined ? null : { start: first.start, end: first.end } };
}

/** Returns whether all cells beyond `count` are empty and there are some. */
function hasOnlyEmptyExtras(cells: readonly Cell[], count: number): boolean {
  return cells.length > count && widthOf(cells) <= count;
}

function isSerialSequence(texts: readonly string[]): boolean {
  return texts.length > 1 && texts.every((text, i) => text === (i + 1).toString());
}
