import type { ReaderCommand } from './command.js';
import { deadlines } from './deadlines.js';
import { digest } from './digest.js';
import { forgetme } from './forgetme.js';
import { help } from './help.js';
import { latest } from './latest.js';
import { privacy } from './privacy.js';
import { reminders } from './reminders.js';
import { settings } from './settings.js';
import { start } from './start.js';
import { subscribe } from './subscribe.js';
import { unsubscribe } from './unsubscribe.js';

/** All reader commands except /ask, which is handled as a question. */
export const READER_COMMANDS: readonly ReaderCommand[] = [
  start,
  help,
  latest,
  deadlines,
  digest,
  subscribe,
  settings,
  unsubscribe,
  reminders,
  privacy,
  forgetme,
];
