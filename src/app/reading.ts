import type { AmendmentWords } from '../answer/editions.js';
import type { ProposalContext } from '../answer/proposal.js';
import type { NameReader } from '../facts/contact/names.js';
import type { FindTables } from '../facts/table/tables.js';
import type { Vocabulary } from '../question/vocabulary.js';
import type { Analyser } from '../text/analyser.js';

/** Rules and analysers for reading an answer from a notice, besides its facts. */
export interface ReadingDependencies {
  readonly amendments: AmendmentWords;
  readonly vocabulary: Vocabulary;
  readonly analyser: Analyser;
  readonly tablesIn: FindTables;
  readonly readName: NameReader['bare'];
}

/** Returns the part of an answer's context that is the same for every question. */
export function readingOf(deps: ReadingDependencies): Pick<ProposalContext, 'amendments' | 'tables' | 'peopleIn'> {
  const { amendments, vocabulary, analyser, tablesIn, readName } = deps;
  return {
    amendments,
    tables: { tablesIn, columns: vocabulary.asks.columns },
    // The tagger also tags 银奖 and 即日 as names.
    peopleIn: (text) => [...analyser.people(text), ...listedIn(text)].filter((name) => readName(name) !== null),
  };
}

const LIST_SEPARATOR = /[^\p{Script=Han}]+/u;

/** Returns three-character pieces between signs, for lists of names in no dictionary: 傅晚舟、祁诗涵. */
function listedIn(text: string): string[] {
  return text.split(LIST_SEPARATOR).filter((piece) => piece.length === 3);
}
