import type { Answer, NoticeCandidate, Intent, NoticeRef } from '../domain/answer.js';
import { composeMessage } from './message.js';
import { renderPlain } from './plain.js';

/** One line of `ask --json`. A contract: fields are added, never renamed or removed. */
export interface AnswerLine {
  readonly question: string;
  readonly kind: Answer['kind'];
  readonly intent: Intent;
  /** Shortest text that answers the question; '' when the kind is not `answer`. */
  readonly answer: string;
  readonly quote: string;
  /** Whole message as a reader sees it, without markup. */
  readonly text: string;
  /** Null where nothing was scored. */
  readonly confidence: number | null;
  /** False for an answer that is only the nearest line; true for any other kind. */
  readonly sure: boolean;
  /** Words of the question that the cited notice does not mention. */
  readonly missing: readonly string[];
  readonly notice: NoticeRef | null;
  readonly candidates: readonly NoticeCandidate[];
  readonly ms: number;
}

export function toAnswerLine(question: string, answer: Answer, ms: number): AnswerLine {
  const found = answer.kind === 'answer' ? answer : null;
  return {
    question,
    kind: answer.kind,
    intent: answer.intent,
    answer: found?.answer ?? '',
    quote: found?.quote ?? '',
    text: renderPlain(composeMessage(answer)),
    confidence: answer.confidence === null ? null : rounded(answer.confidence, 4),
    sure: found?.sure ?? true,
    missing: found?.missing ?? [],
    notice: found?.notice ?? null,
    candidates: answer.candidates.map((candidate) => ({ ...candidate, score: rounded(candidate.score, 4) })),
    ms: rounded(ms, 3),
  };
}

export function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
