import { findUnitCandidates, type UnitCandidate } from '../../src/answering/candidates/unit-candidates.js';
import { answerTypesSchema, createAnswerTypes } from '../../src/answering/query/answer-types.js';
import { parseContrasts } from '../../src/answering/query/contrasts.js';
import { parseLexicon } from '../../src/answering/query/lexicon.js';
import { parseQuery, type Query } from '../../src/answering/query/parse-query.js';
import { rankingSchema } from '../../src/answering/retrieval/ranking-model.js';
import { Regions } from '../../src/answering/retrieval/regions.js';
import { rankGiven, type Ranking } from '../../src/answering/retrieval/retrieve.js';
import { AlignedQuestion, type Knowledge } from '../../src/answering/candidates/alignment.js';
import { loadProgramData } from '../../src/bootstrap/program-data.js';
import { dataFiles, readDataFile } from '../../src/bootstrap/data-files.js';
import type { Fact } from '../../src/domain/fact.js';
import type { Notice } from '../../src/domain/notice.js';
import { fakeAnalyser, type FakeDictionary } from '../support/fake-analyser.js';
import { smallIndex } from '../support/small-index.js';
import { stored } from '../support/texts.js';

export const { vocabulary, tablesIn } = loadProgramData();
const rankingModel = {
  weights: readDataFile(`${dataFiles.directory}ranking.json`, rankingSchema).weights,
  regions: new Regions([]),
};

/** Three kinds of answers, in the order of their bits. */
const answerTypes = createAnswerTypes(
  answerTypesSchema.parse({
    about: 'A test.',
    types: [
      { type: 'day', cues: ['几号', '什么时候'], values: ['day', 'clock'], columns: ['时间'] },
      { type: 'money', cues: ['多少钱', '价钱'], values: ['money'], columns: ['票价'] },
      { type: 'phone', cues: ['电话'], values: ['phone'], columns: ['电话'] },
    ],
  }),
);

export function knowledgeOf(lexicon = '', contrasts = ''): Knowledge {
  return {
    lexicon: parseLexicon([{ name: 'lexicon.txt', text: lexicon }]),
    contrasts: parseContrasts([{ name: 'contrasts.txt', text: contrasts }]),
    answerTypes,
  };
}

const NOUNS = ['泳池', '门票', '儿童', '老人', '泳帽', '停车场'];
const DICTIONARY: FakeDictionary = {
  words: ['开放', '购买', '更换', '关闭'],
  nouns: NOUNS,
  places: ['南岭'],
  people: ['江小舟'],
};

/** A question with the candidates that its notices give. */
export interface Asked {
  readonly question: Query;
  readonly aligned: AlignedQuestion;
  readonly ranking: Ranking;
  readonly candidates: UnitCandidate[];
  /** Returns the candidate whose text begins so. */
  readonly at: (start: string, kind?: UnitCandidate['unit']['kind']) => UnitCandidate;
}

/** Asks notices, all of which are ranked. Each of them has the facts. */
export async function ask(
  text: string,
  notices: readonly Notice[],
  { contrasts = '', facts = [] }: { readonly contrasts?: string; readonly facts?: readonly Fact[] } = {},
): Promise<Asked> {
  const analyser = fakeAnalyser(DICTIONARY);
  const loaded = await smallIndex(analyser, notices);
  const question = parseQuery(text, analyser, vocabulary, undefined, new Date('2024-05-01T04:00:00Z'));
  const ranking = rankGiven(question, [...loaded.notices.values()], { loaded, rankingModel });
  const aligned = new AlignedQuestion(question, knowledgeOf('', contrasts), analyser, loaded.index);
  const read = notices.map((one, i) => ({ ...stored(i + 1, one), facts }));
  const candidates = findUnitCandidates(aligned, ranking, read, tablesIn);
  return {
    question,
    aligned,
    ranking,
    candidates,
    at: (start, kind = 'sentence') => {
      const found = candidates.find(({ unit }) => unit.kind === kind && unit.text.startsWith(start));
      if (found === undefined) throw new Error(`no ${kind} ${start} among the candidates`);
      return found;
    },
  };
}
