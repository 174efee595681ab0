import type { Context, Filter } from 'grammy';
import type { Logger } from 'pino';
import type { AdminAccess } from '../../operations/admin-access.js';
import type { Broadcasts } from '../../notify/broadcasts.js';
import type { Pins } from '../../operations/pins.js';
import type { Reindexer } from '../../ingest/pipeline/reindexer.js';
import type { ConfiguredSource } from '../../ingest/pipeline/configured-sources.js';
import type { RunStatus, Status } from '../../operations/status.js';
import type { UnansweredQueue } from '../../operations/unanswered.js';
import type { adminCommandTexts } from '../../messages/admin.js';
import type { MessageContext } from '../ui/reply.js';

/** Services that the admin commands use. */
export interface AdminServices {
  readonly access: AdminAccess;
  readonly sources: readonly ConfiguredSource[];
  /** Returns, for each source in order, the newest run that read it; null when there was none. */
  readonly lastRuns: () => Promise<readonly (RunStatus | null)[]>;
  readonly reindexer: Reindexer;
  readonly status: () => Promise<Status>;
  readonly unanswered: UnansweredQueue;
  readonly pins: Pins;
  readonly broadcasts: Broadcasts;
}

export interface AdminDependencies extends AdminServices {
  readonly log: Logger;
  readonly now: () => Date;
  /** Takes a task that outlives its update, such as a run; a stop may wait for it. */
  readonly runInBackground: (task: Promise<unknown>) => void;
  /** Interval between edits of a progress message; default 3 s. */
  readonly editIntervalMs?: number | undefined;
}

export type PressContext = Filter<Context, 'callback_query:data'>;

/** Admin command: one file that defines it and one line in `features.ts`. Runs only for admins, in private chats. */
export interface AdminCommand {
  readonly name: keyof typeof adminCommandTexts;
  /** @param argument text after the command name, trimmed; '' when there is none */
  run(ctx: MessageContext, argument: string, tools: AdminDependencies): Promise<void>;
  readonly buttons?: readonly AdminButton[];
}

/** Button whose callback data begins with `prefix`. Handled only for admins, in private chats. */
export interface AdminButton {
  readonly prefix: string;
  press(ctx: PressContext, numbers: readonly number[], tools: AdminDependencies): Promise<void>;
}
