/**
 * Writes the candidates of every labelled question, with their features and labels, for train.py.
 *
 * usage: tsx scripts/training/export-features.ts FOLDER [--without lexicon,contrasts] [SET…]
 *
 * Beside the questions as written, it makes questions whose right answer is "none": the same question without its
 * notice (`missing`), with the lines that answer cut out of it (`cut`), and with a word swapped for another of its
 * contrast set that no notice found holds (`swapped`); and the same question with a word swapped for a lexicon word of
 * the same meaning (`reworded`). Deterministic.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { findUnitCandidates, type UnitCandidate } from '../../src/answering/candidates/unit-candidates.js';
import { rankingFor } from '../../src/answering/compose/answer-query.js';
import { parseQuery } from '../../src/answering/query/parse-query.js';
import type { Ranking } from '../../src/answering/retrieval/retrieve.js';
import { AlignedQuestion } from '../../src/answering/candidates/alignment.js';
import { UNIT_FEATURES, unitFeatures } from '../../src/answering/scoring/unit-features.js';
import { createReadingContext } from '../../src/answering/answer-pipeline.js';
import { fold } from '../../src/text/fold.js';
import { normaliseForComparison } from '../../src/eval/scoring.js';
import { loadCollection, loadProgram, type Collection } from '../collections.js';
import { readLabelled, policies as policySet, readPolicyQuestions } from '../labelled-questions.js';
import { questionSets, readLines } from '../question-sets.js';
import { loadKnowledge } from './knowledge.js';
import { replaceForeignScorer } from './untrained-scorer.js';

const [folder = '', ...rest] = process.argv.slice(2);
const flag = rest.indexOf('--without');
const without = flag === -1 ? [] : (rest[flag + 1] ?? '').split(',');
const wantedSets = rest.filter((word, i) => flag === -1 || (i !== flag && i !== flag + 1));
mkdirSync(folder, { recursive: true });

replaceForeignScorer();
const program = loadProgram();
const knowledge = loadKnowledge(without);
const reading = createReadingContext(program);
const { analyser, vocabulary, tablesIn } = program;

/** A question with what makes a unit its answer. */
interface Asked {
  readonly id: string;
  readonly q: string;
  readonly refuse: boolean;
  /** Ids of notices that hold the answer; null when unknown. */
  readonly now: Date;
  /** Label of a unit: 1 right, 0 wrong. */
  readonly isRight: (candidate: UnitCandidate) => boolean;
  /** Grade between 0 and 1 where the right answer is known by its likeness only. */
  readonly gradeOf?: (candidate: UnitCandidate) => number;
}

const squeeze = (text: string): string => fold(text).replace(/\s+/g, '');

class Writer {
  readonly #meta: string[] = [];
  readonly #chunks: Buffer[] = [];
  readonly #units = new Map<string, number>();

  add(meta: object, vectors: readonly Float32Array[], texts: readonly string[]): void {
    const units = texts.map((text) => {
      const known = this.#units.get(text) ?? this.#units.size;
      this.#units.set(text, known);
      return known;
    });
    this.#meta.push(JSON.stringify({ ...meta, units }));
    for (const vector of vectors) this.#chunks.push(Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength));
  }

