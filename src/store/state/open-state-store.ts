import type { OperatorError } from '../../domain/errors.js';
import { DatabaseFile } from '../sqlite/database-file.js';
import { GroupCommit } from '../sqlite/group-commit.js';
import { UnreadableRows } from '../sqlite/unreadable-rows.js';
import type { StateStore } from '../state-store.js';
import { auditLog, jobMarks, pinTable } from './admin-tables.js';
import { announcedFactTable } from './announced-facts.js';
import { chatRegister } from './chats.js';
import { ledger } from './delivery-ledger.js';
import { stateMigrations } from './migrations.js';
import { questionLog } from './question-log.js';
import { reminderTable } from './reminders.js';
import { forgetChat, prune } from './retention.js';
import type { StateTables } from './rows.js';
import type { StateDb, StateTransaction } from './state-database.js';
import { subscriptionTable } from './subscriptions.js';

export interface StateStoreOptions {
  /** Created with its folder when missing. `-wal` and `-shm` files exist beside it while it is open. */
  readonly file: string;
  /** How long a write waits for another process's write. Default 10,000; 0 does not wait. */
  readonly busyTimeoutMs?: number;
  /**
   * Called once for each stored row that cannot be read; the row is skipped and left unchanged. Default: a process
   * warning.
   */
  readonly onUnreadableRow?: (error: OperatorError) => void;
}

/**
 * Opens the state store on a SQLite file and migrates its tables. Throws an `OperatorError` when the file is unusable
 * (see `DatabaseFile.open`). A change is on the disk once its promise resolves.
 */
export async function openStateStore(options: StateStoreOptions): Promise<StateStore> {
  const { onUnreadableRow = warn } = options;
  const file = await DatabaseFile.open<StateTables>({
    file: options.file,
    migrations: stateMigrations,
    // A lost row here is a lost or a doubled message.
    synchronous: 'full',
    busyTimeoutMs: options.busyTimeoutMs,
  });
  const commits = new GroupCommit<StateTransaction>((work) => file.write(work));
  const db: StateDb = {
    read: (work) => file.read(work),
    write: (work) => commits.write(work),
    unreadableRows: new UnreadableRows(file.file, onUnreadableRow),
  };
  return {
    chats: chatRegister(db),
    subscriptions: subscriptionTable(db),
    reminders: reminderTable(db),
    announcedFacts: announcedFactTable(db),
    ledger: ledger(db),
    questions: questionLog(db),
    pins: pinTable(db),
    audit: auditLog(db),
    marks: jobMarks(db),
    forget: (chatId) => db.write((trx) => forgetChat(trx, chatId)),
    prune: (limits) => prune(db, limits),
    async close() {
      await commits.close();
      await file.close();
    },
  };
}

function warn(error: OperatorError): void {
  process.emitWarning(error);
}
