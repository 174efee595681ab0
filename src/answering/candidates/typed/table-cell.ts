import type { Cell } from '../../../ingest/facts/table/cells.js';
import type { Column, FindTables, Row, Table } from '../../../ingest/facts/table/find-tables.js';
import type { RequestRules } from '../../query/requested-fact.js';
import type { Query } from '../../query/parse-query.js';
import { fold } from '../../../text/fold.js';
import type { SearchedNotice, TypedAnswer } from './typed-answer.js';

const WEIGHTS = {
  /** The column's name holds terms of the question: 下午, 周一. */
  named: 1,
  /** It is of the kind that is asked for: 学费 for 多少钱. */
  kind: 0.6,
};
/** Least share of the subject outside the title that a row must hold. */
const LEAST_ROW = 0.2;
/** Least such share at which an amended row answers the question. */
const AMENDED_ROW = 0.5;
/** Upper bound on the rows that fit equally and are answered together. */
const MOST_ROWS = 4;
const LONGEST_QUOTE = 400;
/** Upper bound, in UTF-16 units, on a row put into words; a longer one is quoted as it stands. */
const LONGEST_ROW = 160;

/** Table parser, and the cue words that say which column answers what. */
export interface TableReading {
  readonly tablesIn: FindTables;
  readonly columns: RequestRules['columns'];
}

/**
 * Returns the cell in the row that the question names and the column that it asks for, or the whole row where it asks
 * for no column. Null when it names no row.
 */
export function pickCell(source: SearchedNotice, { tablesIn, columns }: TableReading): TypedAnswer | null {
  const kinds = columnCues(source.question, columns);
  let best: TypedAnswer | null = null;
  for (const table of tablesIn(source.stored.notice.body)) {
    const found = inTable(source, table, kinds);
    if (found !== null && (best === null || found.fit > best.fit)) best = found;
  }
  return best;
}

function inTable(source: SearchedNotice, table: Table, kinds: readonly string[]): TypedAnswer | null {
  const { body } = source.stored.notice;
  const amended = amendedColumn(source, table.columns);
  const column = amended ?? columnFor(source, table.columns, kinds);
  // Where all columns have names, what is asked for has a column of its own or is not stated.
  if (column === null && kinds.length > 0 && table.columns.every(({ name }) => name !== '')) return null;
  const beside = new Set(column === null ? [] : column.found);
  const rows = table.rows.map((row) => ({
    row,
    weight: amended !== null && isNoTime(source, row.cells[amended.at]) ? 0 : rowWeight(source, row, beside),
  }));
  const most = Math.max(0, ...rows.map(({ weight }) => weight));
  const whole = freshWeight(source, [...source.subject]);
  if (most === 0 || whole === 0 || most / whole < LEAST_ROW) return null;
  const meant = rows.filter(({ weight }) => weight >= most - 1e-9).map(({ row }) => row);
  const [first] = meant;
  if (first === undefined || meant.length > MOST_ROWS || meant.length === table.rows.length) return null;
  const isAsked = (text: string): boolean => freshWeight(source, source.matcher.match(fold(text))) > 0;
  const words = meant.map((row) => rowWords(body, row, table.columns, column?.at ?? null, isAsked));
  const last = meant.at(-1) ?? first;
  const end = last.end - first.start <= LONGEST_QUOTE ? last.end : first.end;
  return {
    answer: words.join('\n'),
    quote: { start: first.start, end },
    fit: most / whole + (column?.fit ?? 0),
    fact: null,
    isAmended: amended !== null && most / whole >= AMENDED_ROW,
  };
}

interface Chosen {
  readonly at: number;
  readonly fit: number;
  /** Indexes of the question's terms in its name. */
  readonly found: readonly number[];
}

/** Returns whether a time is asked for and the cell holds none: an amendment may list a day, then a place. */
function isNoTime({ question }: SearchedNotice, cell: Cell | undefined): boolean {
  return question.ask.kind === 'period' && cell?.kind !== 'date' && cell?.kind !== 'time';
}

/** Asks for the value before an amendment: 原来的地点, 更正前的截止时间. */
const ASKS_OLD = /原来|原先|原定|原本|之前|以前|本来|[更变改调][正更前整]前/;

/** Returns the column of new values in a table of old and new ones, or that of old ones if asked for. */
function amendedColumn({ question, amendments }: SearchedNotice, columns: readonly Column[]): Chosen | null {
  const old = columns.findIndex(({ name }) => amendments.before.some((word) => name.includes(word)));
  if (old === -1 || columns[old + 1] === undefined) return null;
  return { at: ASKS_OLD.test(question.folded) ? old : old + 1, fit: WEIGHTS.kind, found: [] };
}

