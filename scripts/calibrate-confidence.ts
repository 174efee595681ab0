/**
 * Fits the model of a candidate's confidence (the probability that it is a right answer) and writes it to
 * data/support.json with its evaluation.
 *
 * Training data: every candidate for every question of the development sets, labelled by the set's own measure; the
 * same questions without their notice, and with the sentences that answer cut out of it (all candidates are then wrong:
 * near misses that nobody had to write); the questions on the policies, labelled by their notice. The threshold is the
 * one at which, with each set answered by weights fitted on the others, right answers minus wrong ones are most.
 * Deterministic: no randomness, no clock.
 */
import { writeFileSync } from 'node:fs';
import { applyConstraints, rankingFor } from '../src/answering/compose/answer-query.js';
import { findCandidates, type AnswerCandidate } from '../src/answering/candidates/answer-candidate.js';
import {
  CONFIDENCE_FEATURES,
  confidenceFeatures,
  type ConfidenceFeatures,
  type ConfidenceModel,
} from '../src/answering/scoring/confidence.js';
import { createReadingContext } from '../src/answering/answer-pipeline.js';
import { dataFiles } from '../src/bootstrap/data-files.js';
import { createFactExtractor } from '../src/ingest/facts/extract-facts.js';
import { toIndexedNotice } from '../src/index/indexed-notice.js';
import type { LoadedIndex } from '../src/index/loaded-index.js';
import { normaliseForComparison, findFaults } from '../src/eval/scoring.js';
import { parseQuery } from '../src/answering/query/parse-query.js';
import type { StoredNotice } from '../src/store/notice-store.js';
import { splitSentences } from '../src/text/sentences.js';
import { loadCollection, loadProgram, type Collection } from './collections.js';
import { fitLogistic, roundFigure, type Logistic } from './linear-models.js';
import {
  labelledSets,
  policies as policySet,
  readPolicyQuestions,
  requireTrainingSets,
  type LabelledQuestion,
} from './labelled-questions.js';

interface TrainingCandidate {
  readonly features: ConfidenceFeatures;
  readonly isRight: boolean;
}

interface TrainingQuestion {
  readonly set: string;
  readonly kind: keyof typeof WEIGHTS;
  /** True when the notices do not state it. */
  readonly refuse: boolean;
  /** Candidates; empty where a rule refuses before any is scored. */
  readonly offered: readonly TrainingCandidate[];
}

/** Training weight of a question by kind. Written refusals are few and what the bot is for; cut notices are many. */
const WEIGHTS = { answerable: 1, unanswerable: 2, cut: 0.35, missing: 0.1, policy: 0.4, policyMissing: 0.02 };
/** Cost of a wrong answer, relative to the gain of a right one. */
const WRONG_ANSWER_COST = 1;

requireTrainingSets();
const program = loadProgram();
const { analyser, vocabulary } = program;
const extractFacts = createFactExtractor(program.facts);
const reading = createReadingContext(program);

type Where = Pick<Collection, 'loaded' | 'now'> & {
  readonly read: (ids: readonly string[]) => Promise<StoredNotice[]>;
};

/**
 * Returns all candidates for a question with their features. Null for intents that are not scored (chitchat, owner of a
 * number).
 */
async function findTrainingCandidates(
  text: string,
  { loaded, now, read }: Where,
  isRight: (proposal: AnswerCandidate, titles: readonly string[]) => boolean,
  except?: string,
): Promise<{ proposal: AnswerCandidate; offered: TrainingCandidate }[] | null> {
  const question = parseQuery(text, analyser, vocabulary, loaded, now());
  if (question.intent === 'chitchat' || question.ask.kind === 'owner') return null;
  const context = { ...reading, loaded, read };
  const ranking = rankingFor(question, context, except);
  const meant = applyConstraints(question, ranking);
  if (meant === null) return [];
  const proposals = await findCandidates(question, meant, context);
  if (proposals === 'absent') return [];
  const titles = ranking.notices.slice(0, 3).map(({ notice }) => notice.title);
  return proposals.map((proposal) => ({
    proposal,
    offered: {
      features: confidenceFeatures(question, proposal, meant),
      isRight: isRight(proposal, [proposal.ranked.notice.title, ...titles]),
    },
  }));
}

