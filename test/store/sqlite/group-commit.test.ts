import { describe, expect, it } from 'vitest';
import { BatchedInsert, GroupCommit } from '../../../src/store/sqlite/group-commit.js';

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

/** A table of words in memory, behind commits that take a turn of the loop; `bad` is refused. */
function table() {
  let stored: string[] = [];
  const statements: string[][] = [];
  const commits = new GroupCommit<string[]>(async (work) => {
    const trx = [...stored];
    const result = await work(trx);
    await new Promise((resolve) => setImmediate(resolve));
    stored = trx;
    return result;
  });
  const rows = new BatchedInsert<string[], string, number>(
    (work) => commits.write(work),
    (trx, words) => {
      statements.push([...words]);
      if (words.includes('bad')) return Promise.reject(new Error('refused'));
      return Promise.resolve(words.map((word) => trx.push(word)));
    },
  );
  return { commits, rows, statements, stored: () => stored };
}

describe('rows that wait for the same commit', () => {
  it('are written by one statement in the order of asking, and each is told its own result', async () => {
    const { rows, statements, stored } = table();
    const results = await Promise.all(['a', 'b', 'c'].map((word) => rows.add(word)));
    expect(results).toEqual([1, 2, 3]);
    expect(statements).toEqual([['a', 'b', 'c']]);
    expect(stored()).toEqual(['a', 'b', 'c']);
  });

  it('gather while another commit runs', async () => {
    const { rows, statements } = table();
    const first = rows.add('a');
    await Promise.resolve();
    await Promise.resolve();
    const others = [rows.add('b'), rows.add('c')];
    await Promise.all([first, ...others]);
    expect(statements).toEqual([['a'], ['b', 'c']]);
  });

  it('are all written, however many', async () => {
    const { rows, stored } = table();
    const words = Array.from({ length: 1001 }, (_, i) => `word ${i}`);
    const results = await Promise.all(words.map((word) => rows.add(word)));
    expect(results).toEqual(words.map((_, i) => i + 1));
    expect(stored()).toEqual(words);
  });

  it('do not fail with one that fails', async () => {
    const { rows, stored } = table();
    const results = await Promise.allSettled(['a', 'bad', 'c'].map((word) => rows.add(word)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(stored()).toEqual(['a', 'c']);
  });

  it('are refused after the close', async () => {
    const { commits, rows } = table();
    await commits.close();
    const results = await Promise.allSettled([rows.add('a'), rows.add('b')]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
