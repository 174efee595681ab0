import { answerQuestion, type AnswerDependencies } from './answer-query.js';
import type { FoundAnswer } from '../../domain/answer.js';
import { splitQuestionOfTwo } from '../query/split-question.js';
import type { Query } from '../query/parse-query.js';

/**
 * Answers a question that asks the same of two things (甲和乙的公示期分别到哪天 → two answers, each from its own
 * notice). Returns null for any other question, and unless two different notices state the two answers.
 */
export async function answerEachSubject(
  question: Query,
  context: AnswerDependencies,
  read: (text: string) => Query,
): Promise<FoundAnswer | null> {
  const parts = question.asksSeveral ? splitQuestionOfTwo(question.folded) : null;
  if (parts === null) return null;
  const [first, second] = await Promise.all(parts.map((part) => answerQuestion(read(part), context)));
  if (first?.kind !== 'answer' || second?.kind !== 'answer' || first.notice.id === second.notice.id) return null;
  return { ...first, also: [...first.also, { answer: second.answer, notice: second.notice }] };
}
