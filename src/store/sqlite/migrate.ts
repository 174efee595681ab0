import { Migrator, type Kysely, type Migration } from 'kysely';
import { OperatorError } from '../../domain/errors.js';
import { storeMessages as m } from '../../messages/store.js';
import type { SqliteConnection } from './connection.js';

/**
 * Schema changes of one database file, applied in order of name. A released migration is never edited. There are no
 * down-migrations: the way back is a backup.
 */
export type Migrations = Readonly<Record<string, Migration>>;

const MIGRATION_TABLE = 'kysely_migration';

/**
 * Returns whether the tables of a file are up to date (`current`) or need `migrate` (`behind`, also for an empty file).
 * Only reads. Throws an `OperatorError` for a database of another program or of another use, and for one written by a
 * newer version; a file that is no database fails with SQLITE_NOTADB.
 */
export async function readSchemaState(
  connection: SqliteConnection,
  file: string,
  migrations: Migrations,
): Promise<'current' | 'behind'> {
  const tables = (await connection.all(`select name from sqlite_master where type = 'table'`)).map(
    (row) => row['name'],
  );
  if (tables.length === 0) return 'behind';
  if (!tables.includes(MIGRATION_TABLE)) throw new OperatorError(m.foreignDatabase(file));
  const applied = (await connection.all(`select name from ${MIGRATION_TABLE} order by name`)).map((row) =>
    String(row['name']),
  );
  const unknown = applied.filter((name) => !Object.hasOwn(migrations, name));
  const [first] = unknown;
  // No known migration was applied: for example, the notices file is configured as the state file, or the reverse.
  if (first !== undefined && unknown.length === applied.length) throw new OperatorError(m.foreignDatabase(file));
  if (first !== undefined) throw new OperatorError(m.newerVersion(file, first));
  return Object.keys(migrations).every((name) => applied.includes(name)) ? 'current' : 'behind';
}

/** Applies the missing migrations in one transaction. Two processes may call it at once. */
export async function migrate<T>(db: Kysely<T>, migrations: Migrations): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error instanceof Error ? error : new Error('migration failed', { cause: error });
}
