import { answerTypesSchema, createAnswerTypes } from '../../src/answering/query/answer-types.js';
import { parseContrasts } from '../../src/answering/query/contrasts.js';
import { parseLexicon } from '../../src/answering/query/lexicon.js';
import type { Knowledge } from '../../src/answering/candidates/alignment.js';
import { dataFiles, readDataFile, readTextFiles } from '../../src/bootstrap/data-files.js';

/** Loads what the scorer knows of words; without the lexicon or the contrasts to measure what they bring. */
export function loadKnowledge(without: readonly string[] = []): Knowledge {
  return {
    lexicon: parseLexicon(without.includes('lexicon') ? [] : readTextFiles('lexicon')),
    contrasts: parseContrasts(without.includes('contrasts') ? [] : readTextFiles('contrasts')),
    answerTypes: createAnswerTypes(readDataFile(`${dataFiles.directory}answer-types.json`, answerTypesSchema)),
  };
}