/** Returns whether the answer and its quote are right, whatever the notice. */
function holdsAnswer({ expect }: LabelledQuestion, { text: words, quote: quoted, ranked }: AnswerCandidate): boolean {
  const text = [words, quoted, ranked.notice.title].join('\n');
  return findFaults({ expect, source: null }, { text, notice: null, candidates: [] }).length === 0;
}

/**
 * Returns the notice without the sentences that hold the answer. Null when there are none or they are more than half of
 * it.
 */
function withoutAnswer({ expect }: LabelledQuestion, stored: StoredNotice): StoredNotice | null {
  const { body } = stored.notice;
  const wanted = [...expect.all, ...expect.any.flat()].map(normaliseForComparison);
  const sentences = splitSentences(body);
  const answering = sentences.filter(({ start, end }) =>
    wanted.some((text) => normaliseForComparison(body.slice(start, end)).includes(text)),
  );
  if (answering.length === 0 || answering.length > sentences.length / 2) return null;
  const left = answering.reduceRight((text, { start, end }) => text.slice(0, start) + text.slice(end), body);
  const notice = { ...stored.notice, body: left };
  return { ...stored, notice, facts: extractFacts(notice) };
}

async function createTrainingQuestions(
  set: string,
  question: LabelledQuestion,
  where: Where,
): Promise<TrainingQuestion[]> {
  const isSource = (titles: readonly string[]): boolean =>
    titles.some((title) => normaliseForComparison(title).includes(normaliseForComparison(question.source ?? '')));
  const offers = await findTrainingCandidates(
    question.q,
    where,
    (proposal, titles) => !question.refuse && isSource(titles) && holdsAnswer(question, proposal),
  );
  if (offers === null) return [];
  const offered = offers.map((offer) => offer.offered);
  const asked: TrainingQuestion[] = [
    { set, kind: question.refuse ? 'unanswerable' : 'answerable', refuse: question.refuse, offered },
  ];
  const right = offers.find((offer) => offer.offered.isRight);
  if (right === undefined) return asked;
  const { id } = right.proposal.ranked.notice;
  const nothing = (): boolean => false;
  const without = await findTrainingCandidates(question.q, where, nothing, id);
  asked.push({ set, kind: 'missing', refuse: true, offered: (without ?? []).map((offer) => offer.offered) });
  const [stored] = await where.read([id]);
  const less = stored === undefined ? null : withoutAnswer(question, stored);
  if (less !== null) {
    const loaded: LoadedIndex = {
      ...where.loaded,
      notices: new Map(where.loaded.notices).set(id, toIndexedNotice(less)),
    };
    const read = async (ids: readonly string[]): Promise<StoredNotice[]> =>
      (await where.read(ids)).map((one) => (one.notice.id === id ? less : one));
    const near = (await findTrainingCandidates(question.q, { ...where, loaded, read }, nothing)) ?? [];
    // The notice may state the answer twice: such a candidate is no near miss.
    const missed = near.filter(({ proposal }) => !holdsAnswer(question, proposal)).map((offer) => offer.offered);
    asked.push({ set, kind: 'cut', refuse: true, offered: missed });
  }
  return asked;
}

const samples: TrainingQuestion[] = [];
for (const { name, notices, labelled, at } of labelledSets()) {
  const { loaded, store, now } = await loadCollection(notices, program, () => at);
  const where: Where = { loaded, now, read: (ids) => store.get(ids) };
  for (const question of labelled) samples.push(...(await createTrainingQuestions(name, question, where)));
}
const policies = await loadCollection(policySet.notices, program, () => policySet.at);
const inPolicies: Where = { loaded: policies.loaded, now: policies.now, read: (ids) => policies.store.get(ids) };
for (const { question, docid } of readPolicyQuestions()) {
  const isRight = ({ ranked }: AnswerCandidate): boolean => ranked.notice.id === docid;
  const offers = (await findTrainingCandidates(question, inPolicies, isRight)) ?? [];
  samples.push({ set: 'policies', kind: 'policy', refuse: false, offered: offers.map(({ offered }) => offered) });
  const without = (await findTrainingCandidates(question, inPolicies, () => false, docid)) ?? [];
  samples.push({
    set: 'policies',
    kind: 'policyMissing',
    refuse: true,
    offered: without.map(({ offered }) => offered),
  });
}

