/** The `code` of an error of Node or of sqlite3 ('ENOENT', 'SQLITE_BUSY'), or ''. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
