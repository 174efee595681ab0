import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { POLICIES, REAL_EXPORT } from '../../support/shared-corpus.js';
import { readAll } from './reading.js';

const present = existsSync(REAL_EXPORT) && existsSync(POLICIES);
if (!present) console.log('skipped: ../shared is not there, so the real export cannot be read');

describe.skipIf(!present)('the real export', () => {
  it('is read whole: items, bodies, attachments and columns as counted by hand', async () => {
    const { notices, problems, summaries } = await readAll(REAL_EXPORT, { now: new Date('2026-01-01T00:00:00Z') });
    expect(problems).toEqual([]);
    expect(summaries[0]?.counts).toEqual({
      titledItems: 30,
      bodies: 33,
      joinedBodies: 3,
      attachments: 4,
      undated: 1,
      columns: 4,
      problems: 0,
    });
    const sizes = new Map<string | null, number>();
    for (const { column } of notices) sizes.set(column, (sizes.get(column) ?? 0) + 1);
    expect([...sizes]).toEqual([
      ['公示公告', 9],
      ['教育动态', 8],
      ['国家动态', 5],
      ['区县动态', 8],
    ]);
    expect(
      notices
        .filter(({ publishedOn }) => publishedOn !== null)
        .every(({ publishedOn }) => publishedOn?.startsWith('2024-')),
    ).toBe(true);
    expect(notices.filter(({ publishedOn }) => publishedOn === null).map(({ place }) => place.line)).toEqual([418]);
  });
});

describe.skipIf(!present)('the real policies', () => {
  it('are all read, with their ids', async () => {
    const { notices, problems } = await readAll(POLICIES);
    expect(problems).toEqual([]);
    expect(new Set(notices.map(({ id }) => id)).size).toBe(599);
  });
});

describe('the sample bulletin that ships', () => {
  it('is read whole', async () => {
    const { notices, problems, summaries } = await readAll('data/sample-bulletin.txt', {
      now: new Date('2026-01-01T00:00:00Z'),
    });
    expect(problems).toEqual([]);
    expect(notices).toHaveLength(30);
    expect(summaries[0]?.counts).toMatchObject({ titledItems: 30, columns: 4, undated: 1 });
    expect(notices.every(({ publishedOn }) => publishedOn === null || publishedOn.startsWith('2024-'))).toBe(true);
  });
});
