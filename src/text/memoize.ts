import { LRUCache } from 'lru-cache';

/** Longest text, in UTF-16 units, that is cached; longer ones (bodies of notices being indexed) are read only once. */
const LONGEST = 400;

/**
 * Memoizes a function of a text, in a cache of `max` entries with least-recently-used eviction: several parts of the
 * program process the same question. Only for pure functions whose results are not mutated.
 */
export function memoizeLru<T extends object | string | boolean>(
  read: (text: string) => T,
  max: number,
): (text: string) => T {
  const cache = new LRUCache<string, T>({ max });
  return (text) => {
    if (text.length > LONGEST) return read(text);
    const cached = cache.get(text);
    if (cached !== undefined) return cached;
    const result = read(text);
    cache.set(text, result);
    return result;
  };
}

/** Memoizes a function of two objects for as long as both live. Only for pure functions. */
export function memoizeWeak<A extends object, B extends object, T>(read: (a: A, b: B) => T): (a: A, b: B) => T {
  const cache = new WeakMap<B, WeakMap<A, T>>();
  return (a, b) => {
    const known = cache.get(b) ?? new WeakMap<A, T>();
    cache.set(b, known);
    const result = known.get(a) ?? read(a, b);
    known.set(a, result);
    return result;
  };
}
