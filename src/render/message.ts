import type { Answer, Candidate } from '../domain/answer.js';
import type { Notice, PlainDate } from '../domain/notice.js';
import { readerMessages as m } from '../messages/reader.js';
import { cutLength } from '../text/cut.js';

/**
 * What a reader is told, before any markup: the same blocks in the same order
 * for the terminal, for Telegram and for the `text` of the JSON lines.
 */
export type Block =
  /** The fact, or the sentence that says there is none. Always first. */
  | { readonly kind: 'lead'; readonly text: string }
  | { readonly kind: 'source'; readonly title: string; readonly date: PlainDate | null; readonly url: string | null }
  /** Literal words of the notice. */
  | { readonly kind: 'quote'; readonly text: string }
  /** Worked out by the program from the fact, and marked as such. */
  | { readonly kind: 'computed'; readonly text: string }
  /** What another notice says, with its source. */
  | { readonly kind: 'also'; readonly text: string; readonly title: string; readonly date: PlainDate | null }
  /** Something the program adds in its own words. */
  | { readonly kind: 'note'; readonly text: string }
  /** A deadline in a list, and the notice that sets it. A front with buttons makes each a button as well. */
  | {
      readonly kind: 'due';
      readonly number: number;
      readonly text: string;
      readonly title: string;
      readonly url: string | null;
    }
  /** A notice in a list, with lines of what it says. A front with buttons makes each a button as well. */
  | {
      readonly kind: 'entry';
      readonly number: number;
      readonly title: string;
      readonly date: PlainDate | null;
      readonly url: string | null;
      readonly remarks: readonly string[];
    }
  /** Notices to choose from; a front with buttons makes each a button as well. */
  | { readonly kind: 'choices'; readonly items: readonly Candidate[] };

export type Message = readonly Block[];

/** How many other notices are offered under an answer or a refusal. */
export const CHOICES_SHOWN = 3;

/** How many other notices are told under an answer. */
const ALSO_SHOWN = 9;

export function composeMessage(answer: Answer): Message {
  switch (answer.kind) {
    case 'answer': {
      const { notice } = answer;
      const blocks: Block[] = [
        { kind: 'lead', text: spaced(answer.answer) },
        ...answer.computed.map((text): Block => ({ kind: 'computed', text })),
        { kind: 'source', title: notice.title, date: notice.date, url: notice.url },
      ];
      if (!sameWords(answer.quote, answer.answer)) blocks.push({ kind: 'quote', text: spaced(answer.quote) });
      if (answer.also.length > 0) blocks.push({ kind: 'note', text: m.also });
      for (const { answer: text, notice: other } of answer.also.slice(0, ALSO_SHOWN)) {
        blocks.push({ kind: 'also', text: spaced(text), title: other.title, date: other.date });
      }
      return blocks;
    }
    case 'choices':
      return answer.equals === 0
        ? [
            { kind: 'lead', text: m.newest(answer.candidates.length) },
            { kind: 'choices', items: answer.candidates },
          ]
        : [
            { kind: 'lead', text: m.whichOne },
            { kind: 'choices', items: answer.candidates.slice(0, answer.equals) },
          ];
    case 'none': {
      const blocks: Block[] = [{ kind: 'lead', text: m.refusal[answer.reason] }];
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

/** How much of a notice is shown to someone who asked for it without a question that it answers. */
const OPENING_LENGTH = 300;

/** A notice's beginning under a sentence that says why it is shown. */
export function composeOpening(notice: Pick<Notice, 'title' | 'publishedOn' | 'url' | 'body'>, lead: string): Message {
  const { title, publishedOn, url, body } = notice;
  const text = body.slice(0, cutLength(body, OPENING_LENGTH)).trim();
  const blocks: Block[] = [
    { kind: 'lead', text: lead },
    { kind: 'source', title, date: publishedOn, url },
  ];
  if (text !== '') blocks.push({ kind: 'quote', text: spaced(text) });
  return blocks;
}

/** A table's cells as a chat can show them: tabs would run together. */
function spaced(text: string): string {
  return text.replace(/\t+/g, '  ');
}

function sameWords(a: string, b: string): boolean {
  const bare = (s: string): string => s.replace(/\s/g, '');
  return bare(a) === bare(b);
}
