import { OperatorError } from '../../domain/errors.js';
import { operatorMessages as m } from '../../messages/operator.js';
import { MultiWordMatcher } from '../../text/word-list.js';
import type { NamedText } from './lexicon.js';

/** Words of one kind that exclude each other; the spellings of one member stand together. */
export type ContrastSet = readonly (readonly string[])[];

/** A member of a contrast set that a text names, with the other members of its set. */
export interface NamedContrast {
  readonly named: readonly string[];
  readonly others: readonly string[];
}

export interface Contrasts {
  readonly sets: readonly ContrastSet[];
  /** Returns, for each set of which a folded text names some members but not all, those and the others. */
  in(folded: string): NamedContrast[];
}

/**
 * Reads contrast sets: one a line, members separated by blanks, the spellings of a member by `/`; `#` begins a comment.
 * Throws an `OperatorError` that names file and line.
 */
export function parseContrasts(files: readonly NamedText[]): Contrasts {
  const sets: ContrastSet[] = [];
  for (const { name, text } of files) {
    for (const [i, line] of text.split('\n').entries()) {
      if (line.trim() === '' || line.startsWith('#')) continue;
      const members = line
        .trim()
        .split(/ +/)
        .map((member) => member.split('/'));
      if (members.length < 2 || members.flat().includes(''))
        throw new OperatorError(m.dataFileInvalid(name, `${i + 1}`, line.slice(0, 60)));
      sets.push(members);
    }
  }
  const places = sets.flatMap((set, s) => set.flatMap((words, m) => words.map((word) => ({ word, s, m }))));
  const matcher = new MultiWordMatcher(places.map(({ word }) => word));
  return {
    sets,
    in(folded) {
      const found = new Map<number, Set<number>>();
      const hits = matcher.find(folded).flatMap((n) => places.slice(n, n + 1));
      for (const { word, s, m } of hits) {
        // 教授 within 副教授 is not named, unless it stands elsewhere too.
        const longer = hits.filter((one) => one.s === s && one.m !== m && one.word.includes(word));
        const rest = longer.reduce((text, one) => text.replaceAll(one.word, ' '), folded);
        if (longer.length > 0 && !rest.includes(word)) continue;
        found.set(s, (found.get(s) ?? new Set()).add(m));
      }
      return [...found].flatMap(([s, members]) => {
        const set = sets[s] ?? [];
        const others = set.filter((_, m) => !members.has(m)).flat();
        return others.length === 0 ? [] : [{ named: set.filter((_, m) => members.has(m)).flat(), others }];
      });
    },
  };
}
