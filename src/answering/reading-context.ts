import type { AmendmentWords } from './candidates/editions.js';
import type { CandidateDependencies } from './candidates/answer-candidate.js';
import type { PersonNameReader } from '../ingest/facts/contact/segments.js';
import type { FindTables } from '../ingest/facts/table/find-tables.js';
import type { Vocabulary } from './query/vocabulary.js';
import type { Analyser } from '../text/analyser.js';

/** Rules and analysers for reading an answer from a notice, besides its facts. */
export interface ReadingDependencies {
  readonly amendments: AmendmentWords;
  readonly vocabulary: Vocabulary;
  readonly analyser: Analyser;
  readonly tablesIn: FindTables;
  readonly readName: PersonNameReader['readUnannounced'];
}

/** Returns the part of an answer's context that is the same for every question. */
export function createReadingContext(
  deps: ReadingDependencies,
): Pick<CandidateDependencies, 'amendments' | 'tables' | 'peopleIn'> {
  const { amendments, vocabulary, analyser, tablesIn, readName } = deps;
  return {
    amendments,
    tables: { tablesIn, columns: vocabulary.asks.columns },
    // The tagger also tags 银奖 and 即日 as names.
    peopleIn: (text) => [...analyser.people(text), ...findListedNames(text)].filter((name) => readName(name) !== null),
  };
}

const LIST_SEPARATOR = /[^\p{Script=Han}]+/u;

/** Returns three-character pieces between signs, for lists of names in no dictionary: 傅晚舟、祁诗涵. */
function findListedNames(text: string): string[] {
  return text.split(LIST_SEPARATOR).filter((piece) => piece.length === 3);
}