/** Returns the column that is asked for. Null when no column's name matches. */
function columnFor(source: SearchedNotice, columns: readonly Column[], kinds: readonly string[]): Chosen | null {
  let best: Chosen | null = null;
  const { ask, wanted } = source.question;
  const asksWho = wanted?.kind === 'person' || (ask.kind === 'contact' && ask.channels.length === 0);
  columns.forEach(({ name, note, isSerial, isPerson }, at) => {
    if (isSerial) return;
    const found = source.matcher.match(fold(`${name} ${note}`));
    const named = found.some((t) => source.subject.has(t) && !source.ranked.titleMatches.includes(t));
    const isOfKind = kinds.some((cue) => name.includes(cue) || note.includes(cue)) || (asksWho && isPerson);
    const fit = (named ? WEIGHTS.named : 0) + (isOfKind ? WEIGHTS.kind : 0);
    if (fit > (best?.fit ?? 0)) best = { at, fit, found };
  });
  return best;
}

function rowWeight(source: SearchedNotice, { start, end, keys }: Row, beside: ReadonlySet<number>): number {
  const carried = keys.map(({ text }) => text).join(' ');
  const found = source.matcher.match(fold(`${source.stored.notice.body.slice(start, end)} ${carried}`));
  return freshWeight(
    source,
    found.filter((t) => !beside.has(t)),
  );
}

/** Returns the weight of the subject terms among these that the title does not hold. */
function freshWeight({ matcher, subject, ranked }: SearchedNotice, terms: readonly number[]): number {
  return terms.reduce(
    (sum, t) => (subject.has(t) && !ranked.titleMatches.includes(t) ? sum + (matcher.terms[t]?.weight ?? 0) : sum),
    0,
  );
}

/** Renders a row: `太极拳（24式） 时间：周二、周四上午`; all of its columns where none is asked for. */
function rowWords(
  body: string,
  row: Row,
  columns: readonly Column[],
  at: number | null,
  isAsked: (text: string) => boolean,
): string {
  const told = at === null || cellWords(row, columns, at) === null ? columns.map((_, i) => i) : [at];
  // The key may be the hospital's name: then the cell that the question names (麻醉科医师) is rendered too.
  const isNamed = told.length > 1 || row.keys.some(({ text }) => isAsked(text));
  const named = row.cells.flatMap((cell, column) =>
    !isNamed && isAsked(cell.text) ? [{ text: cell.text, column }] : [],
  );
  const keys = [...row.keys, ...named.filter(({ column }) => row.keys.every((key) => key.column !== column))]
    .filter(({ column }) => told.length > 1 || !told.includes(column))
    .sort((a, b) => a.column - b.column);
  const isKey = new Set(keys.map(({ column }) => column));
  const cells = told.filter((i) => told.length === 1 || !isKey.has(i)).flatMap((i) => cellWords(row, columns, i) ?? []);
  const words = [...keys.map(({ text }) => text), cells.join('；')].filter((part) => part !== '').join(' ');
  const isWhole = row.cells.length === columns.length && words.length <= LONGEST_ROW;
  return isWhole ? words : body.slice(row.start, row.end);
}

/** Renders a cell: `学费（元/学期）：100`. Null for an empty cell or a serial number. */
function cellWords({ cells }: Row, columns: readonly Column[], at: number): string | null {
  const [cell, column] = [cells[at], columns[at]];
  if (cell === undefined || column === undefined || cell.text === '' || column.isSerial) return null;
  const note = column.note === '' ? '' : `（${column.note}）`;
  return column.name === '' ? cell.text : `${column.name}${note}：${cell.text}`;
}

/** Returns the words that names of answering columns contain. */
function columnCues({ ask, wanted }: Query, columns: RequestRules['columns']): readonly string[] {
  if (wanted?.kind === 'person') return columns.person;
  switch (ask.kind) {
    case 'period':
      return ask.ofDay ? columns.hour : columns.period;
    case 'duration':
      return columns.duration;
    case 'contact':
      return ask.channels.length === 0 ? columns.person : columns.contact;
    case 'place':
      return columns.place;
    case 'quantity':
      return ask.units.includes('元') ? columns.money : ask.units.includes('人') ? columns.people : columns.count;
    case 'owner':
    case 'attachment':
    case 'document-number':
    case 'list':
    case 'passage':
      return [];
  }
}
