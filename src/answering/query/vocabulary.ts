import { z } from 'zod';
import type { Intent } from '../../domain/answer.js';
import { fold } from '../../text/fold.js';
import { MultiWordMatcher } from '../../text/word-list.js';
import type { RequestRules } from './requested-fact.js';

const intentName = z.enum([
  'deadline',
  'contact',
  'place',
  'number',
  'list',
  'howto',
  'attachment',
  'find',
  'fact',
  'chitchat',
]) satisfies z.ZodType<Intent>;

const words = z.array(z.string().min(1)).min(1);

/** Schema of `data/intents.json`. */
export const intentsSchema = z.object({
  about: z.string(),
  intents: z.array(z.object({ intent: intentName, cues: words })).min(1),
  fallback: intentName,
  chitchat: words,
  notForUs: words,
});
/** Schema of `data/question-frames.json`. */
export const framesSchema = z.object({ about: z.string(), frames: words, english: words });

/** Schema of `data/synonyms.json`. */
export const synonymsSchema = z.object({
  about: z.string(),
  weight: z.number().min(0).max(1),
  /** One way: a question that holds the first word is also answered by the second. */
  short: z.array(z.tuple([z.string().min(1), z.string().min(1)])),
  /** Groups of synonyms, any for any other. */
  groups: z.array(z.array(z.string().min(2).max(16)).min(2)),
  /** Groups of opposites, used alike: any of them answers a question that holds another (收费, 免费). */
  answers: z.array(z.array(z.string().min(2).max(16)).min(2)),
});

const paraphrases = z.array(z.object({ means: words, says: words }));
/** Schema of `data/paraphrases.json`. */
export const paraphrasesSchema = z.object({ about: z.string(), asks: paraphrases, subject: paraphrases });

/** An everyday phrase, and the word by which notices say it. */
export interface Paraphrase {
  readonly phrase: string;
  readonly replacement: string;
  /** Synonyms of `replacement`. */
  readonly synonyms: readonly string[];
  /** True when it only names the kind of fact wanted. */
  readonly namesFactKind: boolean;
}

/** Word lists for reading questions, all of them data. */
export interface Vocabulary {
  readonly intents: readonly { readonly intent: Intent; readonly cues: readonly string[] }[];
  readonly fallback: Intent;
  readonly chitchat: ReadonlySet<string>;
  /** Orders to the bot and abuse: a text that holds one is no question about notices. */
  readonly rejectedPhrases: readonly string[];
  /** Longest first. */
  readonly frames: readonly string[];
  /** English frame words; whole words only. */
  readonly englishFrames: ReadonlySet<string>;
  /** Per word, all its synonyms; folded. */
  readonly synonyms: ReadonlyMap<string, readonly string[]>;
  readonly synonymWeight: number;
  /** Longest first. */
  readonly paraphrases: readonly Paraphrase[];
  readonly asks: RequestRules;
}

/** Contents of the files that the vocabulary is made of. */
export interface VocabularyData {
  readonly intents: z.infer<typeof intentsSchema>;
  readonly frames: z.infer<typeof framesSchema>;
  readonly synonyms: z.infer<typeof synonymsSchema>;
  readonly paraphrases: z.infer<typeof paraphrasesSchema>;
  readonly asks: RequestRules;
}

/** Folds the words of the files and puts them in the order in which questions are matched with them. */
export function createVocabulary({ asks, paraphrases: phrases, ...data }: VocabularyData): Vocabulary {
  const { intents, fallback, chitchat, notForUs } = data.intents;
  const { frames, english } = data.frames;
  const { short, groups, answers, weight } = data.synonyms;
  return {
    intents: intents.map(({ intent, cues }) => ({ intent, cues: cues.map(fold) })),
    fallback,
    chitchat: new Set(chitchat.map(fold)),
    rejectedPhrases: notForUs.map(fold),
    frames: frames.map(fold).sort((a, b) => b.length - a.length),
    englishFrames: new Set(english),
    synonyms: synonymsOf(short, [...groups, ...answers]),
    synonymWeight: weight,
    paraphrases: [
      ...phrases.asks.flatMap((row) => paraphrasesOf(row, true)),
      ...phrases.subject.flatMap((row) => paraphrasesOf(row, false)),
    ].sort((a, b) => b.phrase.length - a.phrase.length),
    asks,
  };
}

function synonymsOf(
  short: readonly (readonly [string, string])[],
  groups: readonly (readonly string[])[],
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const add = (word: string, other: string): void => {
    const known = found.get(word);
    if (known === undefined) found.set(word, [other]);
    else if (!known.includes(other)) known.push(other);
  };
  for (const [from, to] of short) add(fold(from), fold(to));
  for (const group of groups.map((words) => words.map(fold))) {
    for (const word of group) for (const other of group) if (word !== other) add(word, other);
  }
  return found;
}

function paraphrasesOf(
  { means, says }: { means: readonly string[]; says: readonly string[] },
  isAsk: boolean,
): Paraphrase[] {
  const [first = '', ...others] = means.map(fold);
  return says.map((phrase) => ({ phrase: fold(phrase), replacement: first, synonyms: others, namesFactKind: isAsk }));
}

/** Finds words of the vocabulary in folded text; each list is in the vocabulary's order. */
interface VocabularyFinders {
  /** Frame words, to be replaced one after another by a blank. */
  frames(folded: string): string[];
  synonyms(folded: string): (readonly [word: string, synonyms: readonly string[]])[];
  paraphrases(folded: string): Paraphrase[];
}

const known = new WeakMap<Vocabulary, VocabularyFinders>();

/** Returns the finders of a vocabulary, made once: it has thousands of words, a question a few dozen characters. */
export function findersOf(vocabulary: Vocabulary): VocabularyFinders {
  const finders = known.get(vocabulary) ?? makeFinders(vocabulary);
  known.set(vocabulary, finders);
  return finders;
}

function makeFinders({ frames, synonyms, paraphrases }: Vocabulary): VocabularyFinders {
  return {
    // A frame with a blank may arise only when others are removed: it is always tried.
    frames: createFinder(frames, (frame) => (frame.includes(' ') ? '' : frame)),
    synonyms: createFinder([...synonyms], ([word]) => word),
    paraphrases: createFinder(paraphrases, ({ phrase }) => phrase),
  };
}

function createFinder<T>(entries: readonly T[], wordOf: (entry: T) => string): (folded: string) => T[] {
  const matcher = new MultiWordMatcher(entries.map(wordOf));
  return (folded) => matcher.find(folded).flatMap((n) => entries.slice(n, n + 1));
}
