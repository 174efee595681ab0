/**
 * Fits the ranking model and writes it to data/ranking.json with its recall: of weights fitted on one half of the
 * notices on both halves, of parts left out in turn, and of the shipped weights, which are fitted on all questions.
 * Deterministic.
 */
import { writeFileSync } from 'node:fs';
import { parseQuery } from '../src/answering/query/parse-query.js';
import { RANKING_FEATURES } from '../src/answering/retrieval/ranking-model.js';
import { retrieve } from '../src/answering/retrieval/retrieve.js';
import { fitChoices, roundFigure, scoreOf, type Choice } from './linear-models.js';
import { loadCollection, loadProgram } from './collections.js';
import { policies, readPolicyQuestions, requireTrainingSets, type PolicyQuestion } from './labelled-questions.js';
import { assignParts } from './halves.js';

const RIDGE = 0.002;
const FOLDS = 5;
/** Set by hand: all notices of the development set are of one year. */
const OTHER_YEAR = -2;

requireTrainingSets();
const features = RANKING_FEATURES.filter((name) => name !== 'otherYear');
const program = loadProgram();
const { analyser, vocabulary, rankingModel } = program;
const { loaded } = await loadCollection(policies.notices, program, () => policies.at);

interface Sample extends Choice {
  readonly question: PolicyQuestion;
}

const questions = readPolicyQuestions();
const samples: Sample[] = questions.map((question) => {
  const asked = parseQuery(question.question, analyser, vocabulary, loaded);
  const { notices: ranked } = retrieve(asked, { loaded, rankingModel }, Infinity);
  // The order must not depend on the weights in use.
  const notices = [...ranked].sort((a, b) => b.features.bm25 - a.features.bm25);
  return {
    question,
    right: notices.findIndex(({ notice }) => notice.id === question.docid),
    candidates: notices.map((ranked) => features.map((name) => ranked.features[name])),
  };
});

function fit(of: readonly Sample[]): number[] {
  const found = of.filter(({ right }) => right >= 0);
  const near = found.map(({ candidates, right }) => ({
    candidates: [candidates[right] ?? [], ...candidates.filter((_, c) => c !== right)],
    right: 0,
  }));
  return fitChoices(near, features.length, RIDGE);
}

function ranksOf(of: readonly Sample[], weights: readonly number[]): number[] {
  return of.map(({ candidates, right }) => {
    if (right < 0) return Infinity;
    const scores = candidates.map((values) => scoreOf(values, weights));
    const own = scores[right] ?? 0;
    return scores.filter((score, c) => score > own || (score === own && c < right)).length + 1;
  });
}

const recall = (ranks: readonly number[]): Record<string, number> =>
  Object.fromEntries(
    [1, 3, 10].map((n) => [`R@${n}`, roundFigure(ranks.filter((rank) => rank <= n).length / ranks.length)]),
  );

const half = assignParts(questions, 2);
const fitting = samples.filter(({ question }) => half(question) === 0);
const checking = samples.filter(({ question }) => half(question) === 1);
const halfWeights = fit(fitting);
const fifth = assignParts(questions, FOLDS);
const leftOut = Array.from({ length: FOLDS }, (_, part) =>
  ranksOf(
    samples.filter(({ question }) => fifth(question) === part),
    fit(samples.filter(({ question }) => fifth(question) !== part)),
  ),
).flat();
const weights = fit(samples);
const figures = {
  fittedHalf: recall(ranksOf(fitting, halfWeights)),
  checkedHalf: recall(ranksOf(checking, halfWeights)),
  leftOut: recall(leftOut),
  shipped: recall(ranksOf(samples, weights)),
};
console.log(figures);
writeFileSync(
  new URL('../data/ranking.json', import.meta.url),
  `${JSON.stringify(
    {
      about:
        'How candidates are ordered: weights over the features of src/answering/retrieval/ranking-features.ts. Made by `npm run fit:ranking` from development questions; `recall` says how often the right notice is among the first: by weights fitted on half of the notices, on that half and on the other; with each fifth of the notices left out in turn; and by these weights, fitted on all. `otherYear` is set by hand. Not to be edited by hand.',
      weights: {
        ...Object.fromEntries(features.map((name, f) => [name, roundFigure(weights[f] ?? 0)])),
        otherYear: OTHER_YEAR,
      },
      recall: figures,
    },
    null,
    2,
  )}\n`,
);
