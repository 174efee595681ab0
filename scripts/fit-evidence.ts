/**
 * Fits the model that selects a passage within a notice and writes it to data/evidence.json: first by the likelihood of
 * the best passages, then by the expected reward of a passage drawn by the model (policy gradient in closed form;
 * Williams 1992). The reward of a passage on the policies is its ROUGE-L against the gold answer; on the labelled sets
 * it is the share of a right answer's content that the passage holds, less for a long one. Reports what weights fitted
 * on one half of the notices reach on the other, both ways; the shipped weights are fitted on all questions.
 * Deterministic.
 */
import { writeFileSync } from 'node:fs';
import { generatePassages } from '../src/answering/candidates/select-passage.js';
import { PASSAGE_FEATURES } from '../src/answering/candidates/passage-features.js';
import { createReadingContext } from '../src/answering/answer-pipeline.js';
import { shapeOf } from '../src/answering/candidates/answer-shape.js';
import { parseQuery, type Query } from '../src/answering/query/parse-query.js';
import { rankGiven, retrieve, type Ranking } from '../src/answering/retrieval/retrieve.js';
import { loadCollection, loadProgram } from './collections.js';
import {
  labelledSets,
  policies,
  readPolicyQuestions,
  requireTrainingSets,
  type LabelledQuestion,
  type PolicyQuestion,
} from './labelled-questions.js';
import { assignParts } from './halves.js';
import { fitRewards, rewardOfBest, roundFigure, type RewardedCandidates } from './linear-models.js';
import { normaliseForComparison, rougeL } from '../src/eval/scoring.js';

requireTrainingSets();
const program = loadProgram();
const { analyser, vocabulary, rankingModel } = program;
const { peopleIn } = createReadingContext(program);
const { loaded, store } = await loadCollection(policies.notices, program, () => policies.at);
const bodies = new Map<string, string>();
for await (const { notice } of store.all()) bodies.set(notice.id, notice.body);

interface Sample {
  readonly question: PolicyQuestion;
  /** Passages of the notice that the question was written on: the training data. */
  readonly right: RewardedCandidates;
  /** Passages of the notice that ranks first: what readers see. */
  readonly first: RewardedCandidates;
}

/** Returns the passages of the first notice of a ranking, each with its reward. */
function passagesOf(
  { notices, terms }: Ranking,
  question: Query,
  bodyOf: (id: string) => string,
  worth: (words: string) => number,
): RewardedCandidates {
  const ranked = notices[0];
  const rewards: number[] = [];
  const values: number[] = [];
  if (ranked !== undefined) {
    const body = bodyOf(ranked.notice.id);
    const shape = shapeOf(question, ranked.notice, terms, peopleIn);
    for (const { passage, features } of generatePassages(ranked, terms, question, shape)) {
      rewards.push(worth(body.slice(passage.span.start, passage.span.end)));
      values.push(...PASSAGE_FEATURES.map((name) => features[name]));
    }
  }
  return { rewards: Float32Array.from(rewards), values: Float32Array.from(values) };
}

/** Returns the share of a right answer's content that the words hold, reduced where they are longer than `LINE`. */
function worthOf({ expect }: LabelledQuestion, words: string): number {
  const said = normaliseForComparison(words);
  const wanted = [...expect.all.map((text) => [text]), ...expect.any];
  const met = wanted.filter((texts) => texts.some((text) => said.includes(normaliseForComparison(text)))).length;
  return met / wanted.length / (1 + Math.max(0, said.length - LINE) / LONG);
}

/** In characters. */
const LINE = 60;
const LONG = 150;

