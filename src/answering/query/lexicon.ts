import { OperatorError } from '../../domain/errors.js';
import { operatorMessages as m } from '../../messages/operator.js';
import { MultiWordMatcher } from '../../text/word-list.js';

/** How a word of a question is related to a word of a notice. */
export type Relation = 'same' | 'kind' | 'part';

/** A word that may stand for another, by the lexicon. */
export interface RelatedWord {
  readonly word: string;
  readonly relation: Relation;
}

/** A lexicon word that a question holds, with the words that may stand for it. */
export interface LexiconEntry {
  readonly word: string;
  readonly related: readonly RelatedWord[];
}

/** Everyday, official, dialect and short words of public life, and how they are related. */
export interface Lexicon {
  /** Number of groups. */
  readonly size: number;
  /** Returns the entries whose words occur in a folded text, in no order. One pass over the text. */
  in(folded: string): LexiconEntry[];
}

/** A text file of a data folder. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** One line of a lexicon file. `over` is empty for words of the same meaning. */
interface Group {
  readonly relation: Relation;
  readonly words: readonly string[];
  readonly over: readonly string[];
}

const LINE = /^([=<@]) ([^|]+?)(?: \| ([^|]+))?$/u;
const RELATIONS: Readonly<Record<string, Relation>> = { '=': 'same', '<': 'kind', '@': 'part' };
/** Upper bound on the words that may stand for one: a word of a dozen groups has no clear meaning. */
const MOST_RELATED = 24;

/**
 * Reads lexicon files: `= a b c` (the same), `< a b | c` (a and b are kinds of c), `@ a b | c` (parts of c); a line that
 * begins with `#` is a comment. The words are in folded form. Throws an `OperatorError` that names file and line.
 */
export function parseLexicon(files: readonly NamedText[]): Lexicon {
  const groups: Group[] = [];
  const groupsOf = new Map<string, number[]>();
  for (const { name, text } of files) {
    for (const [i, line] of text.split('\n').entries()) {
      if (line.trim() === '' || line.startsWith('#')) continue;
      const group = parseGroup(line.trim());
      if (group === null) throw new OperatorError(m.dataFileInvalid(name, `${i + 1}`, line.slice(0, 60)));
      for (const word of [...group.words, ...group.over]) {
        const known = groupsOf.get(word);
        if (known === undefined) groupsOf.set(word, [groups.length]);
        else known.push(groups.length);
      }
      groups.push(group);
    }
  }
  const words = [...groupsOf.keys()];
  const matcher = new MultiWordMatcher(words);
  return {
    size: groups.length,
    in: (folded) =>
      matcher.find(folded).map((n) => {
        const word = words[n] ?? '';
        return {
          word,
          related: relatedTo(
            word,
            (groupsOf.get(word) ?? []).flatMap((g) => groups.slice(g, g + 1)),
          ),
        };
      }),
  };
}

function parseGroup(line: string): Group | null {
  const [, sign = '', left = '', right = ''] = LINE.exec(line) ?? [];
  const relation = RELATIONS[sign];
  const [words, over] = [left, right].map((part) => part.split(' ').filter((word) => word !== ''));
  if (relation === undefined || words === undefined || over === undefined) return null;
  const isWhole = relation === 'same' ? words.length > 1 && over.length === 0 : words.length > 0 && over.length > 0;
  return isWhole && [...words, ...over].every((word) => word.length > 1) ? { relation, words, over } : null;
}

/** Returns the words that may stand for one, each once, those of the same meaning first. */
function relatedTo(word: string, groups: readonly Group[]): RelatedWord[] {
  const found = new Map<string, Relation>();
  const sorted = [...groups].sort((a, b) => Number(a.relation !== 'same') - Number(b.relation !== 'same'));
  for (const { relation, words, over } of sorted) {
    // A question about all pets is also met, less surely, by a line about cats.
    const others = relation === 'same' || over.includes(word) ? words : over;
    for (const other of others) if (other !== word && !found.has(other)) found.set(other, relation);
  }
  return [...found].slice(0, MOST_RELATED).map(([other, relation]) => ({ word: other, relation }));
}
