import type { Intent } from '../domain/answer.js';
import type { MatchTerm } from '../retrieval/passage-matcher.js';
import type { Passage, Unit } from './passages.js';

export const PASSAGE_FEATURES = [
  'sentence',
  'bestSentence',
  'inside',
  'lead',
  'leadNow',
  'covered',
  'headingBefore',
  'shape',
  'shapeShort',
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
  'connective',
  'report',
] as const;
/** What speaks for and against a passage as the answer; all comparable between questions. */
export type PassageFeatures = Record<(typeof PASSAGE_FEATURES)[number], number>;

/** How a sentence fits, against the best one of its notice. */
export interface SentenceStanding {
  /** 0 … 1. */
  readonly share: number;
  readonly isBest: boolean;
}

/** Clauses before a passage that may lead to it. */
const LEAD = 2;
/** A sentence before a passage that is no longer than this heads it. */
const HEADING_LENGTH = 25;
/** Natural logarithm of the length (in UTF-16 units) that most answers have: e to the 4th is 55. */
const USUAL_LENGTH = 4;

/** What the clauses before a passage say of it. */
interface Leading {
  readonly before: readonly Unit[];
  readonly first: Unit | undefined;
  readonly lead: number;
  readonly leadNow: number;
  readonly heading: number;
}

const CONNECTIVE = /^(?:同时|此外|另外|其中|但|并|以及|因此|为此|目前|据|截至|日前|近日)/;
const REPORT = /记者|新华社|编辑|来源|据悉/;
const FULL_STOP = /[。！？!?][”’」』）)】》"]*$/;

export class PassageScales {
  readonly #terms: readonly MatchTerm[];
  readonly #total: number;
  readonly #short: boolean;
  readonly #points: boolean;
  /** To each term the last call of `#weigh` that met it. */
  readonly #metIn: Uint32Array;
  #calls = 0;
  #leading: Leading | null = null;
  readonly #reports = new Map<Unit, boolean>();

  constructor(terms: readonly MatchTerm[], intent: Intent) {
    this.#terms = terms;
    this.#metIn = new Uint32Array(terms.length);
    this.#total = terms.reduce((sum, { weight }) => sum + weight, 0);
    this.#short = intent === 'deadline' || intent === 'number' || intent === 'contact';
    this.#points = intent === 'list' || intent === 'howto';
  }

  featuresOf({ before, units, next, span }: Passage, { share, isBest }: SentenceStanding): PassageFeatures {
    const [first, last] = [units[0], units[units.length - 1]];
    const shape = units.reduce((most, unit) => Math.max(most, unit.shape), 0);
    const sentences = (last?.sentence ?? 0) - (first?.sentence ?? 0);
    const length = Math.log(span.end - span.start) - USUAL_LENGTH;
    const leading = this.#leadingOf(before, first);
    return {
      sentence: share,
      bestSentence: isBest ? 1 : 0,
      inside: this.#weigh(units),
      lead: leading.lead,
      leadNow: leading.leadNow,
      covered: this.#weigh(before, units),
      headingBefore: leading.heading,
      shape,
      shapeShort: this.#short ? shape : 0,
      sentences,
      sentencesShort: this.#short ? sentences : 0,
      sentencesPoints: this.#points ? sentences : 0,
      length,
      lengthLong: Math.max(0, length) ** 2,
      lengthShort: this.#short ? length : 0,
      lengthPoints: this.#points ? length : 0,
      crossesPoint: units.filter(({ behind }, i) => i > 0 && behind === 'mark').length,
      endsBeforePoint: next?.behind === 'mark' ? 1 : 0,
      endsSentence: last !== undefined && FULL_STOP.test(last.text) ? 1 : 0,
      connective: first !== undefined && CONNECTIVE.test(first.text) ? 1 : 0,
      report: units.some((unit) => this.#isReport(unit)) ? 1 : 0,
    };
  }

  /** The passages that begin with the same clause come one after another, with the same clauses before them. */
  #leadingOf(before: readonly Unit[], first: Unit | undefined): Leading {
    const known = this.#leading;
    if (known !== null && known.before === before && known.first === first) return known;
    const lead = this.#weigh(before.slice(-LEAD));
    const heading = this.#headingBefore(before, first, lead);
    return (this.#leading = { before, first, lead, leadNow: this.#weigh(before.slice(-1)), heading });
  }

  #isReport(unit: Unit): boolean {
    const known = this.#reports.get(unit) ?? REPORT.test(unit.text);
    this.#reports.set(unit, known);
    return known;
  }

  /** What is asked stands in a heading before the passage, or before a colon. */
  #headingBefore(before: readonly Unit[], first: Unit | undefined, lead: number): number {
    if (first?.behind === 'colon') return lead;
    const fromStart = before.every(({ sentence }) => sentence !== first?.sentence);
    const length = before.reduce((sum, { text }) => sum + text.length, 0);
    return fromStart && length > 0 && length < HEADING_LENGTH ? this.#weigh(before) : 0;
  }

  /** Share of the question's weight that stands in the clauses, the title's terms apart. */
  #weigh(...runs: readonly (readonly Unit[])[]): number {
    if (this.#total === 0) return 0;
    const call = ++this.#calls;
    let weight = 0;
    for (const units of runs) {
      for (const { fresh } of units) {
        for (const t of fresh) {
          if (this.#metIn[t] === call) continue;
          this.#metIn[t] = call;
          weight += this.#terms[t]?.weight ?? 0;
        }
      }
    }
    return weight / this.#total;
  }
}
