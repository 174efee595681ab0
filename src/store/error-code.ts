/** Returns the `code` of an error of Node.js or of sqlite3 ('ENOENT', 'SQLITE_BUSY'), or '' when it has none. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
