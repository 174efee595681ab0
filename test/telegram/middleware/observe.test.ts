import type { Context } from 'grammy';
import { describe, expect, it } from 'vitest';
import { currentRequestId } from '../../../src/operations/request-scope.js';
import { observeUpdates, watchPolling } from '../../../src/telegram/middleware/observe.js';

describe('what is observed of updates', () => {
  it('is their kind, and their number as the id of the request while they are handled', async () => {
    const kinds: string[] = [];
    const seen: (string | undefined)[] = [];
    const middleware = observeUpdates({ update: (kind) => kinds.push(kind) });
    for (const update of [{ update_id: 7, message: {} }, { update_id: 8, inline_query: {} }, { update_id: 9 }]) {
      await middleware({ update } as unknown as Context, () => Promise.resolve(void seen.push(currentRequestId())));
    }
    expect(kinds).toEqual(['message', 'inline_query', 'unknown']);
    expect(seen).toEqual(['7', '8', '9']);
    expect(currentRequestId()).toBeUndefined();
  });

  it('is each getUpdates that succeeded, and no other call', async () => {
    let beats = 0;
    const watch = watchPolling(() => beats++);
    const call = (method: 'getUpdates' | 'getMe', ok: boolean): Promise<unknown> => {
      const answer = ok ? { ok: true, result: [] } : { ok: false, error_code: 502, description: 'Bad Gateway' };
      return watch((() => Promise.resolve(answer)) as unknown as Parameters<typeof watch>[0], method, {}, undefined);
    };
    await call('getMe', true);
    await call('getUpdates', false);
    expect(beats).toBe(0);
    expect(await call('getUpdates', true)).toEqual({ ok: true, result: [] });
    expect(beats).toBe(1);
  });
});
