import type { FoundAnswer } from '../../domain/answer.js';
import type { AttachmentFact, Fact, ItemFact, Span } from '../../domain/fact.js';
import type { FindTables } from '../../ingest/facts/table/find-tables.js';
import type { IndexedNotice } from '../../index/indexed-notice.js';
import type { StoredNotice } from '../../store/notice-store.js';
import { HAN } from '../../text/han.js';
import { bareName } from '../candidates/typed/attachment.js';

/** List entry with its offsets in the body, and its printed number if it has one. */
interface ListEntry extends Span {
  readonly words: string;
  readonly number: number | null;
}

/** A list with the number of its entries that the previous answer (`told`) announced. */
interface AnnouncedList {
  readonly entries: readonly ListEntry[];
  readonly announcedCount: number;
  /** Length of those in UTF-16 units. Breaks ties: 有效居民身份证 was announced, not the 身份证 of another list. */
  readonly announcedLength: number;
}

/** Upper bound on the lines of a list, from the first announced line on. */
const MOST_LINES = 40;

/**
 * Returns the n-th entry (from 1; -1 for the last) of the list that the previous answer (`told`) announced: the list of
 * the notice (items, attachments, table rows or lines) with the most announced entries; its only list where none was
 * announced. Null when there is no such list or entry.
 */
export function findNthItem(
  { notice, facts }: StoredNotice,
  indexed: IndexedNotice,
  told: string,
  n: number,
  tablesIn: FindTables,
): FoundAnswer | null {
  const lists = [...factLists(facts, told), ...tableLists(notice.body, told, tablesIn), lineList(notice.body, told)];
  const long = lists.filter(({ entries }) => entries.length >= 2);
  const [most] = [...long].sort((a, b) => b.announcedCount - a.announcedCount || b.announcedLength - a.announcedLength);
  const list = most?.announcedCount === 0 ? onlyOf(long) : most;
  if (list === undefined) return null;
  const entry = list.entries.find(({ number }) => number === n) ?? list.entries.at(n > 0 ? n - 1 : n);
  if (entry === undefined) return null;
  const ref = { id: indexed.id, title: indexed.title, date: indexed.date };
  return {
    kind: 'answer',
    intent: 'list',
    sure: true,
    missing: [],
    answer: entry.words,
    quote: notice.body.slice(entry.start, entry.end),
    confidence: null,
    notice: { ...ref, url: indexed.url },
    candidates: [{ ...ref, score: 0 }],
    computed: [],
    also: [],
  };
}

/** Returns the only list of the notice, or the only numbered one. Undefined when ambiguous. */
function onlyOf(lists: readonly AnnouncedList[]): AnnouncedList | undefined {
  const numbered = lists.filter(({ entries }) => entries.every(({ number }) => number !== null));
  return lists.length === 1 ? lists[0] : numbered.length === 1 ? numbered[0] : undefined;
}

/** Returns the lists of item facts, and the list of attachments. */
function factLists(facts: readonly Fact[], told: string): AnnouncedList[] {
  const lists = new Map<string, (ItemFact | AttachmentFact)[]>();
  for (const fact of facts) {
    if ((fact.kind !== 'item' && fact.kind !== 'attachment') || fact.name === '') continue;
    const key = fact.kind === 'item' ? `item ${fact.list}` : 'attachments';
    lists.set(key, [...(lists.get(key) ?? []), fact]);
  }
  return [...lists.values()].map((list) => {
    // The text and the page's files may both name an attachment: one entry each.
    const named = [...new Map(list.map((fact) => [bareName(fact.name), fact])).values()];
    // 附件.docx, one file with all attachments, is no entry among numbered ones.
    const isNumbered = named.some(({ kind, number }) => kind === 'attachment' && number !== null);
    const unique = isNumbered ? named.filter(({ number }) => number !== null) : named;
    const said = unique.filter(({ name }) => told.includes(name));
    return {
      entries: unique.map(({ name, number, span }) => ({ ...span, words: name, number })),
      announcedCount: said.length,
      announcedLength: lengthOf(said.map(({ name }) => name)),
    };
  });
}

function tableLists(body: string, told: string, tablesIn: FindTables): AnnouncedList[] {
  return tablesIn(body).map(({ rows }) => {
    const entries = rows.map(({ start, end }) => ({ start, end, words: body.slice(start, end), number: null }));
    const heads = rows.map(({ start, end, name }) => body.slice(name?.start ?? start, name?.end ?? end));
    const named = heads.filter((head) => head !== '' && told.includes(head));
    return { entries, announcedCount: named.length, announcedLength: lengthOf(named) };
  });
}

/** Returns the announced lines and those after them that the answer cut off, without headings. */
function lineList(body: string, told: string): AnnouncedList {
  const lines = told.split('\n').filter((line) => line.trim() !== '');
  const start = lines.length < 2 ? -1 : body.indexOf(told);
  if (start === -1) return { entries: [], announcedCount: 0, announcedLength: 0 };
  const entries: ListEntry[] = [];
  let at = start;
  for (const line of body.slice(start).split('\n').slice(0, MOST_LINES)) {
    const isHeading = /[:：]$/.test(line.trim());
    if (line.trim() === '' || (at > start && (isHeading || LABELLED.test(line)) && at >= start + told.length)) break;
    if (!isHeading) entries.push({ start: at, end: at + line.length, words: line, number: null });
    at += line.length + 1;
  }
  const said = lines.filter((line) => entries.some(({ words }) => words === line));
  return { entries, announcedCount: said.length, announcedLength: lengthOf(said) };
}

const lengthOf = (texts: readonly string[]): number => texts.reduce((sum, { length }) => sum + length, 0);

/** A labelled line, which ends the list: 上班时间：…. */
const LABELLED = new RegExp(`^[${HAN}]{2,8}[:：]`);