function fit(of: readonly TrainingQuestion[]): Logistic {
  return fitLogistic(
    of.flatMap(({ kind, offered }) =>
      offered.map(({ features, isRight }) => ({
        values: CONFIDENCE_FEATURES.map((name) => features[name]),
        isTrue: isRight,
        // Candidates of one question are nearly alike.
        weight: WEIGHTS[kind] / Math.sqrt(offered.length),
      })),
    ),
  );
}

interface ScoredQuestion {
  readonly asked: TrainingQuestion;
  readonly probability: number;
  readonly isRight: boolean;
}

/** Returns the candidate with the highest probability. */
function judge(asked: TrainingQuestion, model: Logistic): ScoredQuestion {
  const weighed = asked.offered.map(({ features, isRight }) => ({
    asked,
    isRight,
    probability: model.probability(CONFIDENCE_FEATURES.map((name) => features[name])),
  }));
  return weighed.reduce<ScoredQuestion>((best, one) => (one.probability > best.probability ? one : best), {
    asked,
    isRight: false,
    probability: 0,
  });
}

function figures(judged: readonly ScoredQuestion[], threshold: number) {
  const count = (wanted: (one: ScoredQuestion, isSaid: boolean) => boolean): number =>
    judged.filter((one) => wanted(one, one.probability >= threshold)).length;
  return {
    questions: judged.length,
    right: count(({ isRight, asked }, isSaid) => (isSaid ? isRight : asked.refuse)),
    saidWrongly: count(({ isRight }, isSaid) => isSaid && !isRight),
    refusedWrongly: count(({ asked }, isSaid) => !isSaid && !asked.refuse),
  };
}

const isWritten = ({ kind }: TrainingQuestion): boolean => kind === 'answerable' || kind === 'unanswerable';
const sets = [...new Set(samples.filter(isWritten).map(({ set }) => set))];
const bySet = new Map(
  sets.map((set) => {
    const model = fit(samples.filter((asked) => asked.set !== set));
    return [set, samples.filter((asked) => asked.set === set && isWritten(asked)).map((asked) => judge(asked, model))];
  }),
);
const model = fit(samples);
const leftOut = [...bySet.values()].flat();
const inPolicySet = samples.filter(({ kind }) => kind === 'policy').map((asked) => judge(asked, model));
const refusedPolicies = (threshold: number): number =>
  figures(inPolicySet, threshold).refusedWrongly / inPolicySet.length;

/** Upper bound on the share of policy questions that are refused; their notices answer all of them. */
const MAX_REFUSED_SHARE = 0.025;
const thresholds = Array.from({ length: 50 }, (_, i) => (i + 1) / 100).filter(
  (t) => refusedPolicies(t) <= MAX_REFUSED_SHARE,
);
const worth = (threshold: number): number => {
  const { right, saidWrongly } = figures(leftOut, threshold);
  return right - WRONG_ANSWER_COST * saidWrongly;
};
const threshold = thresholds.reduce((best, t) => (worth(t) > worth(best) ? t : best), thresholds[0] ?? 0.01);

const report = {
  bySetLeftOut: Object.fromEntries([...bySet].map(([set, judged]) => [set, figures(judged, threshold)])),
  all: figures(leftOut, threshold),
  policiesRefused: roundFigure(refusedPolicies(threshold)),
};
console.log(JSON.stringify(report, null, 2));
const support: ConfidenceModel & { readonly figures: typeof report } = {
  about:
    'How likely a proposal is a right answer: logistic weights over the features of src/answering/scoring/confidence.ts, and the threshold below which the bot refuses. Made by `npm run calibrate` from the training sets; `figures.bySetLeftOut` counts, for each set, what weights fitted on the other sets do with it. Not to be edited by hand.',
  threshold,
  bias: roundFigure(model.bias),
  weights: Object.fromEntries(
    CONFIDENCE_FEATURES.map((name, f) => [name, roundFigure(model.weights[f] ?? 0)]),
  ) as ConfidenceFeatures,
  figures: report,
};
writeFileSync(`${dataFiles.directory}support.json`, `${JSON.stringify(support, null, 2)}\n`);
