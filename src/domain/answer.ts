import type { PlainDate } from './notice.js';

/** Citation of a notice in an answer. */
export interface NoticeRef {
  readonly id: string;
  readonly title: string;
  readonly date: PlainDate | null;
  readonly url: string | null;
}

/** A retrieved notice with its retrieval score. */
export interface NoticeCandidate {
  readonly id: string;
  readonly title: string;
  readonly date: PlainDate | null;
  /** Larger is better; comparable only between the candidates of one question. */
  readonly score: number;
}

/** Type of a question. The cue words of each intent are in `data/intents.json`. */
export type Intent =
  'deadline' | 'contact' | 'place' | 'number' | 'list' | 'howto' | 'attachment' | 'find' | 'fact' | 'chitchat';

interface AnswerBase {
  readonly intent: Intent;
  /** Calibrated probability (0 … 1) that the answer is right; null where nothing was scored. See `data/scorer.json`. */
  readonly confidence: number | null;
  /** Up to 10, best first. */
  readonly candidates: readonly NoticeCandidate[];
}

/** An answer found in a notice: `answer` is the shortest text that answers, `quote` its literal evidence. */
export interface FoundAnswer extends AnswerBase {
  readonly kind: 'answer';
  /** True: said as a fact. False: shown as the nearest line, never as the answer. */
  readonly sure: boolean;
  /** Words of the question that the cited notice does not mention. */
  readonly missing: readonly string[];
  readonly answer: string;
  /** A literal substring of the cited notice's cleaned body or title. */
  readonly quote: string;
  readonly notice: NoticeRef;
  /** Values computed from the fact (weekday, days left); never part of `answer`. */
  readonly computed: readonly string[];
  /** Answers of other notices to the same question, each with its own source. */
  readonly also: readonly { readonly answer: string; readonly notice: NoticeRef }[];
}

/** List of notices: several match equally and the reader is asked which, or the newest were asked for. */
export interface ChoicesAnswer extends AnswerBase {
  readonly kind: 'choices';
  /** Number of leading candidates that match equally; 0 when the newest notices were asked for. */
  readonly tiedCount: number;
}

/** Reason for a refusal; each has its own text in the messages. */
export type NullAnswerReason =
  | 'unsupported'
  | 'not-stated'
  | 'no-subject'
  | 'empty-question'
  | 'too-long'
  | 'no-notices'
  | 'nothing-recent'
  | 'chitchat';

/** The null answer: no notice states it. `candidates` are the nearest notices, never the answer. */
export interface NullAnswer extends AnswerBase {
  readonly kind: 'none';
  readonly reason: NullAnswerReason;
}

export type Answer = FoundAnswer | ChoicesAnswer | NullAnswer;
