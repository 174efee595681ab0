import type { Intent } from '../../domain/answer.js';
import type { AnswerConstraint } from '../query/answer-constraint.js';
import type { WeightedQueryTerm } from '../retrieval/term-matcher.js';
import type { RankedNotice } from '../retrieval/retrieve.js';
import type { Passage, MatchedClause } from './passages.js';
import type { AnswerShape } from './answer-shape.js';

export const PASSAGE_FEATURES = [
  'sentence',
  'bestSentence',
  'inside',
  'insideSubject',
  'insideShort',
  'insideFact',
  'lead',
  'leadFact',
  'leadNow',
  'covered',
  'headingBefore',
  'shape',
  'shapeShort',
  'wanted',
  'ruling',
  'sentences',
  'sentencesShort',
  'sentencesPoints',
  'length',
  'lengthLong',
  'lengthShort',
  'lengthPoints',
  'crossesPoint',
  'endsBeforePoint',
  'endsSentence',
  'endsSentenceFact',
  'connective',
  'report',
] as const;
/** Features of a passage as the answer, all comparable between questions. */
export type PassageFeatures = Record<(typeof PASSAGE_FEATURES)[number], number>;

/** Score of a sentence, relative to the best one of its notice. */
export interface SentenceStanding {
  /** 0 … 1. */
  readonly share: number;
  readonly isBest: boolean;
}

/** Number of clauses before a passage that count as its lead. */
const LEAD = 2;
/** Exclusive upper bound, in UTF-16 units, on the clauses before a passage that count as its heading. */
const HEADING_LENGTH = 25;
/** Natural logarithm of the length (in UTF-16 units) that most answers have: e to the 4th is 55. */
const USUAL_LENGTH = 4;

/** Features of a single clause. */
interface Traits {
  readonly isReport: boolean;
  readonly isRuling: boolean;
  readonly isWanted: boolean;
}

/** Features of the clauses before a passage. */
interface Leading {
  readonly before: readonly MatchedClause[];
  readonly first: MatchedClause | undefined;
  readonly lead: number;
  readonly leadNow: number;
  readonly heading: number;
}

const CONNECTIVE = /^(?:同时|此外|另外|其中|但|并|以及|因此|为此|目前|据|截至|日前|近日)/;
/** Words that decide a yes-no question. */
const RULING =
  /可以|可凭|可持|可在|可于|均可|也可|即可|不可|不得|不能|不予|不接受|不收|不再|不受|不设|不限|无需|无须|不需|必须|须|应当|禁止|严禁|允许|免费|自愿|取消|暂停|停止|停诊|关闭|闭馆|照常|正常|有效|无效|仅限|限/;
const REPORT = /记者|新华社|编辑|来源|据悉/;
const FULL_STOP = /[。！？!?][”’」』）)】》"]*$/;

/** Part of a question that passages are scored by. */
export interface PassageQuestion {
  readonly intent: Intent;
  readonly subject: ReadonlySet<string>;
  readonly wanted: AnswerConstraint | null;
}

export class PassageFeatureExtractor {
  readonly #terms: readonly WeightedQueryTerm[];
  /** Weight of the terms in the notice outside its title. Terms found nowhere do not distinguish its lines. */
  readonly #total: number;
  readonly #subjectTotal: number;
  readonly #isSubject: readonly boolean[];
  readonly #short: boolean;
  readonly #points: boolean;
  readonly #ruling: boolean;
  readonly #shape: AnswerShape | null;
  /** Per term, the number of the last call of `#sum` that met it. */
  readonly #metIn: Uint32Array;
  #calls = 0;
  #leading: Leading | null = null;
  readonly #traits = new Map<MatchedClause, Traits>();

  constructor(
    { matches, titleMatches }: RankedNotice,
    terms: readonly WeightedQueryTerm[],
    { intent, subject, wanted }: PassageQuestion,
    shape: AnswerShape | null,
  ) {
    const found = [...new Set(matches.flat())].filter((t) => !titleMatches.includes(t));
    const weightOf = (of: readonly number[]): number => of.reduce((sum, t) => sum + (terms[t]?.weight ?? 0), 0);
    this.#terms = terms;
    this.#isSubject = terms.map(({ term }) => subject.has(term));
    this.#total = weightOf(found);
    this.#subjectTotal = weightOf(found.filter((t) => this.#isSubject[t] === true));
    this.#metIn = new Uint32Array(terms.length);
    this.#short = intent === 'deadline' || intent === 'number' || intent === 'contact';
    this.#points = intent === 'list' || intent === 'howto';
    this.#ruling = wanted?.kind === 'yes-no';
    this.#shape = shape;
  }

