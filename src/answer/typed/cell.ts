import type { Span } from '../../domain/fact.js';
import type { Column, FindTables, Row, Table } from '../../facts/table/tables.js';
import type { AskRules } from '../../question/ask.js';
import type { Question } from '../../question/understand.js';
import { fold } from '../../text/fold.js';
import type { FactSource, TypedAnswer } from './typed-answer.js';

const WEIGHTS = {
  /** The column's name holds words of the question: 下午, 周一. */
  named: 1,
  /** It is of the kind that is asked for: 学费 for 多少钱. */
  kind: 0.6,
};
/** A row that holds less than this of what is asked beyond the title is not the one that is meant. */
const LEAST_ROW = 0.2;
/** Rows that hold as much are told together, no more than these. */
const MOST_ROWS = 4;
const LONGEST_QUOTE = 400;

/** Finds the tables of a body, with the words that say which column answers what. */
export interface TableReading {
  readonly tablesIn: FindTables;
  readonly columns: AskRules['columns'];
}

/**
 * What a table says where the question names a row of it: the cell of the column
 * that it asks for, or the whole row where it asks for none. Null when no row is named.
 */
export function pickCell(source: FactSource, { tablesIn, columns }: TableReading): TypedAnswer | null {
  const kinds = columnCues(source.question, columns);
  let best: (TypedAnswer & { readonly fit: number }) | null = null;
  for (const table of tablesIn(source.stored.notice.body)) {
    const found = inTable(source, table, kinds);
    if (found !== null && (best === null || found.fit > best.fit)) best = found;
  }
  return best;
}

function inTable(source: FactSource, table: Table, kinds: readonly string[]): TypedAnswer | null {
  const { body } = source.stored.notice;
  const column = columnFor(source, table.columns, kinds);
  const beside = new Set(column === null ? [] : column.found);
  const rows = table.rows.map((row) => ({ row, weight: rowWeight(source, row, beside) }));
  const most = Math.max(0, ...rows.map(({ weight }) => weight));
  const whole = freshWeight(source, [...source.subject]);
  if (most === 0 || whole === 0 || most / whole < LEAST_ROW) return null;
  const meant = rows.filter(({ weight }) => weight >= most - 1e-9).map(({ row }) => row);
  const [first] = meant;
  if (first === undefined || meant.length > MOST_ROWS || meant.length === table.rows.length) return null;
  const words = meant.map((row) => rowWords(body, row, table.columns, column?.at ?? null));
  const last = meant.at(-1) ?? first;
  const quote = last.end - first.start <= LONGEST_QUOTE ? { start: first.start, end: last.end } : first;
  return {
    answer: words.join('\n'),
    quote: { start: quote.start, end: quote.end },
    fit: most / whole + (column?.fit ?? 0),
    fact: null,
  };
}

interface Chosen {
  readonly at: number;
  readonly fit: number;
  /** Positions of the question's terms in its name. */
  readonly found: readonly number[];
}

/** The column that is asked for; null when no name of one says so. */
function columnFor(source: FactSource, columns: readonly Column[], kinds: readonly string[]): Chosen | null {
  let best: Chosen | null = null;
  columns.forEach(({ name, note, isSerial }, at) => {
    if (isSerial) return;
    const found = source.matcher.match(fold(`${name} ${note}`));
    const named = found.some((t) => source.subject.has(t) && !source.ranked.titleMatches.includes(t));
    const isOfKind = kinds.some((cue) => name.includes(cue) || note.includes(cue));
    const fit = (named ? WEIGHTS.named : 0) + (isOfKind ? WEIGHTS.kind : 0);
    if (fit > (best?.fit ?? 0)) best = { at, fit, found };
  });
  return best;
}

function rowWeight(source: FactSource, { start, end }: Row, beside: ReadonlySet<number>): number {
  const found = source.matcher.match(fold(source.stored.notice.body.slice(start, end)));
  return freshWeight(
    source,
    found.filter((t) => !beside.has(t)),
  );
}

/** Weight of those terms of the subject that the title does not hold. */
function freshWeight({ matcher, subject, ranked }: FactSource, terms: readonly number[]): number {
  return terms.reduce(
    (sum, t) => (subject.has(t) && !ranked.titleMatches.includes(t) ? sum + (matcher.terms[t]?.weight ?? 0) : sum),
    0,
  );
}

/** `太极拳（24式） 时间：周二、周四上午`; without a column the row as it stands. */
function rowWords(body: string, row: Row, columns: readonly Column[], at: number | null): string {
  const cell = at === null ? undefined : row.cells[at];
  const column = at === null ? undefined : columns[at];
  if (cell === undefined || column === undefined || cell.text === '') return literal(body, row);
  const name = row.name === null ? '' : literal(body, row.name);
  const isInName = row.name !== null && cell.start >= row.name.start && cell.end <= row.name.end;
  const head = name === '' || isInName ? column.name : `${name} ${column.name}`;
  const note = column.note === '' ? '' : `（${column.note}）`;
  return `${head}${note}：${cell.text}`;
}

const literal = (body: string, { start, end }: Span): string => body.slice(start, end);

/** What names of columns answer the question have in them. */
function columnCues({ ask, wanted }: Question, columns: AskRules['columns']): readonly string[] {
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
