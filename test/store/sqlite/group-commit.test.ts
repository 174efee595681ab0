import { describe, expect, it } from 'vitest';
import { GroupCommit } from '../../../src/store/sqlite/group-commit.js';

/** Transactions that only note what happened, and commit when they are let. */
function recorded(options: { failBegin?: boolean } = {}) {
  const events: string[] = [];
  const commits: (() => void)[] = [];
  const transaction = async <R>(work: (trx: string) => Promise<R>): Promise<R> => {
    if (options.failBegin === true) throw new Error('locked');
    events.push('begin');
    try {
      const result = await work('trx');
      await new Promise<void>((resolve) => commits.push(resolve));
      events.push('commit');
      return result;
    } catch (error) {
      events.push('rollback');
      throw error;
    }
  };
  const commit = async () => {
    while (commits.length === 0) await new Promise((resolve) => setImmediate(resolve));
    commits.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const group = new GroupCommit<string>(transaction);
  const write = (name: string, fails = false) =>
    group
      .write(async () => {
        events.push(name);
        await Promise.resolve();
        if (fails) throw new Error(`${name} failed`);
        return name;
      })
      .then(
        (result) => events.push(`${result} done`),
        (error: unknown) => events.push(String(error)),
      );
  return { events, commit, group, write };
}

describe('writes that share a commit', () => {
  it('are those that come together or while another commits, and each is told after its commit', async () => {
    const { events, commit, write } = recorded();
    const first = [write('a'), write('b')];
    await new Promise((resolve) => setImmediate(resolve));
    const second = [write('c'), write('d')];
    expect(events).toEqual(['begin', 'a', 'b']);
    await commit();
    await Promise.all(first);
    expect(events).toEqual(['begin', 'a', 'b', 'commit', 'a done', 'b done', 'begin', 'c', 'd']);
    await commit();
    await Promise.all(second);
    expect(events.slice(-3)).toEqual(['commit', 'c done', 'd done']);
  });

  it('do not fail with one that fails', async () => {
    const { events, commit, write } = recorded();
    const all = [write('a'), write('b', true), write('c')];
    await commit();
    await commit();
    await Promise.all(all);
    expect(events).toEqual([
      ...['begin', 'a', 'b', 'rollback'],
      ...['begin', 'a', 'commit', 'a done'],
      ...['begin', 'b', 'rollback', 'Error: b failed'],
      ...['begin', 'c', 'commit', 'c done'],
    ]);
  });

  it('all fail, at once, when no transaction can begin', async () => {
    const { events, write } = recorded({ failBegin: true });
    await Promise.all([write('a'), write('b')]);
    expect(events).toEqual(['Error: locked', 'Error: locked']);
  });

  it('are finished before it closes, and refused after', async () => {
    const { events, commit, group, write } = recorded();
    const asked = [write('a')];
    const closing = group.close().then(() => events.push('closed'));
    await Promise.all([commit(), ...asked]);
    await closing;
    expect(events).toEqual(['begin', 'a', 'commit', 'a done', 'closed']);
    await expect(group.write(() => Promise.resolve())).rejects.toThrow('存储已关闭');
    await group.close();
  });
});
