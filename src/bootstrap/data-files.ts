import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { OperatorError } from '../domain/errors.js';
import { operatorMessages as m } from '../messages/operator.js';

/** Path of `data/`, a sibling of both `src/` and `dist/`: the same relative path before and after compiling. */
const DATA_DIRECTORY = fileURLToPath(new URL('../../data/', import.meta.url));

/** Paths of the data that ships with the program; `loadProgramData` reads the JSON files in `directory`. */
export const dataFiles = {
  directory: DATA_DIRECTORY,
  userDictionary: `${DATA_DIRECTORY}dictionary/user.dict.txt`,
  sample: `${DATA_DIRECTORY}sample-bulletin.txt`,
};

/**
 * Reads one of the program's own JSON data files and checks it against its
 * schema. Throws an `OperatorError` that names the file and the place in it.
 */
export function readDataFile<T>(file: string, schema: z.ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new OperatorError(m.dataFileUnreadable(basename(file), cause), { cause });
  }
  const result = schema.safeParse(json, { error: z.locales.zhCN().localeError });
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new OperatorError(m.dataFileInvalid(basename(file), nameOf(issue?.path ?? [], json), issue?.message ?? ''));
  }
  return result.data;
}

/** Reads the text files of a folder of `data/`, by name. Throws an `OperatorError` that names the folder. */
export function readTextFiles(folder: string): { readonly name: string; readonly text: string }[] {
  try {
    return readdirSync(DATA_DIRECTORY + folder)
      .filter((name) => name.endsWith('.txt'))
      .sort()
      .map((name) => ({ name: `${folder}/${name}`, text: readFileSync(`${DATA_DIRECTORY}${folder}/${name}`, 'utf8') }));
  } catch (cause) {
    throw new OperatorError(m.dataFileUnreadable(folder, cause), { cause });
  }
}

/** Formats a path with the names of the entries on it: `injections.0（某名）.contexts.2`. */
function nameOf(path: readonly PropertyKey[], json: unknown): string {
  const parts: string[] = [];
  let value: unknown = json;
  for (const key of path) {
    value = typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;
    const name = typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined;
    parts.push(typeof name === 'string' ? `${String(key)}（${name}）` : String(key));
  }
  return parts.join('.');
}
