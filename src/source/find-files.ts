import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sourceMessages as m } from '../messages/source.js';

/** The files that a path stands for, in name order; a string is the message why there are none. */
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

/** The system's short code of a failure (`EACCES`), or its message. */
export function failureReason(error: unknown): string {
  if (error instanceof Error) return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
  return String(error);
}
