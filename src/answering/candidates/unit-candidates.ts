import type { AnswerUnit } from '../../domain/answer-unit.js';
import type { IndexedNotice } from '../../index/indexed-notice.js';
import type { FindTables } from '../../ingest/facts/table/find-tables.js';
import { readAnswerUnits } from '../../ingest/units/answer-units.js';
import type { StoredNotice } from '../../store/notice-store.js';
import type { RankedNotice, Ranking } from '../retrieval/retrieve.js';
import type { AlignedQuestion, Alignment } from './alignment.js';

/** Bounds on the notices read for candidates, and on the units that are scored. */
export const MOST_NOTICES = 10;
const MOST_CANDIDATES = 48;

/** A notice among the candidates, with what it holds of the question. */
export interface AlignedNotice {
  readonly ranked: RankedNotice;
  /** Place in the ranking, from 0. */
  readonly rank: number;
  readonly stored: StoredNotice;
  readonly units: readonly AnswerUnit[];
  readonly title: Alignment;
  readonly sentences: readonly Alignment[];
  /** Title and all sentences. */
  readonly whole: Alignment;
}

/** A unit that may answer. */
export interface UnitCandidate {
  readonly notice: AlignedNotice;
  readonly unit: AnswerUnit;
  readonly own: Alignment;
  /** What stands above it. */
  readonly above: Alignment;
}

/** Units by notice: reading a notice takes longer than scoring it, and notices are met again. */
const unitsOf = new WeakMap<IndexedNotice, readonly AnswerUnit[]>();

/** Returns the units of an indexed notice whose stored text is at hand. */
function answerUnitsOf(notice: IndexedNotice, stored: StoredNotice, tablesIn: FindTables): readonly AnswerUnit[] {
  const known = unitsOf.get(notice) ?? readAnswerUnits({ ...notice, body: stored.notice.body }, tablesIn);
  unitsOf.set(notice, known);
  return known;
}

/** Weights of the rough order in which units are taken up for scoring. */
const ROUGH = { own: 1, above: 0.5, title: 0.35, values: 0.2, notice: 0.15 };

/** Returns the units of the best notices that are worth scoring: those that hold most of the question's words. */
export function findUnitCandidates(
  question: AlignedQuestion,
  ranking: Ranking,
  stored: readonly StoredNotice[],
  tablesIn: FindTables,
): UnitCandidate[] {
  const byId = new Map(stored.map((one) => [one.notice.id, one]));
  const top = ranking.notices[0]?.score ?? 0;
  const rough: { readonly candidate: UnitCandidate; readonly worth: number }[] = [];
  ranking.notices.slice(0, MOST_NOTICES).forEach((ranked, rank) => {
    const one = byId.get(ranked.notice.id);
    if (one === undefined) return;
    const title = question.align(ranked.notice.foldedTitle);
    const sentences = ranked.notice.sentences.map((sentence) => question.align(sentence));
    const units = answerUnitsOf(ranked.notice, one, tablesIn);
    const whole = question.join([title, ...sentences]);
    const notice: AlignedNotice = { ranked, rank, stored: one, units, title, sentences, whole };
    for (const unit of units) {
      const own =
        unit.kind === 'title'
          ? title
          : unit.kind === 'row'
            ? question.align(unit.text)
            : question.join(sentences.slice(unit.from, unit.to + 1));
      const above = unit.context === '' ? question.nothing : question.align(unit.context);
      const worth =
        ROUGH.own * gain(question, own, question.nothing) +
        ROUGH.above * gain(question, above, own) +
        ROUGH.title * gain(question, title, question.join([own, above])) +
        ((question.requested.values & unit.values) !== 0 ? ROUGH.values : 0) -
        ROUGH.notice * Math.min(5, top - ranked.score);
      rough.push({ candidate: { notice, unit, own, above }, worth });
    }
  });
  rough.sort((a, b) => b.worth - a.worth);
  return rough.slice(0, MOST_CANDIDATES).map(({ candidate }) => candidate);
}

/** Returns the weight of the words that `text` holds beyond `known`. */
export function gain({ words }: AlignedQuestion, text: Alignment, known: Alignment): number {
  let sum = 0;
  for (let i = 0; i < words.length; i++) {
    const more = (text.levels[i] ?? 0) - (known.levels[i] ?? 0);
    if (more > 0) sum += more * (words[i]?.weight ?? 0);
  }
  return sum;
}
