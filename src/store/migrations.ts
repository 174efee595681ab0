import { Migrator, type Kysely, type Migration } from 'kysely';
import { OperatorError } from '../domain/errors.js';
import { storeMessages as m } from '../messages/store.js';
import type { SqliteConnection } from './sqlite-connection.js';

/**
 * Every change of a file's tables, by name in order. One that has been released
 * is never edited; there is no way down, a backup is.
 */
export type Migrations = Readonly<Record<string, Migration>>;

const MIGRATION_TABLE = 'kysely_migration';

/**
 * What stands in the file: `current` needs nothing, `behind` needs `migrate`
 * (an empty file too). Only reads. Throws an `OperatorError` for a file that
 * is no database, another program's or of another use, or a newer version's.
 */
export async function inspectDatabase(
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
  // None of ours among them: the notices where what readers told the bot should stand, or the other way round.
  if (first !== undefined && unknown.length === applied.length) throw new OperatorError(m.foreignDatabase(file));
  if (first !== undefined) throw new OperatorError(m.newerVersion(file, first));
  return Object.keys(migrations).every((name) => applied.includes(name)) ? 'current' : 'behind';
}

/** Applies what is missing, in one transaction; two processes may do it at once. */
export async function migrate<T>(db: Kysely<T>, migrations: Migrations): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...migrations }) } });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error instanceof Error ? error : new Error('migration failed', { cause: error });
}
