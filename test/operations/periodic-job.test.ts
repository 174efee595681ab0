import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPeriodicJob } from '../../src/operations/periodic-job.js';

const EVERY_MS = 1000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A job whose steps end when they are told to. */
function scripted() {
  const ends: { end: (more?: boolean) => void; fail: (error: Error) => void }[] = [];
  const errors: unknown[] = [];
  const made = createPeriodicJob({
    intervalMs: EVERY_MS,
    step: () =>
      new Promise((resolve, reject) => {
        ends.push({ end: resolve, fail: reject });
      }),
    onError: (error) => errors.push(error),
  });
  return { ...made, ends, errors, settled: () => vi.advanceTimersByTimeAsync(0) };
}

describe('a job', () => {
  it('is done at the start and at each turn, but never twice at once', async () => {
    const { start, ends, settled } = scripted();
    start();
    expect(ends).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(EVERY_MS * 3);
    expect(ends).toHaveLength(1);
    ends[0]?.end();
    await settled();
    // The turns that it missed while it was at work are one.
    expect(ends).toHaveLength(2);
    ends[1]?.end();
    await settled();
    expect(ends).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(EVERY_MS);
    expect(ends).toHaveLength(3);
  });

  it('comes straight back while there is more to do, and when it was woken meanwhile', async () => {
    const { start, wake, ends, settled } = scripted();
    start();
    ends[0]?.end(true);
    await settled();
    expect(ends).toHaveLength(2);
    wake();
    wake();
    ends[1]?.end(false);
    await settled();
    expect(ends).toHaveLength(3);
    ends[2]?.end(false);
    await settled();
    expect(ends).toHaveLength(3);
  });

  it('goes on after a step that failed, and tells of it', async () => {
    const { start, ends, errors, settled } = scripted();
    start();
    ends[0]?.fail(new Error('no disk'));
    await settled();
    expect(errors).toEqual([new Error('no disk')]);
    await vi.advanceTimersByTimeAsync(EVERY_MS);
    expect(ends).toHaveLength(2);
  });

  it('tells of one cause once, however often it fails for it, until a step succeeds', async () => {
    const { start, ends, errors, settled } = scripted();
    start();
    const [disk, lock] = [new Error('no disk'), new Error('locked')];
    for (const error of [disk, disk, lock, lock, disk, null, disk]) {
      if (error === null) ends.at(-1)?.end();
      else ends.at(-1)?.fail(error);
      await settled();
      await vi.advanceTimersByTimeAsync(EVERY_MS);
    }
    expect(ends).toHaveLength(8);
    expect(errors).toEqual([disk, lock, disk, disk]);
  });

  it('stops when the step under way is over, whatever that step and a late bell want', async () => {
    const { start, wake, stop, ends } = scripted();
    start();
    let isStopped = false;
    const stopped = stop().then(() => {
      isStopped = true;
    });
    await vi.advanceTimersByTimeAsync(EVERY_MS * 2);
    expect(isStopped).toBe(false);
    ends[0]?.end(true);
    await stopped;
    wake();
    await vi.advanceTimersByTimeAsync(EVERY_MS * 2);
    expect(ends).toHaveLength(1);
  });
});