  featuresOf({ before, clauses: units, next, span }: Passage, { share, isBest }: SentenceStanding): PassageFeatures {
    const [first, last] = [units[0], units[units.length - 1]];
    const shape = units.reduce((most, unit) => Math.max(most, unit.surfaceScore), 0);
    const sentences = (last?.sentence ?? 0) - (first?.sentence ?? 0);
    const length = Math.log(span.end - span.start) - USUAL_LENGTH;
    const leading = this.#leadingOf(before, first);
    const inside = this.#weigh(units);
    const endsSentence = last !== undefined && FULL_STOP.test(last.text) ? 1 : 0;
    const isFact = !this.#short && !this.#points;
    const traits = units.map((unit) => this.#traitsOf(unit));
    return {
      sentence: share,
      bestSentence: isBest ? 1 : 0,
      inside,
      insideSubject: this.#weighSubject(units),
      insideShort: this.#short ? inside : 0,
      insideFact: isFact ? inside : 0,
      lead: leading.lead,
      leadFact: isFact ? leading.lead : 0,
      leadNow: leading.leadNow,
      covered: this.#weigh(before, units),
      headingBefore: leading.heading,
      shape,
      shapeShort: this.#short ? shape : 0,
      wanted: traits.some(({ isWanted }) => isWanted) ? 1 : 0,
      ruling: traits.some(({ isRuling }) => isRuling) ? 1 : 0,
      sentences,
      sentencesShort: this.#short ? sentences : 0,
      sentencesPoints: this.#points ? sentences : 0,
      length,
      lengthLong: Math.max(0, length) ** 2,
      lengthShort: this.#short ? length : 0,
      lengthPoints: this.#points ? length : 0,
      crossesPoint: units.filter(({ precededBy: behind }, i) => i > 0 && behind === 'mark').length,
      endsBeforePoint: next?.precededBy === 'mark' ? 1 : 0,
      endsSentence,
      endsSentenceFact: isFact ? endsSentence : 0,
      connective: first !== undefined && CONNECTIVE.test(first.text) ? 1 : 0,
      report: traits.some(({ isReport }) => isReport) ? 1 : 0,
    };
  }

  /** Caches the last result: passages that begin with the same clause come one after another. */
  #leadingOf(before: readonly MatchedClause[], first: MatchedClause | undefined): Leading {
    const known = this.#leading;
    if (known !== null && known.before === before && known.first === first) return known;
    const lead = this.#weigh(before.slice(-LEAD));
    const heading = this.#headingBefore(before, first, lead);
    return (this.#leading = { before, first, lead, leadNow: this.#weigh(before.slice(-1)), heading });
  }

  #traitsOf(unit: MatchedClause): Traits {
    const known = this.#traits.get(unit);
    if (known !== undefined) return known;
    const traits = {
      isReport: REPORT.test(unit.text),
      isRuling: this.#ruling && RULING.test(unit.text),
      isWanted: this.#shape?.matches(unit.text) === true,
    };
    this.#traits.set(unit, traits);
    return traits;
  }

  /** Returns the share of the question in a heading before the passage, or before a colon. */
  #headingBefore(before: readonly MatchedClause[], first: MatchedClause | undefined, lead: number): number {
    if (first?.precededBy === 'colon') return lead;
    const fromStart = before.every(({ sentence }) => sentence !== first?.sentence);
    const length = before.reduce((sum, { text }) => sum + text.length, 0);
    return fromStart && length > 0 && length < HEADING_LENGTH ? this.#weigh(before) : 0;
  }

  /** Returns the share (0 … 1) of `#total` that the clauses hold. */
  #weigh(...runs: readonly (readonly MatchedClause[])[]): number {
    return this.#total === 0 ? 0 : this.#sum(runs, () => true) / this.#total;
  }

  #weighSubject(units: readonly MatchedClause[]): number {
    if (this.#subjectTotal === 0) return 0;
    return this.#sum([units], (t) => this.#isSubject[t] === true) / this.#subjectTotal;
  }

  #sum(runs: readonly (readonly MatchedClause[])[], counts: (t: number) => boolean): number {
    const call = ++this.#calls;
    let weight = 0;
    for (const units of runs) {
      for (const { termsBeyondTitle: fresh } of units) {
        for (const t of fresh) {
          if (this.#metIn[t] === call) continue;
          this.#metIn[t] = call;
          if (counts(t)) weight += this.#terms[t]?.weight ?? 0;
        }
      }
    }
    return weight;
  }
}
