import type { Context, Filter } from 'grammy';
import type { Logger } from 'pino';
import type { AdminAccess } from '../../app/admin-access.js';
import type { Broadcasts } from '../../app/broadcast.js';
import type { Pins } from '../../app/pins.js';
import type { Reindexer } from '../../app/reindex.js';
import type { Source } from '../../app/sources.js';
import type { RunLine, Status } from '../../app/status.js';
import type { Unanswered } from '../../app/unanswered.js';
import type { adminCommandTexts } from '../../messages/admin.js';

/** What the admin's commands work on. */
export interface AdminServices {
  readonly access: AdminAccess;
  readonly sources: readonly Source[];
  /** For each source, in their order, the newest run that read it. */
  readonly lastRuns: () => Promise<readonly (RunLine | null)[]>;
  readonly reindexer: Reindexer;
  readonly status: () => Promise<Status>;
  readonly unanswered: Unanswered;
  readonly pins: Pins;
  readonly broadcasts: Broadcasts;
}

export interface AdminTools extends AdminServices {
  readonly log: Logger;
  readonly now: () => Date;
  /** Takes what goes on after its update is handled, such as a run; a stop may wait for it. */
  readonly background: (task: Promise<unknown>) => void;
  /** Between two edits of a progress message. Default 3 s. */
  readonly editEveryMs?: number | undefined;
}

export type CommandContext = Filter<Context, 'message:text'>;
export type PressContext = Filter<Context, 'callback_query:data'>;

/** One of the admin's commands: a file that makes it and a line in `features.ts`. Run only for admins, in private. */
export interface AdminCommand {
  readonly name: keyof typeof adminCommandTexts;
  /** @param argument what stands behind the name, trimmed; '' when nothing does */
  run(ctx: CommandContext, argument: string, tools: AdminTools): Promise<void>;
  readonly buttons?: readonly AdminButton[];
}

/** A button under an admin's message: its data begins with the prefix. Pressed only by admins, in private. */
export interface AdminButton {
  readonly prefix: string;
  press(ctx: PressContext, numbers: readonly number[], tools: AdminTools): Promise<void>;
}
