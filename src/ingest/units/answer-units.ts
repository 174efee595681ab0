import type { AnswerUnit } from '../../domain/answer-unit.js';
import type { Span } from '../../domain/fact.js';
import { fold } from '../../text/fold.js';
import type { Column, FindTables, Row, Table } from '../facts/table/find-tables.js';
import { readSegments, type Segment } from './segments.js';
import { valueTypesOf } from './value-types.js';

/** Upper bounds, in UTF-16 units, on the sentences of one segment and on a list that are answered as one. */
const SEGMENT_LENGTH = 320;
const LIST_LENGTH = 800;
/** Upper bound on the units of a notice: a book of 200 pages gives its first ones. */
const MOST_UNITS = 4000;

/** What units are made of: a notice's cleaned text and its sentences (folded, and their spans in the body). */
export interface UnitSource {
  readonly title: string;
  readonly body: string;
  readonly spans: readonly Span[];
  readonly sentences: readonly string[];
}

/**
 * Splits a notice into everything in it that can be an answer: sentences, segments of several sentences and lists with
 * their introduction in the order of the text, then table rows, and the title. Units overlap: a list and its items are both
 * units. Linear in the length of the text.
 */
export function readAnswerUnits(source: UnitSource, tablesIn: FindTables): AnswerUnit[] {
  const { title, body, spans, sentences } = source;
  const units: AnswerUnit[] = [];
  const rows = rowUnits(source, tablesIn(body));
  const isRow = new Uint8Array(sentences.length);
  for (const { unit, isWhole } of rows) if (isWhole) isRow.fill(1, unit.from, unit.to + 1);
  const add = (kind: AnswerUnit['kind'], from: number, to: number, headings: readonly string[]): void => {
    const text = sentences.slice(from, to + 1).join(' ');
    const span = { start: spans[from]?.start ?? 0, end: spans[to]?.end ?? 0 };
    if (units.length >= MOST_UNITS) return;
    units.push({
      kind,
      span,
      from,
      to,
      text,
      context: fold(headings.join(' ')),
      shown: null,
      values: valueTypesOf(text),
    });
  };
  const segments = readSegments(body, spans);
  const lengthOf = (from: number, to: number): number => (spans[to]?.end ?? 0) - (spans[from]?.start ?? 0);
  segments.forEach((segment, n) => {
    const { from, to, path, head } = segment;
    for (let i = from; i <= to; i++) if (isRow[i] !== 1) add('sentence', i, i, i === from ? path : [...path, head]);
    if (to > from && isRow[from] !== 1 && lengthOf(from, to) <= SEGMENT_LENGTH) add('segment', from, to, path);
    const last = lastOfList(segments, n, (end) => lengthOf(from, end) <= LIST_LENGTH);
    if (last !== null) add('list', from, last.to, path);
  });
  units.push(...rows.slice(0, MOST_UNITS - units.length).map(({ unit }) => unit));
  const foldedTitle = fold(title);
  units.push({
    kind: 'title',
    span: { start: 0, end: 0 },
    from: 0,
    to: -1,
    text: foldedTitle,
    context: '',
    shown: null,
    values: valueTypesOf(foldedTitle),
  });
  return units;
}

/** Returns the last segment enclosed by segment n; null when it encloses none, or they are too long together. */
function lastOfList(segments: readonly Segment[], n: number, fits: (to: number) => boolean): Segment | null {
  const first = segments[n];
  if (first === undefined) return null;
  let end = n;
  while ((segments[end + 1]?.depth ?? -1) > first.depth) {
    end++;
    if (!fits(segments[end]?.to ?? 0)) return null;
  }
  return end > n ? (segments[end] ?? null) : null;
}

interface RowUnit {
  readonly unit: AnswerUnit;
  /** True when the row is made of whole sentences, which are then no units of their own. */
  readonly isWhole: boolean;
}

function rowUnits({ body, spans }: UnitSource, tables: readonly Table[]): RowUnit[] {
  let from = 0;
  return tables.flatMap(({ columns, rows }) => {
    const names = columns.map(({ name, note }) => (note === '' ? name : `${name} ${note}`)).join(' ');
    return rows.flatMap((row) => {
      // Rows follow one another, so the search goes on from the last one.
      if ((spans[from]?.start ?? 0) > row.start) from = 0;
      while (from < spans.length && (spans[from]?.end ?? 0) <= row.start) from++;
      if (from === spans.length) return [];
      let to = from;
      while (to + 1 < spans.length && (spans[to + 1]?.start ?? row.end) < row.end) to++;
      const isWhole = spans[from]?.start === row.start && (spans[to]?.end ?? 0) <= row.end + 1;
      const text = fold(`${keysBeside(row)}${body.slice(row.start, row.end)}`);
      const span = { start: row.start, end: row.end };
      return [
        {
          isWhole,
          unit: {
            kind: 'row',
            span,
            from,
            to,
            text,
            context: fold(names),
            shown: namedCells(row, columns),
            values: valueTypesOf(text),
          },
        },
      ];
    });
  });
}

/** Returns the cells carried down from rows above, as words before the row. */
function keysBeside({ keys }: Row): string {
  return keys
    .filter(({ isCarried }) => isCarried)
    .map(({ text }) => `${text} `)
    .join('');
}

/** Upper bound, in UTF-16 units, on a row put into words; a longer one is shown as it stands. */
const SHOWN_LENGTH = 200;

/** Returns the cells of a row with the names of their columns; null where columns have no names or cells do not fit. */
function namedCells({ cells, keys }: Row, columns: readonly Column[]): string | null {
  if (cells.length !== columns.length || columns.every(({ name }) => name === '')) return null;
  const shown = columns.flatMap(({ name, note, isSerial }, i) => {
    const text = (cells[i]?.text ?? '') || (keys.find((key) => key.column === i)?.text ?? '');
    if (isSerial || text === '') return [];
    return [name === '' ? text : `${name}${note === '' ? '' : `（${note}）`}：${text}`];
  });
  const words = shown.join('；');
  return words.length > SHOWN_LENGTH ? null : words;
}
