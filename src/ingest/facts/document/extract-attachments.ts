import type { AttachmentFact, Span } from '../../../domain/fact.js';
import type { Attachment } from '../../../domain/notice.js';
import { parseNumeral } from '../../../text/numerals.js';
import { sentenceAround, type ExtractionInput } from '../extraction-input.js';

/** 附件, 附件2, 附件二, 附件2、3、4; of 附件1-3 only 附件1. */
const MENTION =
  /附件(?: ?([0-9]{1,2}|[一二三四五六七八九十]{1,3})((?: ?[、,，和及] ?(?:附件)? ?[0-9]{1,2}){0,30}(?![0-9]))?)?/g;
/** Characters after 附件 that make it part of another word (附件炎). */
const WORD_CONTINUATION = /^(?:炎|器|级)/;
const TITLE_BEFORE = /《([^《》]{1,160})》[\s（(]{0,2}(?:详?见|即)?$/;
const TITLE_AFTER = /^[\s:：）).．、]{0,3}《([^《》]{1,160})》/;
/** Text between the heading 附件 and the first name of the list. */
const LIST_OPENING = /^[\s:：.．、]{0,4}(?:[0-9]{1,2} ?[.．、:：]? ?)?$/;
const WINDOW = 180;
/** Minimum length of a file name that is searched in the body; shorter ones (附件, 名单) occur everywhere. */
const MIN_FILE_NAME_LENGTH = 3;

/**
 * Extracts listed attachments, files, and each mention of an attachment in the body, with the printed number if any.
 * A file without its name or a mention in the body yields no fact, because it has no position. Sorted by position.
 */
export function extractAttachments(source: ExtractionInput): AttachmentFact[] {
  const { body, attachments, sentences } = source;
  const found: { readonly number: number | null; readonly name: string; readonly at: Span }[] = [];
  const listed = attachments.filter(({ kind }) => kind === 'listed');
  const taken: Span[] = [];
  for (const { number, name } of listed) {
    const at = findLastOccurrence(body, name);
    if (at === null) continue;
    taken.push(at);
    found.push({ number, name, at });
  }
  const mentions = mentionsIn(body);
  for (const attachment of attachments) {
    if (attachment.kind !== 'file') continue;
    const at = placeOfFile(body, attachment, mentions);
    if (at !== null) found.push({ number: attachment.number, name: attachment.name, at });
  }
  for (const { at, numbers, name } of mentions) {
    const entries: readonly (number | null)[] = numbers.length === 0 ? [null] : numbers;
    for (const number of entries) {
      const known = nameOf(attachments, number);
      // The heading above the list is no mention; the names below it are facts already.
      if (isListHeading(body, at, taken)) continue;
      found.push({ number, name: entries.length === 1 && name !== '' ? name : known, at });
    }
  }
  return found
    .sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end)
    .map(({ number, name, at }) => ({ kind: 'attachment', number, name, span: sentenceAround(sentences, at), at }));
}

interface Mention {
  readonly at: Span;
  readonly numbers: readonly number[];
  /** The 《title》 next to it, or ''. */
  readonly name: string;
}

function mentionsIn(body: string): Mention[] {
  const mentions: Mention[] = [];
  for (const match of body.matchAll(MENTION)) {
    const at = { start: match.index, end: match.index + match[0].length };
    if (WORD_CONTINUATION.test(body.slice(at.end, at.end + 1))) continue;
    const first = match[1] === undefined ? null : parseNumeral(match[1]);
    const more = (match[2] ?? '').match(/[0-9]+/g) ?? [];
    const name =
      TITLE_BEFORE.exec(body.slice(Math.max(0, at.start - WINDOW), at.start))?.[1] ??
      TITLE_AFTER.exec(body.slice(at.end, at.end + WINDOW))?.[1] ??
      '';
    mentions.push({ at, numbers: first === null ? [] : [first, ...more.map(Number)], name });
  }
  return mentions;
}

/** Returns whether a mention is the heading right before a listed name (附件：, 附件：1.). */
function isListHeading(body: string, at: Span, taken: readonly Span[]): boolean {
  return taken.some(
    ({ start }) => start >= at.end && start - at.end <= 8 && LIST_OPENING.test(body.slice(at.end, start)),
  );
}

/** Returns the last occurrence of a name, because the list stands at the end; null when there is none. */
function findLastOccurrence(body: string, name: string): Span | null {
  const start = name === '' ? -1 : body.lastIndexOf(name);
  return start === -1 ? null : { start, end: start + name.length };
}

function placeOfFile(body: string, { number, name }: Attachment, mentions: readonly Mention[]): Span | null {
  const stem = name.replace(/\.[A-Za-z0-9]{2,5}$/, '');
  const literal = stem.length < MIN_FILE_NAME_LENGTH ? null : findLastOccurrence(body, stem);
  const mention =
    mentions.find(({ numbers }) => number !== null && numbers.includes(number)) ??
    mentions.find(({ numbers }) => numbers.length === 0) ??
    mentions[0];
  return literal ?? mention?.at ?? null;
}

/** Returns the name of attachment `number`, or for null (a bare 附件) of the only one; '' when there is none. */
function nameOf(attachments: readonly Attachment[], number: number | null): string {
  const listed = attachments.filter(({ kind }) => kind === 'listed');
  const among = listed.length > 0 ? listed : attachments;
  if (number === null) return among.length === 1 ? (among[0]?.name ?? '') : '';
  return among.find((attachment) => attachment.number === number)?.name ?? '';
}