  close(name: string): void {
    writeFileSync(join(folder, `${name}.meta.jsonl`), `${this.#meta.join('\n')}\n`);
    writeFileSync(join(folder, `${name}.units.jsonl`), `${[...this.#units.keys()].join('\n')}\n`);
    writeFileSync(join(folder, `${name}.f32`), Buffer.concat(this.#chunks));
  }
}

function hash(text: string): number {
  let value = 2166136261;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 16777619) >>> 0;
  return value;
}

/** Labels: 1 right; -1 right but needlessly long (left out of training); 0 wrong. */
function labelsOf(asked: Asked, candidates: readonly UnitCandidate[]): number[] {
  if (asked.gradeOf !== undefined) {
    const grades = candidates.map(asked.gradeOf);
    const best = Math.max(0, ...grades);
    return grades.map((grade) => (best < 0.4 ? 0 : grade >= best - 0.02 ? 1 : grade >= best - 0.2 ? -1 : 0));
  }
  const right = candidates.map(asked.isRight);
  const shortest = Math.min(...candidates.filter((_, i) => right[i]).map(({ unit }) => unit.text.length));
  return candidates.map(({ unit }, i) => (right[i] !== true ? 0 : unit.text.length > shortest * 1.8 + 20 ? -1 : 1));
}

async function exportSet(name: string, collection: Collection, questions: readonly Asked[]): Promise<void> {
  const writer = new Writer();
  const context = {
    ...reading,
    loaded: collection.loaded,
    read: (ids: readonly string[]) => collection.store.get(ids),
  };
  let unfound = 0;
  for (const asked of questions) {
    const ask = async (text: string, except?: (ranking: Ranking) => Ranking) => {
      const question = parseQuery(text, analyser, vocabulary, collection.loaded, asked.now);
      const ranked = rankingFor(question, context);
      const ranking = except === undefined ? ranked : except(ranked);
      const aligned = new AlignedQuestion(question, knowledge, analyser, collection.loaded.index);
      const stored = await collection.store.get(ranking.notices.map(({ notice }) => notice.id));
      const candidates = findUnitCandidates(aligned, ranking, stored, tablesIn);
      return { question, ranking, aligned, candidates };
    };
    const write = (
      variant: string,
      { question, ranking, aligned, candidates }: Awaited<ReturnType<typeof ask>>,
      refuse: boolean,
    ): number[] => {
      const labels = refuse ? candidates.map(() => 0) : labelsOf(asked, candidates);
      const vectors = unitFeatures(question, aligned, ranking, candidates);
      writer.add(
        {
          set: name,
          id: asked.id,
          variant,
          q: question.folded,
          refuse,
          labels,
          ranks: candidates.map(({ notice }) => notice.rank),
          lengths: candidates.map(({ unit }) => unit.text.length),
          spans: candidates.map(({ unit }) => [unit.from, unit.to]),
          words: aligned.words.map(({ word, weight }) => `${word} ${weight.toFixed(2)}`).join(' '),
        },
        vectors,
        candidates.map(({ unit, notice }) =>
          JSON.stringify([
            unit.text.slice(0, 240),
            unit.context.slice(-60),
            notice.ranked.notice.foldedTitle.slice(0, 60),
            unit.kind,
          ]),
        ),
      );
      return labels;
    };
    const plain = await ask(asked.q);
    const labels = write('written', plain, asked.refuse);
    if (asked.refuse) continue;
    const right = plain.candidates.filter((_, i) => labels[i] !== 0);
    if (right.length === 0) {
      unfound++;
      continue;
    }
    const ids = new Set(right.map(({ notice }) => notice.ranked.notice.id));
    const isElse = (candidate: UnitCandidate): boolean =>
      asked.gradeOf === undefined ? asked.isRight(candidate) : asked.gradeOf(candidate) > 0.4;
    const dropped = await ask(asked.q, (ranking) => ({
      ...ranking,
      notices: ranking.notices.filter(({ notice }) => !ids.has(notice.id)),
    }));
    if (dropped.candidates.length > 0 && !dropped.candidates.some(isElse)) write('missing', dropped, true);
    const less = cut(plain.aligned, plain.candidates, right);
    if (less.length > 0 && !less.some(isElse)) write('cut', { ...plain, candidates: less }, true);
    const [contrast] = plain.aligned.contrasts.filter(({ named }) =>
      named.some((word) => fold(asked.q).includes(word)),
    );
    if (contrast !== undefined) {
      const word = contrast.named.find((one) => fold(asked.q).includes(one)) ?? '';
      const texts = plain.ranking.notices.map(({ notice }) => notice.foldedTitle + notice.sentences.join(' '));
      const strangers = contrast.others.filter((one) => !texts.some((text) => text.includes(one)));
      const other = strangers[hash(asked.id) % Math.max(1, strangers.length)];
      if (other !== undefined) write('swapped', await ask(fold(asked.q).replace(word, other)), true);
    }
    const entry = knowledge.lexicon
      .in(fold(asked.q))
      .filter(({ word, related }) => word.length > 1 && related.some(({ relation }) => relation === 'same'))
      .sort((a, b) => hash(a.word + asked.id) - hash(b.word + asked.id))[0];
    if (entry !== undefined && hash(asked.id) % 3 === 0) {
      const same = entry.related.filter(({ relation }) => relation === 'same');
      const other = same[hash(entry.word) % same.length]?.word ?? entry.word;
      write('reworded', await ask(fold(asked.q).replace(entry.word, other)), false);
    }
  }
  writer.close(name.replace('/', '-'));
  console.log(`${name}: ${questions.length} questions, ${unfound} without a right candidate`);
}

/** Returns the candidates that are left when the sentences of `right` are cut out of their notices. */
function cut(
  aligned: AlignedQuestion,
  candidates: readonly UnitCandidate[],
  right: readonly UnitCandidate[],
): UnitCandidate[] {
  const notices = new Map<UnitCandidate['notice'], UnitCandidate['notice']>();
  const gone = new Map<UnitCandidate['notice'], Set<number>>();
  for (const { notice, unit } of right) {
    const set = gone.get(notice) ?? new Set<number>();
    gone.set(notice, set);
    for (let i = unit.from; i <= unit.to; i++) set.add(i);
    if (unit.kind === 'title') return [];
  }
  for (const [notice, set] of gone) {
    const sentences = notice.sentences.map((one, i) => (set.has(i) ? aligned.nothing : one));
    const matches = notice.ranked.matches.map((one, i) => (set.has(i) ? [] : one));
    notices.set(notice, {
      ...notice,
      ranked: { ...notice.ranked, matches },
      sentences,
      whole: aligned.join([notice.title, ...sentences]),
    });
  }
  return candidates.flatMap((candidate) => {
    const set = gone.get(candidate.notice);
    if (set === undefined) return [candidate];
    const { unit } = candidate;
    for (let i = unit.from; i <= unit.to; i++) if (set.has(i)) return [];
    return [{ ...candidate, notice: notices.get(candidate.notice) ?? candidate.notice }];
  });
}

const OWN = fileURLToPath(new URL('./questions/', import.meta.url));
const ownNotice = z.object({ date: z.string() });
const ownQuestion = z.object({
  id: z.string(),
  q: z.string(),
  doc: z.string(),
  unit: z.string().default(''),
  answers: z.array(z.string()).default([]),
  near_miss: z.boolean().default(false),
});

writeFileSync(join(folder, 'features.json'), JSON.stringify(UNIT_FEATURES));
const isWanted = (name: string): boolean => wantedSets.length === 0 || wantedSets.includes(name);

for (const file of readdirSync(OWN).filter((one) => one.endsWith('.notices.jsonl'))) {
  const name = file.replace('.notices.jsonl', '');
  if (!isWanted(name)) continue;
  const dates = readLines(join(OWN, file), ownNotice).map(({ date }) => date);
  const now = new Date(`${dates.sort().at(-1) ?? '2026-01-01'}T10:00:00+08:00`);
  const collection = await loadCollection(join(OWN, file), program, () => now);
  const questions = readLines(join(OWN, `${name}.questions.jsonl`), ownQuestion).map((row): Asked => {
    const answers = row.answers.map(squeeze);
    const gold = squeeze(row.unit);
    return {
      id: row.id,
      q: row.q,
      refuse: row.near_miss,
      now,
      isRight: ({ notice, unit }) => {
        if (row.near_miss || notice.ranked.notice.id !== row.doc) return false;
        // A question for the notice itself is answered by any part of it: the title is shown with every answer.
        const title = squeeze(notice.ranked.notice.title);
        if (gold !== '' && title.includes(gold)) return true;
        const text = squeeze(unit.text);
        if (!answers.every((answer) => text.includes(answer))) return false;
        return text.includes(gold) || gold.includes(text) || overlap(text, gold) > 0.6;
      },
    };
  });
  await exportSet(name, collection, questions);
}

/** Returns the share of the shorter text's character pairs that the longer holds. */
function overlap(a: string, b: string): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  let held = 0;
  for (let i = 0; i + 2 <= short.length; i++) if (long.includes(short.slice(i, i + 2))) held++;
  return short.length < 2 ? 0 : held / (short.length - 1);
}

