import { dayInShanghai } from '../domain/day.js';
import type { LoadedIndex } from '../index/loaded-index.js';
import type { Question } from '../question/understand.js';

/** Two questions of each of a hundred chats that are talking at the moment. */
const MOST = 200;

/**
 * Questions as they were read last. One is read again by what comes after it in
 * the same answer, and by the follow-up that goes on from it minutes later. What
 * is kept holds for one index and one day (去年 is read as a year), and is
 * forgotten with either; nothing is kept of the notices or of an answer.
 */
export class Readings {
  readonly #read: (text: string, loaded: LoadedIndex, now: Date) => Question;
  /** By text, in order of last use. */
  readonly #known = new Map<string, Question>();
  #loaded: LoadedIndex | null = null;
  #day = '';

  constructor(read: (text: string, loaded: LoadedIndex, now: Date) => Question) {
    this.#read = read;
  }

  of(text: string, loaded: LoadedIndex, now: Date): Question {
    const day = dayInShanghai(now);
    if (loaded !== this.#loaded || day !== this.#day) this.#known.clear();
    this.#loaded = loaded;
    this.#day = day;
    const question = this.#known.get(text) ?? this.#read(text, loaded, now);
    this.#known.delete(text);
    this.#known.set(text, question);
    const [oldest] = this.#known.size > MOST ? this.#known.keys() : [];
    if (oldest !== undefined) this.#known.delete(oldest);
    return question;
  }
}
