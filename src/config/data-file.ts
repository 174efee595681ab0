import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { z } from 'zod';
import { OperatorError } from '../domain/errors.js';
import { operatorMessages as m } from '../messages/operator.js';

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
  const result = schema.safeParse(json);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new OperatorError(m.dataFileInvalid(basename(file), issue?.path.join('.') ?? '', issue?.message ?? ''));
  }
  return result.data;
}
