import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
} from 'kysely';
import type { SqliteConnection } from './connection.js';

interface ConnectionDialectConfig {
  /** Opened and closed by the caller; kysely's `destroy` leaves it open. */
  readonly connection: SqliteConnection;
  /**
   * Statement that starts a transaction. Writers take the lock first, with `begin immediate`: a deferred `begin` that
   * comes to write fails at once in WAL mode when another process wrote meanwhile.
   */
  readonly begin: 'begin' | 'begin immediate';
}

/** kysely dialect over one `SqliteConnection`, which it uses for one transaction at a time. */
export class ConnectionDialect implements Dialect {
  readonly #config: ConnectionDialectConfig;

  constructor(config: ConnectionDialectConfig) {
    this.#config = config;
  }

  createDriver = (): Driver => new ConnectionDriver(this.#config);
  createQueryCompiler = (): SqliteQueryCompiler => new SqliteQueryCompiler();
  createAdapter = (): SqliteAdapter => new TransactionalAdapter();
  createIntrospector = (db: Kysely<unknown>): SqliteIntrospector => new SqliteIntrospector(db);
}

/** Declares that DDL is transactional, as SQLite's is. With kysely's own adapter, migrations could stop half-way. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class ConnectionDriver implements Driver {
  readonly #sqlite: SqliteConnection;
  readonly #begin: string;
  readonly #connection: DatabaseConnection;
  #release: () => void = () => undefined;

  constructor({ connection, begin }: ConnectionDialectConfig) {
    this.#sqlite = connection;
    this.#begin = begin;
    this.#connection = { executeQuery: (query) => execute(connection, query), streamQuery: refuseToStream };
  }

  init = (): Promise<void> => Promise.resolve();
  destroy = (): Promise<void> => Promise.resolve();

  async acquireConnection(): Promise<DatabaseConnection> {
    this.#release = await this.#sqlite.mutex.lock();
    return this.#connection;
  }

  releaseConnection(): Promise<void> {
    this.#release();
    return Promise.resolve();
  }

  async beginTransaction(): Promise<void> {
    await this.#sqlite.run(this.#begin);
  }

  async commitTransaction(): Promise<void> {
    await this.#sqlite.run('commit');
  }

  async rollbackTransaction(): Promise<void> {
    try {
      await this.#sqlite.run('rollback');
    } catch (error) {
      // On a full disk SQLite rolls back by itself; the first error must reach the caller, not this one.
      if (!(error instanceof Error && error.message.includes('no transaction is active'))) throw error;
    }
  }
}

async function execute<R>(connection: SqliteConnection, query: CompiledQuery): Promise<QueryResult<R>> {
  const node = query.query;
  const changes = node.kind === 'InsertQueryNode' || node.kind === 'UpdateQueryNode' || node.kind === 'DeleteQueryNode';
  if (changes && node.returning === undefined) {
    const changed = await connection.run(query.sql, query.parameters);
    return { rows: [], numAffectedRows: BigInt(changed) };
  }
  // kysely promises R from the query's types; the rows cannot be checked here.
  return { rows: (await connection.all(query.sql, query.parameters)) as R[] };
}

function refuseToStream(): never {
  throw new Error('streaming would keep the connection from everyone else; read in pages');
}
