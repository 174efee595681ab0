import { basename } from 'node:path';

/** File or folder named in the settings; an admin can have nothing else read. */
export interface ConfiguredSource {
  /** 1-based, in the order of the settings. */
  readonly number: number;
  /** Last part of the path, with a number appended where two are the same. */
  readonly name: string;
  readonly path: string;
}

export function nameSources(paths: readonly string[]): ConfiguredSource[] {
  const given = new Map<string, number>();
  return paths.map((path, i) => {
    const base = basename(path) === '' ? path : basename(path);
    const count = (given.get(base) ?? 0) + 1;
    given.set(base, count);
    return { number: i + 1, name: count === 1 ? base : `${base} (${String(count)})`, path };
  });
}

/** Returns the sources that the words name: all for '', else the one of that number or name; null for none. */
export function selectSources(sources: readonly ConfiguredSource[], words: string): ConfiguredSource[] | null {
  if (words === '') return [...sources];
  const wanted = words.toLowerCase();
  const found = sources.find(({ number, name }) => name.toLowerCase() === wanted || String(number) === wanted);
  return found === undefined ? null : [found];
}
