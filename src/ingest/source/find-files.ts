import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sourceMessages as m } from '../../messages/source.js';

/**
 * Lists the files to read for a path: the file itself, or a folder's `*.txt` and `*.jsonl` files in name order.
 * Returns the message for the operator (a string) when there are none.
 */
export async function findFiles(path: string): Promise<readonly string[] | string> {
  try {
    const info = await stat(path);
    if (info.isFile()) return [path];
    if (!info.isDirectory()) return m.notAFile(path);
    const entries = await readdir(path, { withFileTypes: true });
    const names = entries
      .filter((entry) => (entry.isFile() || entry.isSymbolicLink()) && /\.(?:txt|jsonl)$/i.test(entry.name))
      .map((entry) => entry.name);
    return names.length === 0 ? m.emptyFolder(path) : names.sort().map((name) => join(path, name));
  } catch (error) {
    const reason = failureReason(error);
    return reason === 'ENOENT' || reason === 'ENOTDIR' ? m.notFound(path) : m.unreadable(path, reason);
  }
}

/** Returns the system error code (`EACCES`) of an error, or its message when it has no code. */
export function failureReason(error: unknown): string {
  if (error instanceof Error) return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
  return String(error);
}
