import { mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { toIndexedNotice } from '../../src/index/indexed-notice.js';
import { MiniSearchStore } from '../../src/index/minisearch-store.js';
import { PostingsView } from '../../src/index/postings-view.js';
import { readSnapshot, writeSnapshot, type IndexSnapshot } from '../../src/index/snapshot.js';
import { notice, stored } from '../support/texts.js';

const expected = { fingerprint: 'f1', storeRevision: 7 };
let file: string;

function sampleSnapshot(): IndexSnapshot {
  const postings = new MiniSearchStore();
  postings.put({ id: 'a', terms: ['公示', '示期'] });
  postings.put({ id: 'b', terms: ['公示', '电话'] });
  return {
    ...expected,
    postings: postings.serialise(),
    notices: [
      toIndexedNotice(stored(1, notice('a', '公示一', '公示期到周五。'))),
      toIndexedNotice(stored(2, notice('b', '公示二', '电话见下。'))),
    ],
  };
}

beforeEach(async () => {
  file = join(await mkdtemp(join(tmpdir(), 'snapshot-')), 'index.snapshot');
});

describe('a snapshot', () => {
  it('comes back as it was written and leaves no temporary file', async () => {
    await writeSnapshot(file, sampleSnapshot());
    const read = await readSnapshot(file, expected);
    if (typeof read === 'string') throw new Error(read);
    expect(read.notices).toEqual(sampleSnapshot().notices);
    expect(new PostingsView(read.postings).search([{ term: '电话', weight: 1 }], 5).map(({ id }) => id)).toEqual(['b']);
    expect(await readdir(join(file, '..'))).toEqual(['index.snapshot']);
  });

  it('is refused with the reason when it does not fit', async () => {
    expect(await readSnapshot(file, expected)).toBe('absent');
    await writeSnapshot(file, sampleSnapshot());
    expect(await readSnapshot(file, { ...expected, fingerprint: 'f2' })).toBe('other-fingerprint');
    expect(await readSnapshot(file, { ...expected, storeRevision: 8 })).toBe('stale');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"format":1', '"format":0'));
    expect(await readSnapshot(file, expected)).toBe('other-format');
  });

  it('is refused wherever it is cut or changed', async () => {
    await writeSnapshot(file, sampleSnapshot());
    const whole = await readFile(file);
    for (let cut = 0; cut < whole.length - 1; cut += 13) {
      await writeFile(file, whole.subarray(0, cut));
      expect(typeof (await readSnapshot(file, expected))).toBe('string');
    }
    for (let at = 90; at < whole.length - 1; at += 17) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 1;
      await writeFile(file, damaged);
      expect(typeof (await readSnapshot(file, expected))).toBe('string');
    }
  });
});
