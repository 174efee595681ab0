import type { PlainDate } from './notice.js';

/** A notice as an answer cites it. */
export interface NoticeRef {
  readonly id: string;
  readonly title: string;
  readonly date: PlainDate | null;
  readonly url: string | null;
}

export interface Candidate {
  readonly id: string;
  readonly title: string;
  readonly date: PlainDate | null;
  /** Comparable within one question only; larger is better. */
  readonly score: number;
}

/** What a question asks for. The cue words of each are data (`data/intents.json`). */
export type Intent =
  'deadline' | 'contact' | 'place' | 'number' | 'list' | 'howto' | 'attachment' | 'find' | 'fact' | 'chitchat';

interface AnswerBase {
  readonly intent: Intent;
  /** 0 … 1: calibrated on the development questions, see `data/support.json`. */
  readonly confidence: number;
  /** Up to 10, best first. */
  readonly candidates: readonly Candidate[];
}

/** The notices say it: `answer` is the shortest thing that answers, `quote` its literal proof. */
export interface FoundAnswer extends AnswerBase {
  readonly kind: 'answer';
  readonly answer: string;
  /** A literal substring of the cited notice's cleaned body or title. */
  readonly quote: string;
  readonly notice: NoticeRef;
  /** What the program worked out from the fact (weekday, days left): never part of `answer`. */
  readonly computed: readonly string[];
  /** What other notices say to the same question, each with its own source. */
  readonly also: readonly { readonly answer: string; readonly notice: NoticeRef }[];
}

/** Several notices fit equally and the reader is asked which, or the newest were asked for. */
export interface ChoicesAnswer extends AnswerBase {
  readonly kind: 'choices';
  /** How many of the first candidates fit equally; 0 when the newest notices were asked for. */
  readonly equals: number;
}

/** Why nothing is answered; each has its own words in the messages. */
export type RefusalReason =
  | 'unsupported'
  | 'not-stated'
  | 'no-subject'
  | 'empty-question'
  | 'too-long'
  | 'no-notices'
  | 'nothing-recent'
  | 'chitchat';

/** The notices do not say it. The candidates are the nearest notices, never the answer. */
export interface Refusal extends AnswerBase {
  readonly kind: 'none';
  readonly reason: RefusalReason;
}

export type Answer = FoundAnswer | ChoicesAnswer | Refusal;
