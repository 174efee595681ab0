/**
 * Fits the weights by which the answer's passage is chosen within a notice and
 * writes them to data/evidence.json: first as a choice of the passages that
 * resemble the gold answer, then so that the expected ROUGE-L of a passage drawn
 * by the model grows (policy gradient in closed form; Williams 1992). Reports
 * what weights fitted on one half of the notices reach on the other, both ways;
 * the weights that ship are fitted on all questions. Deterministic.
 */
import { writeFileSync } from 'node:fs';
import { weighPassages } from '../src/answer/evidence.js';
import { PASSAGE_FEATURES } from '../src/answer/passage-features.js';
import { loadAnalyser, loadData } from '../src/composition.js';
import { understand } from '../src/question/understand.js';
import { rankAmong, retrieve, type Ranking } from '../src/retrieval/retrieve.js';
import { collect } from './collections.js';
import { readPolicyQuestions, requireDevSets, sharedFiles, type PolicyQuestion } from './dev-sets.js';
import { partOf } from './halves.js';
import { best, fitRewards, type Rewards } from './reward-model.js';
import { rougeL } from '../src/eval/scoring.js';

requireDevSets();
const analyser = loadAnalyser();
const { vocabulary } = loadData();
const { loaded, store } = await collect(sharedFiles.policies, analyser);
const bodies = new Map<string, string>();
for await (const { notice } of store.all()) bodies.set(notice.id, notice.body);

interface Sample {
  readonly question: PolicyQuestion;
  /** Passages of the notice that the question was written on, which is fitted. */
  readonly right: Rewards;
  /** Passages of the notice that ranking puts first, which is what readers see. */
  readonly first: Rewards;
}

function passagesOf({ notices, terms }: Ranking, question: PolicyQuestion): Rewards {
  const ranked = notices[0];
  const rewards: number[] = [];
  const values: number[] = [];
  if (ranked !== undefined) {
    const { intent } = understand(question.question, analyser, vocabulary, loaded);
    const body = bodies.get(ranked.notice.id) ?? '';
    for (const { passage, features } of weighPassages(ranked, terms, intent)) {
      rewards.push(rougeL(question.answer, body.slice(passage.span.start, passage.span.end)));
      values.push(...PASSAGE_FEATURES.map((name) => features[name]));
    }
  }
  return { rewards: Float32Array.from(rewards), values: Float32Array.from(values) };
}

const questions = readPolicyQuestions();
const samples = questions.flatMap((question): Sample[] => {
  const asked = understand(question.question, analyser, vocabulary, loaded);
  const notice = loaded.notices.get(question.docid);
  if (notice === undefined) return [];
  const ranking = retrieve(asked, loaded, 1);
  const right = passagesOf(rankAmong(asked, [notice], loaded), question);
  return [{ question, right, first: ranking.notices[0]?.notice === notice ? right : passagesOf(ranking, question) }];
});

const fit = (of: readonly Sample[]): number[] =>
  fitRewards(
    of.map(({ right }) => right),
    PASSAGE_FEATURES.length,
  );
const rounded = (n: number): number => Number(n.toFixed(3));
function rouge(of: readonly Sample[], weights: readonly number[]): Record<string, number> {
  const mean = (kind: 'right' | 'first'): number =>
    of.reduce((sum, sample) => sum + best(sample[kind], weights), 0) / of.length;
  return { rightNotice: rounded(mean('right')), firstNotice: rounded(mean('first')) };
}

const half = partOf(questions, 2);
const halves = [0, 1].map((part) => samples.filter(({ question }) => half(question) === part));
const [even, odd] = [halves[0] ?? [], halves[1] ?? []];
const [evenWeights, oddWeights, weights] = [fit(even), fit(odd), fit(samples)];
const figures = {
  evenOnEven: rouge(even, evenWeights),
  evenOnOdd: rouge(odd, evenWeights),
  oddOnEven: rouge(even, oddWeights),
  shipped: rouge(samples, weights),
};
console.log(figures);
writeFileSync(
  new URL('../data/evidence.json', import.meta.url),
  `${JSON.stringify(
    {
      about:
        'How the passage that answers is chosen within a notice: weights over the features of src/answer/passage-features.ts. Made by `npm run fit:evidence` from development questions; `rougeL` is the mean ROUGE-L of the chosen passage in the right notice and in the one that ranking puts first, by weights fitted on the even notices (checked on the odd ones), on the odd ones, and by these, fitted on all. Not to be edited by hand.',
      weights: Object.fromEntries(PASSAGE_FEATURES.map((name, f) => [name, rounded(weights[f] ?? 0)])),
      rougeL: figures,
    },
    null,
    2,
  )}\n`,
);
