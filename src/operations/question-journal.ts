import type { Answer } from '../domain/answer.js';
import { hashId } from '../domain/salted-hash.js';
import type { QuestionLog, VoteReason } from '../store/state-store.js';

/** User and chat that asked; only salted hashes of both are stored. */
export interface QuestionAuthor {
  readonly userId: number;
  readonly chatId: number;
}

/** Log of questions and how they were answered, for the admins; never used for ranking. */
export interface QuestionJournal {
  /** Stores a question. Returns the id for votes, or null when it could not be written. Never rejects. */
  log(asker: QuestionAuthor, question: string, answer: Answer): Promise<number | null>;
  /** Stores a vote. Returns false for a question that no longer exists or that another user asked. */
  vote(id: number, userId: number, vote: 'up' | 'down', reason: VoteReason | null): Promise<boolean>;
}

/** Upper bound, in UTF-16 units, on a stored question; longer ones are not answered. */
const MAX_STORED_QUESTION_LENGTH = 300;

export function createQuestionJournal(
  questions: QuestionLog,
  now: () => Date,
  onFault: (error: unknown) => void,
): QuestionJournal {
  let salt: string | null = null;
  const hashOf = async (id: number): Promise<string> => hashId((salt ??= await questions.salt()), id);
  return {
    async log({ userId, chatId }, question, answer) {
      try {
        const userHash = await hashOf(userId);
        return await questions.log({
          at: now().toISOString(),
          userHash,
          // The id of a private chat is that of its user.
          chatHash: chatId === userId ? userHash : await hashOf(chatId),
          // Neither a database nor a later message can hold a lone surrogate.
          question: question.slice(0, MAX_STORED_QUESTION_LENGTH).replace(/\p{Surrogate}/gu, '\uFFFD'),
          kind: answer.kind,
          reason: answer.kind === 'none' ? answer.reason : null,
          intent: answer.intent,
          noticeId: answer.kind === 'answer' ? answer.notice.id : null,
          confidence: answer.confidence ?? 0,
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
