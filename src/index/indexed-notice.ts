import type { PlainDate } from '../domain/notice.js';
import type { Span } from '../domain/fact.js';
import type { StoredNotice } from '../store/notice-store.js';
import { fold } from '../text/fold.js';
import { yearsIn } from '../text/years.js';
import { splitSentences } from '../text/sentences.js';

/**
 * A notice as ranking needs it, in memory: its sentences in folded form and their spans in the cleaned body, so that a
 * sentence that matches can be quoted as it is written.
 */
export interface IndexedNotice {
  readonly key: number;
  readonly id: string;
  readonly title: string;
  readonly date: PlainDate | null;
  readonly column: string | null;
  readonly url: string | null;
  /** Years (four digits) that the title, the body or the date contain, each once. */
  readonly years: readonly string[];
  /** Persons named by its contacts. */
  readonly people: readonly string[];
  readonly foldedTitle: string;
  readonly sentences: readonly string[];
  /** Span i is the position of sentence i in the body, in UTF-16 units. */
  readonly spans: readonly Span[];
}

export function toIndexedNotice({ key, notice, facts }: StoredNotice): IndexedNotice {
  const spans = sentencesOf(notice.title, notice.body);
  return {
    key,
    id: notice.id,
    title: notice.title,
    date: notice.publishedOn,
    column: notice.column,
    url: notice.url,
    years: yearsIn(`${notice.publishedOn ?? ''} ${fold(notice.title)} ${fold(notice.body)}`),
    people: [...new Set(facts.flatMap((fact) => (fact.kind === 'contact' ? fact.persons : [])))],
    foldedTitle: fold(notice.title),
    sentences: spans.map(({ start, end }) => fold(notice.body.slice(start, end))),
    spans,
  };
}

/** Returns whether the title or the body contains these folded words. */
export function containsText({ foldedTitle, sentences }: IndexedNotice, folded: string): boolean {
  return foldedTitle.includes(folded) || sentences.some((sentence) => sentence.includes(folded));
}

/** Splits the body into sentences. When the body begins with the title, the title is a sentence of its own. */
function sentencesOf(title: string, body: string): Span[] {
  const spans = splitSentences(body);
  const first = spans[0];
  if (first === undefined || !body.startsWith(title, first.start)) return spans;
  const titleEnd = first.start + title.length;
  if (titleEnd >= first.end) return spans;
  const rest = splitSentences(body.slice(titleEnd, first.end)).map(({ start, end }) => ({
    start: start + titleEnd,
    end: end + titleEnd,
  }));
  return [{ start: first.start, end: titleEnd }, ...rest, ...spans.slice(1)];
}

/** Area code of a landline number. Readers also type the number without it. */
const AREA_CODE = /^0(?:10|2[0-9]|[3-9][0-9]{2})(?=[0-9]{7,8}$)/;

/** Returns the text whose terms are indexed for the notice. The title counts once even if the body repeats it. */
export function indexedText({ notice, facts }: StoredNotice): string {
  // Numbers are written with blanks and hyphens; as one run of digits they are found however they are typed.
  const numbers = facts.flatMap((fact) =>
    fact.kind === 'contact' && (fact.channel === 'phone' || fact.channel === 'fax')
      ? [fact.normalised, fact.normalised.replace(AREA_CODE, '')]
      : [],
  );
  const names = notice.attachments.map((attachment) => attachment.name);
  const title = notice.body.startsWith(notice.title) ? [] : [notice.title];
  return [...title, notice.body, ...names.filter((name) => !notice.body.includes(name)), ...new Set(numbers)].join(
    '\n',
  );
}
