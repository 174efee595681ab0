import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { RawNotice } from '../../../src/domain/notice.js';
import { applyRepairs } from '../../../src/ingest/repair/edit-buffer.js';
import { repairNotice, type RepairedNotice } from '../../../src/ingest/repair/repair-notice.js';
import { withSuspicious, type RepairRules } from '../../../src/ingest/repair/rules.js';
import { findSuspicious } from '../../../src/ingest/repair/suspicious.js';
import { tallyRepairs } from '../../../src/ingest/repair/tally.js';
import { POLICIES, REAL_EXPORT } from '../../support/shared-corpus.js';
import { readAll } from '../source/reading.js';
import { MASK, PHRASE, rules } from './cleaning.js';

const present = existsSync(REAL_EXPORT) && existsSync(POLICIES);
if (!present) console.log('skipped: ../shared is not there, so the real export cannot be repaired');

const textsOf = (notices: readonly RawNotice[]): string[] =>
  notices.flatMap(({ title, body, attachments }) => [title, body, ...attachments]);
const shown = ({ title, body, attachments }: RepairedNotice): string =>
  [title, body, ...attachments.map(({ name }) => name)].join('\n');

async function repairAll(path: string, withRules: RepairRules) {
  const { notices } = await readAll(path);
  const repaired = notices.map((raw) => ({ raw, clean: repairNotice(raw, withRules) }));
  for (const { raw, clean } of repaired) {
    expect(
      applyRepairs(
        raw.body,
        clean.repairs.filter(({ field }) => field === 'body'),
      ),
    ).toBe(clean.body);
    const again = repairNotice({ ...raw, title: clean.title, body: clean.body, attachments: [] }, withRules);
    expect(again.repairs).toEqual([]);
  }
  return {
    notices,
    repaired,
    tally: tallyRepairs(
      repaired.flatMap(({ clean }) => clean.repairs),
      withRules,
    ),
  };
}

describe.skipIf(!present)('the real export', () => {
  it('has its 98 phrases restored or masked as reading each of them decides', async () => {
    const { notices, repaired, tally } = await repairAll(REAL_EXPORT, rules);
    expect(textsOf(notices).join('\n').split(PHRASE)).toHaveLength(99);
    console.log('restored', Object.fromEntries(tally.restored), 'masked', tally.masked);
    expect(Object.fromEntries(tally.restored)).toEqual({ 习近平: 54, 教育部: 42 });
    expect(tally.masked).toBe(2);
    const text = repaired.map(({ clean }) => shown(clean)).join('\n');
    expect(text).not.toMatch(/雷速|比分直播/);
    // Neither the words around these two nor the rest of their notice decide.
    expect(text).toContain(`被${MASK}誉为`);
    expect(text).toContain(`${MASK}先后在`);
  });

  it('has no lost blank left, its attachment lists on lines and the glued file moved', async () => {
    const { repaired } = await repairAll(REAL_EXPORT, rules);
    const bodies = repaired.map(({ clean }) => clean.body).join('\n');
    expect(bodies).not.toMatch(/[?\u00a0\u3000]|&lt;| {2}/);
    expect(bodies).toContain('教师处 ');
    const listed = repaired.map(({ clean }) => clean.attachments.filter(({ kind }) => kind === 'listed').length);
    expect(listed.filter((count) => count > 0)).toEqual([1, 1, 1, 1, 8, 3]);
    expect(repaired.flatMap(({ clean }) => clean.attachments).filter(({ kind }) => kind === 'file')).toHaveLength(5);
  });

  it('gives its phrase away when no rule names it: all 98 are found and masked', async () => {
    const without: RepairRules = { ...rules, injections: [], findAdvertising: () => [] };
    const { notices } = await readAll(REAL_EXPORT);
    const found = findSuspicious(textsOf(notices), without);
    expect(found).toMatchObject([{ phrase: PHRASE, count: 98 }]);
    const { repaired, tally } = await repairAll(
      REAL_EXPORT,
      withSuspicious(
        without,
        found.map(({ phrase }) => phrase),
      ),
    );
    expect(tally.masked).toBe(98);
    expect(repaired.map(({ clean }) => shown(clean)).join('\n')).not.toContain('雷速');
  });

  it('has its phrase removed by the general rules of advertising when no rule names it', async () => {
    const { repaired, tally } = await repairAll(REAL_EXPORT, { ...rules, injections: [] });
    expect(tally.byRule.get('advertising')).toBe(98);
    expect(repaired.map(({ clean }) => shown(clean)).join('\n')).not.toContain('雷速');
  });
});

describe.skipIf(!present)('599 real policies', () => {
  it('hold nothing suspicious and are cleaned for good', async () => {
    const { notices, tally } = await repairAll(POLICIES, rules);
    expect(findSuspicious(textsOf(notices), rules)).toEqual([]);
    expect(tally.masked).toBe(0);
    expect(tally.restored.size).toBe(0);
    expect(tally.byRule.has('advertising')).toBe(false);
  });
});

describe('the sample bulletin that ships', () => {
  it('shows no phrase', async () => {
    const { repaired } = await repairAll('data/sample-bulletin.txt', rules);
    expect(repaired.map(({ clean }) => shown(clean)).join('\n')).not.toMatch(/雷速|比分直播/);
  });
});
