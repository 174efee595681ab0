import type { Span } from '../../../domain/fact.js';
import type { Attachment } from '../../../domain/notice.js';
import type { RequestedFact } from '../../query/requested-fact.js';
import { askedShare, questionShare } from './term-overlap.js';
import { factsOf, type SearchedNotice, type TypedAnswer } from './typed-answer.js';

/** Least share of its name in the question at which one attachment is meant and not all. */
const NAMED = 0.5;
const ASKS_ALL = /哪些|哪几|几个|几份|都有|全部|所有/;
const LONGEST = 300;
const LONGEST_QUOTE = 400;

/** Returns the attachment asked for by number or name, else all of them. Null when there is none such. */
export function pickAttachment(
  source: SearchedNotice,
  { number }: Extract<RequestedFact, { kind: 'attachment' }>,
): TypedAnswer | null {
  const all = unique(source.stored.notice.attachments);
  const chosen = number === null ? byName(source, all) : all.filter((attachment) => attachment.number === number);
  if (chosen.length === 0) return null;
  return {
    answer: chosen.map(attachmentWords).join('；').slice(0, LONGEST),
    quote: quoteOf(source, chosen),
    fit: (number === null ? 0.3 : 1) + questionShare(source, chosen.map(({ name }) => name).join(' ')),
    fact: null,
  };
}

/** Returns the span of the sentences that name them. Null when only the page lists the files. */
function quoteOf(source: SearchedNotice, chosen: readonly Attachment[]): Span | null {
  const names = new Set(chosen.map(({ name }) => bareName(name)));
  const spans = factsOf(source, 'attachment')
    .filter(({ name }) => names.has(bareName(name)))
    .map(({ span }) => span);
  const [first] = spans;
  if (first === undefined) return null;
  const start = Math.min(...spans.map((span) => span.start));
  const end = Math.max(...spans.map((span) => span.end));
  return end - start <= LONGEST_QUOTE ? { start, end } : first;
}

function byName(source: SearchedNotice, facts: readonly Attachment[]): readonly Attachment[] {
  if (ASKS_ALL.test(source.question.folded)) return facts;
  const scored = facts
    .map((fact) => ({ fact, share: askedShare(source, ownName(fact.name)) }))
    .sort((a, b) => b.share - a.share);
  const [first, second] = scored;
  const one = first !== undefined && first.share >= NAMED && first.share > (second?.share ?? 0);
  return one && facts.length > 1 ? [first.fact] : facts;
}

function attachmentWords({ number, name }: Attachment): string {
  return number === null ? `附件：${name}` : `附件${number}：${name}`;
}

/** Removes duplicates, which the text and the page's files may both name; keeps the one with a number. */
function unique(attachments: readonly Attachment[]): Attachment[] {
  const seen = new Map<string, Attachment>();
  for (const attachment of attachments) {
    const known = seen.get(bareName(attachment.name));
    if (known === undefined || (known.number === null && attachment.number !== null)) {
      seen.set(bareName(attachment.name), attachment);
    }
  }
  return [...seen.values()];
}

/** 附件1.docx has no name of its own. */
function ownName(name: string): string {
  return bareName(name).replace(/附件|[0-9]+/g, ' ');
}

/** Returns a file name without its extension. */
export function bareName(name: string): string {
  return name.replace(/\.(?:docx?|xlsx?|pdf|zip|rar|wps|pptx?)$/i, '');
}
