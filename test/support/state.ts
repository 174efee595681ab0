import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { StateStore } from '../../src/store/state-store.js';
import { openStateStore } from '../../src/store/state/open-state-store.js';

/** A state store of its own that ends with the test. */
export async function newState(): Promise<StateStore> {
  const folder = await mkdtemp(join(tmpdir(), 'bulletin-admin-'));
  const state = await openStateStore({ file: join(folder, 'state.db') });
  onTestFinished(async () => {
    await state.close();
    await rm(folder, { recursive: true, force: true });
  });
  return state;
}
