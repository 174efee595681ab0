import { basename } from 'node:path';

/** A file or folder that the settings name; the only things that an admin may have read. */
export interface Source {
  /** 1-based, in the order of the settings. */
  readonly number: number;
  /** The last part of the path; a number behind it where two are called the same. */
  readonly name: string;
  readonly path: string;
}

export function sourcesOf(paths: readonly string[]): Source[] {
  const given = new Map<string, number>();
  return paths.map((path, i) => {
    const base = basename(path) === '' ? path : basename(path);
    const count = (given.get(base) ?? 0) + 1;
    given.set(base, count);
    return { number: i + 1, name: count === 1 ? base : `${base} (${String(count)})`, path };
  });
}

/** The sources that an admin's words mean: all of them for none, else one by its number or name; null when there is none such. */
export function chosenSources(sources: readonly Source[], words: string): Source[] | null {
  if (words === '') return [...sources];
  const wanted = words.toLowerCase();
  const found = sources.find(({ number, name }) => name.toLowerCase() === wanted || String(number) === wanted);
  return found === undefined ? null : [found];
}