for (const set of questionSets().filter(
  ({ name, isPresent }) => isPresent && isWanted(name) && name !== policySet.name,
)) {
  const { labelled, at, notices } = readLabelled(set);
  const collection = await loadCollection(notices, program, () => at);
  const questions = labelled.map((row): Asked => {
    const { all, any, none } = row.expect;
    const source = normaliseForComparison(row.source ?? '');
    const holds = (text: string): boolean =>
      all.every((one) => text.includes(normaliseForComparison(one))) &&
      any.every((list) => list.some((one) => text.includes(normaliseForComparison(one)))) &&
      !none.some((one) => text.includes(normaliseForComparison(one)));
    return {
      id: row.id,
      q: row.q,
      refuse: row.refuse,
      now: at,
      isRight: ({ notice, unit }) => {
        if (row.refuse || (all.length === 0 && any.length === 0)) return false;
        const title = normaliseForComparison(notice.ranked.notice.title);
        if (!title.includes(source)) return false;
        const { body } = notice.stored.notice;
        const raw = unit.kind === 'title' ? title : normaliseForComparison(body.slice(unit.span.start, unit.span.end));
        return holds(raw) || holds(normaliseForComparison(unit.text));
      },
    };
  });
  await exportSet(set.name, collection, questions);
}

if (policySet.isPresent && isWanted('policies')) {
  const collection = await loadCollection(policySet.notices, program, () => policySet.at);
  const questions = readPolicyQuestions().map((row): Asked => {
    const gold = squeeze(row.answer);
    const f = (candidate: UnitCandidate): number => {
      if (candidate.notice.ranked.notice.id !== row.docid) return 0;
      const text = squeeze(candidate.unit.text);
      const shared = commonSubsequence(text.slice(0, 600), gold.slice(0, 600));
      const [precision, recall] = [shared / Math.max(1, text.length), shared / Math.max(1, gold.length)];
      return shared === 0 ? 0 : ((1 + 1.44) * precision * recall) / (recall + 1.44 * precision);
    };
    return { id: row.id, q: row.question, refuse: false, now: policySet.at, isRight: () => false, gradeOf: f };
  });
  await exportSet('policies', collection, questions);
}

