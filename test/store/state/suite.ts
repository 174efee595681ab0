import type { StateStore } from '../../../src/store/state-store.js';
import { chatCases } from './chat-cases.js';
import { ledgerCases } from './ledger-cases.js';
import { logCases } from './log-cases.js';
import { planCases } from './plan-cases.js';

/** Opens an empty store for each case. */
export type OpenState = () => Promise<{ store: StateStore; dispose: () => Promise<void> }>;

/** What every `StateStore` does, whatever stands behind it. */
export function describeStateStore(name: string, open: OpenState): void {
  chatCases(name, open);
  planCases(name, open);
  ledgerCases(name, open);
  logCases(name, open);
}
