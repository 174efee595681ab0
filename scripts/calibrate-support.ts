/**
 * Fits the weights by which the bot decides whether a notice supports an answer,
 * and writes them to data/support.json with the figures that speak for them.
 *
 * Supported: questions asked of the collection that they were written on.
 * Unsupported: the same questions asked of the other collection, and the
 * questions marked as unanswerable. Fitted on the questions written on every other
 * notice (of the bulletin: on every other question); the rest only check.
 * Deterministic: no randomness, no clock.
 */
import { writeFileSync } from 'node:fs';
import {
  FEATURES,
  supportFeatures,
  supportOf,
  type SupportFeatures,
  type SupportModel,
} from '../src/answer/support.js';
import { loadAnalyser, loadData } from '../src/composition.js';
import { dataFiles } from '../src/data-files.js';
import { understand } from '../src/question/understand.js';
import { retrieve } from '../src/retrieval/retrieve.js';
import { collect, type Collection } from './collections.js';
import { partOf } from './halves.js';
import { readExportQuestions, readPolicyQuestions, requireDevSets, sharedFiles } from './dev-sets.js';

interface Sample {
  readonly kind: string;
  readonly supported: boolean;
  readonly features: SupportFeatures;
  /** 0: fitted on; 1: checked on. */
  readonly part: number;
}

const ROUNDS = 4000;
const RATE = 0.5;
const RIDGE = 0.001;
/** Of the questions that the notices answer, so many may be refused. */
const MOST_REFUSED = 0.02;

requireDevSets();
const analyser = loadAnalyser();
const { vocabulary } = loadData();
const policies = await collect(sharedFiles.policies, analyser);
const bulletin = await collect(sharedFiles.export, analyser);

function sample(kind: string, text: string, { loaded }: Collection, supported: boolean, part: number): Sample[] {
  const question = understand(text, analyser, vocabulary, loaded);
  const ranking = retrieve(question, loaded, 10);
  const best = ranking.notices[0];
  return best === undefined ? [] : [{ kind, supported, part, features: supportFeatures(question, best, ranking) }];
}

const written = readPolicyQuestions();
const half = partOf(written, 2);
const asked = readExportQuestions();
const samples: Sample[] = [
  ...written.flatMap((q) => sample('policies', q.question, policies, true, half(q))),
  ...written.flatMap((q) => sample('policies asked of the bulletin', q.question, bulletin, false, half(q))),
  ...asked.flatMap(({ q, refuse }, i) => sample(refuse ? 'unanswerable' : 'bulletin', q, bulletin, !refuse, i % 2)),
  ...asked.flatMap(({ q }, i) => sample('bulletin asked of the policies', q, policies, false, i % 2)),
];
const fitting = samples.filter(({ part }) => part === 0);
const checking = samples.filter(({ part }) => part === 1);

/** Logistic regression by plain gradient descent; supported and unsupported weigh the same in all. */
function fit(of: readonly Sample[]): SupportModel {
  const model = { about: '', threshold: 0.5, bias: 0, weights: Object.fromEntries(FEATURES.map((n) => [n, 0])) };
  const share = (supported: boolean): number => 0.5 / of.filter((s) => s.supported === supported).length;
  const weightOf = { true: share(true), false: share(false) };
  for (let round = 0; round < ROUNDS; round++) {
    const slope: Record<string, number> = Object.fromEntries(FEATURES.map((n) => [n, 0]));
    let biasSlope = 0;
    for (const { supported, features } of of) {
      const off = ((supported ? 1 : 0) - supportOf(features, model as SupportModel)) * weightOf[`${supported}`];
      biasSlope += off;
      for (const name of FEATURES) slope[name] = (slope[name] ?? 0) + off * features[name];
    }
    model.bias += RATE * biasSlope * 10;
    for (const name of FEATURES) {
      const weight = model.weights[name] ?? 0;
      model.weights[name] = weight + RATE * 10 * ((slope[name] ?? 0) - RIDGE * weight);
    }
  }
  return model as SupportModel;
}

function errors(of: readonly Sample[], model: SupportModel, threshold: number) {
  const rate = (supported: boolean): number => {
    const these = of.filter((s) => s.supported === supported);
    return these.filter((s) => supportOf(s.features, model) >= threshold !== supported).length / these.length;
  };
  return { refusedWrongly: rate(true), answeredWrongly: rate(false) };
}

/** The highest threshold that refuses no more than allowed: beyond that, refusing is what the bot is for. */
function bestThreshold(of: readonly Sample[], model: SupportModel): number {
  const thresholds = Array.from({ length: 99 }, (_, i) => (99 - i) / 100);
  return thresholds.find((t) => errors(of, model, t).refusedWrongly <= MOST_REFUSED) ?? 0.01;
}

const rounded = (n: number): number => Number(n.toFixed(3));
const model = fit(fitting);
const threshold = bestThreshold(fitting, model);
const figures = { fitted: errors(fitting, model, threshold), checked: errors(checking, model, threshold) };
for (const kind of new Set(samples.map((s) => s.kind))) {
  const these = checking.filter((s) => s.kind === kind);
  const { refusedWrongly, answeredWrongly } = errors(these, model, threshold);
  console.log(
    kind,
    these.length,
    these[0]?.supported ? `refused ${rounded(refusedWrongly)}` : `answered ${rounded(answeredWrongly)}`,
  );
}
console.log(figures);
writeFileSync(
  dataFiles.support,
  `${JSON.stringify(
    {
      about:
        'How well a notice must support an answer: logistic weights over the features of src/answer/support.ts and the threshold below which the bot refuses. Made by `npm run calibrate` from development questions; `shares` are error rates, fitted on one half of them and checked on the other. Not to be edited by hand.',
      threshold,
      bias: rounded(model.bias),
      weights: Object.fromEntries(FEATURES.map((name) => [name, rounded(model.weights[name])])),
      shares: JSON.parse(
        JSON.stringify(figures, (_, v: unknown) => (typeof v === 'number' ? rounded(v) : v)),
      ) as unknown,
    },
    null,
    2,
  )}\n`,
);