/** Returns the length of the longest common subsequence. */
function commonSubsequence(a: string, b: string): number {
  let previous = new Uint16Array(b.length + 1);
  for (const c of a.split('')) {
    const row = new Uint16Array(b.length + 1);
    for (let j = 0; j < b.length; j++)
      row[j + 1] = c === b[j] ? (previous[j] ?? 0) + 1 : Math.max(previous[j + 1] ?? 0, row[j] ?? 0);
    previous = row;
  }
  return previous[b.length] ?? 0;
}

/** Public questions on encyclopaedia paragraphs beside the project, for what questions and answers look like. */
const squad = z.object({
  data: z.array(
    z.object({
      title: z.string().default(''),
      paragraphs: z.array(
        z.object({
          context: z.string(),
          qas: z.array(
            z.object({
              id: z.string().optional(),
              query_id: z.string().optional(),
              question: z.string(),
              answers: z.array(z.object({ text: z.string(), answer_start: z.number() })),
            }),
          ),
        }),
      ),
    }),
  ),
});
const PUBLIC = fileURLToPath(new URL('../../../shared/train/', import.meta.url));
for (const file of ['cmrc_dev', 'cmrc_trial', 'drcd_dev', 'drcd_test']) {
  if (!isWanted('public-questions') || !existsSync(`${PUBLIC}${file}.json`)) continue;
  const { data } = squad.parse(JSON.parse(readFileSync(`${PUBLIC}${file}.json`, 'utf8')));
  const paragraphs = data.flatMap(({ title, paragraphs: all }) => all.map((paragraph) => ({ title, ...paragraph })));
  const notices = join(folder, `${file}.notices.jsonl`);
  const rows = paragraphs.map(({ title, context }, n) =>
    JSON.stringify({
      id: `${file}-${n}`,
      title: title === '' ? context.slice(0, 12) : title,
      date: '2020-01-01',
      body: context,
    }),
  );
  writeFileSync(notices, rows.join('\n'));
  const now = new Date('2020-06-01T10:00:00+08:00');
  const collection = await loadCollection(notices, program, () => now);
  const questions = paragraphs.flatMap(({ qas, context }, n) =>
    qas.map((qa): Asked => {
      const { text, answer_start: start } = qa.answers[0] ?? { text: '', answer_start: 0 };
      const answer = squeeze(text);
      const around = squeeze(context.slice(Math.max(0, start - 6), start + text.length + 6));
      return {
        id: qa.id ?? qa.query_id ?? '',
        q: qa.question,
        refuse: false,
        now,
        isRight: ({ notice, unit }) =>
          notice.ranked.notice.id === `${file}-${n}` &&
          squeeze(unit.text).includes(answer) &&
          (squeeze(unit.text).includes(around) || around.includes(squeeze(unit.text).slice(0, 6))),
      };
    }),
  );
  await exportSet(`other-${file}`, collection, questions);
}
