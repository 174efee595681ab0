import type { OpenQuestion, QuestionLog } from '../store/state-store.js';
import { overlap, type KindOf, type QuestionKind } from './question-kind.js';

/** Questions with the same meaning that were refused or voted down. */
export interface QuestionCluster {
  /** The newest of them, as it was asked. */
  readonly newest: OpenQuestion;
  /** Ids of all of them, newest first. */
  readonly ids: readonly number[];
  readonly refused: number;
  readonly votedDown: number;
}

/** Least similarity (0 … 1) of questions with one meaning: 精品课程公示 and 在线精品课程公示 reach it. */
const ALIKE = 0.6;
/** Number of newest questions clustered. Comparing is quadratic in the worst case: some 50 ms for this many. */
const LOOKED_AT = 400;

/** Review queue of the admins: questions that the bot could not answer, or not well. */
export interface Unanswered {
  /** Returns the clusters, largest first, then newest first. */
  clusters(): Promise<QuestionCluster[]>;
  /**
   * Marks as done the cluster of a question, up to an id: those that were shown, and none asked since. Returns how
   * many.
   */
  markDone(questionId: number, upToId: number): Promise<number>;
}

export function createUnanswered(
  questions: Pick<QuestionLog, 'open' | 'markDone'>,
  kindOf: KindOf,
  /** Returns the weight of a term; see `NoticeIndex.idf`. */
  weightOf: (term: string) => number,
): Unanswered {
  const clusters = async (): Promise<QuestionCluster[]> =>
    clustered(await questions.open(LOOKED_AT), kindOf, weightOf).sort(
      (a, b) => b.ids.length - a.ids.length || b.newest.id - a.newest.id,
    );
  return {
    clusters,
    async markDone(questionId, upToId) {
      const meant = (await clusters()).find(({ ids }) => ids.includes(questionId));
      const ids = meant?.ids.filter((id) => id <= upToId) ?? [];
      return ids.length === 0 ? 0 : questions.markDone(ids);
    },
  };
}

/** Assigns each question to the cluster whose newest member is most similar, else to a new one. */
function clustered(
  newestFirst: readonly OpenQuestion[],
  kindOf: KindOf,
  weightOf: (term: string) => number,
): QuestionCluster[] {
  const groups: { readonly kind: QuestionKind; readonly members: OpenQuestion[] }[] = [];
  for (const question of newestFirst) {
    const kind = kindOf(question.question);
    let best: (typeof groups)[number] | undefined;
    let bestScore = ALIKE;
    for (const group of groups) {
      const score = likeness(kind, group.kind, weightOf);
      if (score >= bestScore) [best, bestScore] = [group, score];
    }
    if (best === undefined) groups.push({ kind, members: [question] });
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

function likeness(a: QuestionKind, b: QuestionKind, weightOf: (term: string) => number): number {
  if (a.bare === b.bare) return 1;
  return a.ask === b.ask && a.marks === b.marks ? overlap(a.subject, b.subject, weightOf) : 0;
}
