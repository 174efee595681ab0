import { LRUCache } from 'lru-cache';
import { dayInShanghai } from '../domain/dates.js';
import type { LoadedIndex } from '../index/loaded-index.js';
import type { Query } from './query/parse-query.js';

/** Upper bound on cached questions: two for each of a hundred chats talking at the same time. */
const MAX_CACHED_QUESTIONS = 200;

/**
 * Cache of parsed questions: one is parsed again by later steps of the same answer, and by a follow-up minutes later.
 * Entries hold for one index and one day (去年 is resolved to a year) and are dropped with either. Nothing of the
 * notices or of an answer is cached.
 */
export class QuestionCache {
  readonly #read: (text: string, loaded: LoadedIndex, now: Date) => Query;
  /** Questions by text. */
  readonly #known = new LRUCache<string, Query>({ max: MAX_CACHED_QUESTIONS });
  #loaded: LoadedIndex | null = null;
  #day = '';

  constructor(read: (text: string, loaded: LoadedIndex, now: Date) => Query) {
    this.#read = read;
  }

  get(text: string, loaded: LoadedIndex, now: Date): Query {
    const day = dayInShanghai(now);
    if (loaded !== this.#loaded || day !== this.#day) this.#known.clear();
    this.#loaded = loaded;
    this.#day = day;
    const question = this.#known.get(text) ?? this.#read(text, loaded, now);
    this.#known.set(text, question);
    return question;
  }
}
