import type { Answer, FoundAnswer, NoticeCandidate } from '../domain/answer.js';
import type { Notice, PlainDate } from '../domain/notice.js';
import { readerMessages as m } from '../messages/reader.js';
import { cutLength } from '../text/sentences.js';

/**
 * Block of a message before markup. The terminal, Telegram and the `text` of the JSON lines show the same blocks in the
 * same order.
 */
export type MessageBlock =
  /** The answer, or the sentence that says there is none. Always first. */
  | { readonly kind: 'lead'; readonly text: string }
  | { readonly kind: 'source'; readonly title: string; readonly date: PlainDate | null; readonly url: string | null }
  /** Literal quote from the notice. */
  | { readonly kind: 'quote'; readonly text: string }
  /** Computed by the program from the fact, and labelled as computed. */
  | { readonly kind: 'computed'; readonly text: string }
  /** Answer from another notice, with its source. */
  | { readonly kind: 'also'; readonly text: string; readonly title: string; readonly date: PlainDate | null }
  /** Sentence in the program's own words. */
  | { readonly kind: 'note'; readonly text: string }
  /** Deadline in a numbered list, with the notice that sets it. An interface with buttons also makes it a button. */
  | {
      readonly kind: 'due';
      readonly number: number;
      readonly text: string;
      readonly title: string;
      readonly url: string | null;
    }
  /** Notice in a numbered list, with lines of its content. An interface with buttons also makes it a button. */
  | {
      readonly kind: 'entry';
      readonly number: number;
      readonly title: string;
      readonly date: PlainDate | null;
      readonly url: string | null;
      readonly remarks: readonly string[];
    }
  /** Notices to choose from. An interface with buttons also makes each a button. */
  | { readonly kind: 'choices'; readonly items: readonly NoticeCandidate[] };

export type Message = readonly MessageBlock[];

/** Largest number of other notices offered under an answer or a refusal. */
export const CHOICES_SHOWN = 3;

/** Largest number of other notices whose answers are shown under an answer. */
const ALSO_SHOWN = 9;

export function composeMessage(answer: Answer): Message {
  switch (answer.kind) {
    case 'answer': {
      const { notice } = answer;
      const blocks: MessageBlock[] = [
        ...(answer.sure
          ? [{ kind: 'lead', text: replaceTabs(answer.answer) } as const]
          : [
              { kind: 'lead', text: answer.missing.length > 0 ? m.notMentioned(answer.missing) : m.unsure } as const,
              { kind: 'quote', text: replaceTabs(nearestLine(answer)) } as const,
            ]),
        ...answer.computed.map((text): MessageBlock => ({ kind: 'computed', text })),
        { kind: 'source', title: notice.title, date: notice.date, url: notice.url },
      ];
      const isShown = answer.sure ? sameWords(answer.quote, answer.answer) : hasWords(answer.quote, answer.answer);
      if (!isShown) blocks.push({ kind: 'quote', text: replaceTabs(answer.quote) });
      if (answer.also.length > 0) blocks.push({ kind: 'note', text: answer.sure ? m.also : m.alsoNear });
      for (const { answer: text, notice: other } of answer.also.slice(0, ALSO_SHOWN)) {
        blocks.push({ kind: 'also', text: replaceTabs(text), title: other.title, date: other.date });
      }
      return blocks;
    }
    case 'choices':
      return answer.tiedCount === 0
        ? [
            { kind: 'lead', text: m.newest(answer.candidates.length) },
            { kind: 'choices', items: answer.candidates },
          ]
        : [
            { kind: 'lead', text: m.whichOne },
            { kind: 'choices', items: answer.candidates.slice(0, answer.tiedCount) },
          ];
    case 'none': {
      const blocks: MessageBlock[] = [{ kind: 'lead', text: m.refusal[answer.reason] }];
      if ((answer.reason === 'unsupported' || answer.reason === 'not-stated') && answer.candidates.length > 0) {
        blocks.push(
          { kind: 'note', text: m.nearest },
          { kind: 'choices', items: answer.candidates.slice(0, CHOICES_SHOWN) },
        );
      }
      return blocks;
    }
  }
}

/** Longest opening of a notice, in UTF-16 units, shown when the notice was asked for but answers no question. */
const OPENING_LENGTH = 300;

/** Composes the opening of a notice, under a lead sentence that says why it is shown. */
export function composeOpening(notice: Pick<Notice, 'title' | 'publishedOn' | 'url' | 'body'>, lead: string): Message {
  const { title, publishedOn, url, body } = notice;
  const text = body.slice(0, cutLength(body, OPENING_LENGTH)).trim();
  const blocks: MessageBlock[] = [
    { kind: 'lead', text: lead },
    { kind: 'source', title, date: publishedOn, url },
  ];
  if (text !== '') blocks.push({ kind: 'quote', text: replaceTabs(text) });
  return blocks;
}

/** Replaces the tabs between table cells by two blanks: in a chat, cells would run together. */
function replaceTabs(text: string): string {
  return text.replace(/\t+/g, '  ');
}

/** Returns the line to show of an answer that is only near: its quote, with the heading, where that holds the answer. */
function nearestLine({ answer, quote }: FoundAnswer): string {
  return quote.length > answer.length && hasWords(quote, answer) ? quote : answer;
}

/** Returns whether one text holds the other, whatever their blanks. */
function hasWords(a: string, b: string): boolean {
  const [one, other] = [withoutBlanks(a), withoutBlanks(b)];
  return one.includes(other) || other.includes(one);
}

function sameWords(a: string, b: string): boolean {
  return withoutBlanks(a) === withoutBlanks(b);
}

function withoutBlanks(text: string): string {
  return text.replace(/\s/g, '');
}
