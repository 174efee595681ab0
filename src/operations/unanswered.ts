import type { StoredQuestion, QuestionLog } from '../store/state-store.js';
import {
  computeSimilarity,
  type ReadSignature,
  type QuestionSignature,
} from '../answering/query/question-signature.js';

/** Questions with the same meaning that were refused or voted down. */
export interface QuestionCluster {
  /** The newest of them, as it was asked. */
  readonly newest: StoredQuestion;
  /** Ids of all of them, newest first. */
  readonly ids: readonly number[];
  readonly refused: number;
  readonly votedDown: number;
}

/** Least similarity (0 … 1) of questions with one meaning: 精品课程公示 and 在线精品课程公示 reach it. */
const MIN_CLUSTER_SIMILARITY = 0.6;
/** Number of newest questions clustered. Comparing is quadratic in the worst case: some 50 ms for this many. */
const MAX_QUESTIONS_CLUSTERED = 400;

/** Review queue of the admins: questions that the bot could not answer, or not well. */
export interface UnansweredQueue {
  /** Returns the clusters, largest first, then newest first. */
  clusters(): Promise<QuestionCluster[]>;
  /**
   * Marks as done the cluster of a question, up to an id: those that were shown, and none asked since. Returns how
   * many.
   */
  markDone(questionId: number, upToId: number): Promise<number>;
}

export function createUnansweredQueue(
  questions: Pick<QuestionLog, 'listUnresolved' | 'markResolved'>,
  readSignature: ReadSignature,
  /** Returns the weight of a term; see `NoticeIndex.idf`. */
  weightOf: (term: string) => number,
): UnansweredQueue {
  const clusters = async (): Promise<QuestionCluster[]> =>
    clusterQuestions(await questions.listUnresolved(MAX_QUESTIONS_CLUSTERED), readSignature, weightOf).sort(
      (a, b) => b.ids.length - a.ids.length || b.newest.id - a.newest.id,
    );
  return {
    clusters,
    async markDone(questionId, upToId) {
      const cluster = (await clusters()).find(({ ids }) => ids.includes(questionId));
      const ids = cluster?.ids.filter((id) => id <= upToId) ?? [];
      return ids.length === 0 ? 0 : questions.markResolved(ids);
    },
  };
}

/** Assigns each question to the cluster whose newest member is most similar, else to a new one. */
function clusterQuestions(
  newestFirst: readonly StoredQuestion[],
  readSignature: ReadSignature,
  weightOf: (term: string) => number,
): QuestionCluster[] {
  const groups: { readonly signature: QuestionSignature; readonly members: StoredQuestion[] }[] = [];
  for (const question of newestFirst) {
    const signature = readSignature(question.question);
    let best: (typeof groups)[number] | undefined;
    let bestScore = MIN_CLUSTER_SIMILARITY;
    for (const group of groups) {
      const score = computeSimilarity(signature, group.signature, weightOf);
      if (score >= bestScore) [best, bestScore] = [group, score];
    }
    if (best === undefined) groups.push({ signature, members: [question] });
    else best.members.push(question);
  }
  return groups.flatMap(({ members }) => {
    const [newest] = members;
    if (newest === undefined) return [];
    const votedDown = members.filter(({ vote }) => vote === 'down').length;
    const refused = members.filter(({ kind }) => kind === 'none').length;
    return [{ newest, ids: members.map(({ id }) => id), refused, votedDown }];
  });
}