const labelled: RewardedCandidates[] = [];
for (const { notices, labelled: questions, at } of labelledSets()) {
  const set = await loadCollection(notices, program, () => at);
  const texts = new Map<string, { title: string; body: string }>();
  for await (const { notice } of set.store.all()) texts.set(notice.id, notice);
  for (const question of questions) {
    const asked = parseQuery(question.q, analyser, vocabulary, set.loaded, at);
    const { kind } = asked.ask;
    if (question.refuse || question.source === null || kind === 'contact' || kind === 'attachment') continue;
    const meant = [...set.loaded.notices.values()].filter(({ title }) =>
      normaliseForComparison(title).includes(normaliseForComparison(question.source ?? '')),
    );
    const ranking = rankGiven(asked, meant, { loaded: set.loaded, rankingModel });
    const found = passagesOf(
      ranking,
      asked,
      (id) => texts.get(id)?.body ?? '',
      (words) => worthOf(question, words),
    );
    if (found.rewards.some((reward) => reward > 0)) labelled.push(found);
  }
}

const questions = readPolicyQuestions();
const samples = questions.flatMap((question): Sample[] => {
  const asked = parseQuery(question.question, analyser, vocabulary, loaded);
  const notice = loaded.notices.get(question.docid);
  if (notice === undefined) return [];
  const context = { loaded, rankingModel };
  const ranking = retrieve(asked, context, 1);
  const bodyOf = (id: string): string => bodies.get(id) ?? '';
  const worth = (words: string): number => rougeL(question.answer, words);
  const right = passagesOf(rankGiven(asked, [notice], context), asked, bodyOf, worth);
  const isFirst = ranking.notices[0]?.notice === notice;
  return [{ question, right, first: isFirst ? right : passagesOf(ranking, asked, bodyOf, worth) }];
});

/** Counts policy questions three times: their answers are whole passages, and labelled questions outnumber them. */
const fit = (of: readonly Sample[], also: readonly RewardedCandidates[]): number[] =>
  fitRewards([...of, ...of, ...of].map(({ right }) => right).concat(also), PASSAGE_FEATURES.length);
function rouge(of: readonly Sample[], weights: readonly number[]): Record<string, number> {
  const mean = (kind: 'right' | 'first'): number =>
    of.reduce((sum, sample) => sum + rewardOfBest(sample[kind], weights), 0) / of.length;
  return { rightNotice: roundFigure(mean('right')), firstNotice: roundFigure(mean('first')) };
}

const half = assignParts(questions, 2);
const halves = [0, 1].map((part) => samples.filter(({ question }) => half(question) === part));
const [even, odd] = [halves[0] ?? [], halves[1] ?? []];
const parts = [0, 1].map((part) => labelled.filter((_, i) => i % 2 === part));
const [evenLabelled, oddLabelled] = [parts[0] ?? [], parts[1] ?? []];
const [evenWeights, oddWeights] = [fit(even, evenLabelled), fit(odd, oddLabelled)];
const weights = fit(samples, labelled);
const worth = (of: readonly RewardedCandidates[], by: readonly number[]): number =>
  roundFigure(of.reduce((sum, candidates) => sum + rewardOfBest(candidates, by), 0) / of.length);
const figures = {
  evenOnEven: rouge(even, evenWeights),
  evenOnOdd: rouge(odd, evenWeights),
  oddOnEven: rouge(even, oddWeights),
  shipped: rouge(samples, weights),
  labelled: {
    evenOnOdd: worth(oddLabelled, evenWeights),
    oddOnEven: worth(evenLabelled, oddWeights),
    shipped: worth(labelled, weights),
    most: roundFigure(labelled.reduce((sum, { rewards }) => sum + Math.max(...rewards), 0) / labelled.length),
  },
};
console.log(figures);
writeFileSync(
  new URL('../data/evidence.json', import.meta.url),
  `${JSON.stringify(
    {
      about:
        'How the passage that answers is chosen within a notice: weights over the features of src/answering/candidates/passage-features.ts. Made by `npm run fit:evidence` from development questions; `rougeL` is the mean ROUGE-L of the chosen passage in the right notice and in the one that ranking puts first, by weights fitted on the even notices (checked on the odd ones), on the odd ones, and by these, fitted on all. Not to be edited by hand.',
      weights: Object.fromEntries(PASSAGE_FEATURES.map((name, f) => [name, roundFigure(weights[f] ?? 0)])),
      rougeL: figures,
    },
    null,
    2,
  )}\n`,
);
