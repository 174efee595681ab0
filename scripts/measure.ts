/**
 * Prints how well and how fast the program finds and answers, on the
 * development questions: retrieval by halves, answers, refusals, latency.
 */
import { mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IndexBuilder } from '../src/index/index-builder.js';
import { PostingsView } from '../src/index/postings-view.js';
import { readSnapshot, writeSnapshot } from '../src/index/snapshot.js';
import { parseQuery } from '../src/answering/query/parse-query.js';
import { toAnswerLine } from '../src/render/answer-line.js';
import { retrieve, type RankedNotice } from '../src/answering/retrieval/retrieve.js';
import { loadCollection, loadProgram } from './collections.js';
import {
  policies as policySet,
  readLabelled,
  readPolicyQuestions,
  requireTrainingSets,
  setNamed,
  type PolicyQuestion,
} from './labelled-questions.js';
import { coversGold, judgeAnswer, rougeL } from '../src/eval/scoring.js';
import { assignParts } from './halves.js';

requireTrainingSets();
const program = loadProgram();
const { analyser, vocabulary, rankingModel } = program;
const policies = await loadCollection(policySet.notices, program, () => policySet.at);
const { loaded } = policies;
const find = (question: string): readonly RankedNotice[] =>
  retrieve(parseQuery(question, analyser, vocabulary, loaded), { loaded, rankingModel }, 10).notices;
const questions = readPolicyQuestions();

function share(count: number, of: number): string {
  return (count / of).toFixed(3);
}

function retrieval(name: string, of: readonly PolicyQuestion[]): void {
  const ranks = of.map(({ question, docid }) => find(question).findIndex(({ notice }) => notice.id === docid));
  const within = (n: number): string => share(ranks.filter((rank) => rank >= 0 && rank < n).length, ranks.length);
  console.log(`retrieval, ${name} (${of.length}): R@1 ${within(1)}  R@3 ${within(3)}  R@10 ${within(10)}`);
}

retrieval('all', questions);
const half = assignParts(questions, 2);
retrieval(
  'even notices',
  questions.filter((question) => half(question) === 0),
);
retrieval(
  'odd notices',
  questions.filter((question) => half(question) === 1),
);

function quantiles(ms: number[]): string {
  ms.sort((a, b) => a - b);
  const at = (q: number): string => (ms[Math.min(ms.length - 1, Math.floor(q * ms.length))] ?? 0).toFixed(2);
  return `p50 ${at(0.5)} ms  p99 ${at(0.99)} ms  max ${at(1)} ms`;
}

const searching: number[] = [];
for (let round = 0; round < 3; round++) {
  for (const { question } of questions) {
    const start = performance.now();
    find(question);
    if (round > 0) searching.push(performance.now() - start);
  }
}
console.log(`retrieval time (understand + retrieve): ${quantiles(searching)}`);

let rouge = 0;
let covered = 0;
let refused = 0;
const answering: number[] = [];
for (const { question, answer: gold } of questions) {
  const start = performance.now();
  const answer = await policies.ask.ask(question);
  answering.push(performance.now() - start);
  const line = toAnswerLine(question, answer, 0);
  if (answer.kind === 'none') refused++;
  rouge += rougeL(gold, line.answer);
  if (coversGold(gold, line)) covered++;
}
console.log(
  `answers: ROUGE-L ${(rouge / questions.length).toFixed(3)}  gold covered ${share(covered, questions.length)}  refused ${share(refused, questions.length)}`,
);
console.log(`whole answer time: ${quantiles(answering)}`);

const exportSet = readLabelled(setNamed('train/education-export-first'));
const bulletin = await loadCollection(exportSet.notices, program, () => exportSet.at);
const verdicts = new Map<string, Record<string, number>>();
for (const question of exportSet.labelled) {
  const answer = await bulletin.ask.ask(question.q);
  const line = toAnswerLine(question.q, answer, 0);
  const verdict = judgeAnswer(question, answer, line);
  for (const type of [question.type, 'all']) {
    const row = verdicts.get(type) ?? {};
    row[verdict] = (row[verdict] ?? 0) + 1;
    verdicts.set(type, row);
  }
  if (verdict !== 'right' && process.argv.includes('--show')) {
    console.log(`  ${verdict}  ${question.q}  [${line.notice?.title ?? '-'}] ${line.answer} (${line.confidence})`);
  }
}
console.table(Object.fromEntries(verdicts));

const builder = new IndexBuilder(analyser);
for await (const stored of policies.store.all()) builder.put(stored);
const file = join(mkdtempSync(join(tmpdir(), 'bulletin-measure-')), 'index.snapshot');
await writeSnapshot(file, {
  fingerprint: 'f',
  storeRevision: 1,
  postings: builder.postings.serialise(),
  notices: [...builder.notices.values()],
});
const start = performance.now();
const snapshot = await readSnapshot(file, { fingerprint: 'f', storeRevision: 1 });
if (typeof snapshot === 'string') throw new Error(snapshot);
const view = new PostingsView(snapshot.postings);
console.log(
  `opening the snapshot (${(statSync(file).size / 1e6).toFixed(1)} MB, ${view.size} notices): ${(performance.now() - start).toFixed(0)} ms`,
);
