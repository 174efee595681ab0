import type { Answer } from '../domain/answer.js';
import { saltedHash } from '../store/state/salted-hash.js';
import type { QuestionLog, VoteReason } from '../store/state-store.js';

/** Who asked and where; only salted hashes of both are stored. */
export interface Asker {
  readonly userId: number;
  readonly chatId: number;
}

/** What was asked and how it was answered, for the admins; never for the ranking. */
export interface QuestionJournal {
  /** The question's id, under which it is voted on; null when it could not be written. Never rejects. */
  log(asker: Asker, question: string, answer: Answer): Promise<number | null>;
  /** False for a question that is gone, or that someone else asked. */
  vote(id: number, userId: number, vote: 'up' | 'down', reason: VoteReason | null): Promise<boolean>;
}

/** What is too long to be answered is not worth keeping whole. */
const LONGEST = 300;

export function createQuestionJournal(
  questions: QuestionLog,
  now: () => Date,
  onFault: (error: unknown) => void,
): QuestionJournal {
  let salt: string | null = null;
  const hashOf = async (id: number): Promise<string> => saltedHash((salt ??= await questions.salt()), id);
  return {
    async log({ userId, chatId }, question, answer) {
      try {
        const userHash = await hashOf(userId);
        return await questions.log({
          at: now().toISOString(),
          userHash,
          // A private chat has its user's number.
          chatHash: chatId === userId ? userHash : await hashOf(chatId),
          // A lone surrogate is no text that a database or a later message could hold.
          question: question.slice(0, LONGEST).replace(/\p{Surrogate}/gu, '\uFFFD'),
          kind: answer.kind,
          reason: answer.kind === 'none' ? answer.reason : null,
          intent: answer.intent,
          noticeId: answer.kind === 'answer' ? answer.notice.id : null,
          confidence: answer.confidence,
        });
      } catch (error) {
        onFault(error);
        return null;
      }
    },
    async vote(id, userId, vote, reason) {
      return questions.vote(id, await hashOf(userId), vote, reason);
    },
  };
}
