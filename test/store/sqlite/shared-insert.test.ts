import { describe, expect, it } from 'vitest';
import { GroupCommit } from '../../../src/store/sqlite/group-commit.js';
import { BatchedInsert } from '../../../src/store/sqlite/shared-insert.js';

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
