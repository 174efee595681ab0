import type { z } from 'zod';
import { amendmentsSchema } from '../answering/candidates/editions.js';
import { passageModelSchema } from '../answering/candidates/passage-model.js';
import { followUpSchema } from '../answering/conversation/conversation-cues.js';
import { recencySchema } from '../answering/query/news-query.js';
import { asksSchema } from '../answering/query/requested-fact.js';
import {
  createVocabulary,
  framesSchema,
  intentsSchema,
  paraphrasesSchema,
  synonymsSchema,
} from '../answering/query/vocabulary.js';
import { rankingSchema } from '../answering/retrieval/ranking-model.js';
import { regionsSchema } from '../answering/retrieval/regions.js';
import { scorerSchema } from '../answering/scoring/unit-scorer.js';
import { answerTypesSchema, createAnswerTypes } from '../answering/query/answer-types.js';
import { parseContrasts } from '../answering/query/contrasts.js';
import { parseLexicon } from '../answering/query/lexicon.js';
import { createPersonNameReader } from '../ingest/facts/contact/segments.js';
import { contactRulesSchema } from '../ingest/facts/contact/rules.js';
import { itemRulesSchema } from '../ingest/facts/item/rules.js';
import { periodRulesSchema } from '../ingest/facts/period/rules.js';
import { quantityRulesSchema } from '../ingest/facts/quantity/rules.js';
import { tableRulesSchema } from '../ingest/facts/table/rules.js';
import { createTableFinder } from '../ingest/facts/table/find-tables.js';
import { repairRulesSchema } from '../ingest/repair/rules.js';
import { columnRulesSchema } from '../ingest/source/column-names.js';
import { notifyRulesSchema } from '../notify/deadline-rules.js';
import { refusalSchema } from '../notify/delivery/classify-result.js';
import { dataFiles, readDataFile, readTextFiles } from './data-files.js';

/** Rules and models that ship with the program. */
export type ProgramData = ReturnType<typeof loadProgramData>;

/** Reads and checks all JSON files in `data/`. Throws an `OperatorError` that names the bad file and the place in it. */
export function loadProgramData() {
  const read = <T>(name: string, schema: z.ZodType<T>): T => readDataFile(dataFiles.directory + name, schema);
  const facts = {
    contacts: read('contacts.json', contactRulesSchema),
    periods: read('periods.json', periodRulesSchema),
    items: read('items.json', itemRulesSchema),
    quantities: read('quantities.json', quantityRulesSchema),
    tables: read('tables.json', tableRulesSchema),
  };
  return {
    repairs: read('repairs.json', repairRulesSchema),
    columns: read('columns.json', columnRulesSchema),
    facts,
    tablesIn: createTableFinder(facts.tables),
    readName: createPersonNameReader(facts.contacts).readUnannounced,
    vocabulary: createVocabulary({
      intents: read('intents.json', intentsSchema),
      frames: read('question-frames.json', framesSchema),
      synonyms: read('synonyms.json', synonymsSchema),
      paraphrases: read('paraphrases.json', paraphrasesSchema),
      asks: read('asks.json', asksSchema),
    }),
    recency: read('recency.json', recencySchema),
    amendments: read('amendments.json', amendmentsSchema),
    followUps: read('follow-ups.json', followUpSchema),
    rankingModel: {
      weights: read('ranking.json', rankingSchema).weights,
      regions: read('regions.json', regionsSchema),
    },
    passageModel: read('evidence.json', passageModelSchema),
    knowledge: {
      lexicon: parseLexicon(readTextFiles('lexicon')),
      contrasts: parseContrasts(readTextFiles('contrasts')),
      answerTypes: createAnswerTypes(read('answer-types.json', answerTypesSchema)),
    },
    scorer: read('scorer.json', scorerSchema),
    notify: read('notify.json', notifyRulesSchema),
    telegramErrors: read('telegram-errors.json', refusalSchema),
  };
}
