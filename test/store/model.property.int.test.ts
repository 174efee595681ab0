import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact } from '../../src/domain/fact.js';
import { createMemoryStore } from '../../src/store/notices/memory-notice-store.js';
import type { NoticeRecord, NoticeStore, SaveOutcome } from '../../src/store/notice-store.js';
import { openSqliteStore } from '../../src/store/notices/sqlite-notice-store.js';
import { collect, inFolder, record } from './support/cast.js';

const text = fc.string({
  unit: fc.constantFrom('公', '示', 'a', '0', "'", '"', '\\', '%', '\u0000', '\n', '𠮷', '　'),
  maxLength: 6,
});
const span = fc.record({ start: fc.nat(99), end: fc.nat(99) });
const fact: fc.Arbitrary<Fact> = fc.oneof(
  fc.record({ kind: fc.constant('document-number' as const), value: text, title: text, span, at: span }),
  fc.record({ kind: fc.constant('attachment' as const), number: fc.option(fc.nat(9)), name: text, span, at: span }),
  fc.record({
    kind: fc.constant('quantity' as const),
    value: fc.option(fc.nat(9)),
    unit: text,
    of: text,
    span,
    at: span,
  }),
);
/** Few ids and bodies, so that most saves meet what is stored. */
const someRecord: fc.Arbitrary<NoticeRecord> = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    body: fc.oneof(fc.constantFrom('一', '二'), text),
    facts: fc.array(fact, { maxLength: 2 }),
    attachments: fc.array(
      fc.record({
        kind: fc.constantFrom('file' as const, 'listed' as const),
        number: fc.option(fc.nat(9)),
        name: text,
      }),
      {
        maxLength: 2,
      },
    ),
    repairs: fc.array(
      fc.record({ rule: text, field: fc.constant('body' as const), at: fc.nat(9), from: text, to: text }),
      { maxLength: 2 },
    ),
  })
  .map(({ id, body, facts, attachments, repairs }) => record(id, body, facts, { attachments, repairs }));
const saves = fc.array(fc.array(someRecord, { maxLength: 5 }), { maxLength: 6 });

interface Modelled {
  version: number;
  record: NoticeRecord;
}

/** The contract of `save`, written as slowly and obviously as possible. */
function modelSave(model: Map<string, Modelled>, records: readonly NoticeRecord[]): SaveOutcome & { touched: boolean } {
  const added: string[] = [];
  const changed: string[] = [];
  const refreshed: string[] = [];
  let unchanged = 0;
  let touched = false;
  for (const id of new Set(records.map(({ notice }) => notice.id))) {
    const latest = records.findLast(({ notice }) => notice.id === id);
    if (latest === undefined) continue;
    const stored = model.get(id);
    if (stored === undefined) {
      added.push(id);
      model.set(id, { version: 1, record: latest });
    } else if (stored.record.notice.contentHash !== latest.notice.contentHash) {
      changed.push(id);
      model.set(id, { version: stored.version + 1, record: latest });
    } else {
      unchanged += 1;
      if (JSON.stringify(stored.record.facts) === JSON.stringify(latest.facts)) continue;
      refreshed.push(id);
      stored.record = { ...stored.record, facts: latest.facts };
    }
    touched = true;
  }
  return { new: added, changed, refreshed, unchanged, touched };
}

async function followsModel(store: NoticeStore, sequence: readonly (readonly NoticeRecord[])[]): Promise<void> {
  const model = new Map<string, Modelled>();
  for (const records of sequence) {
    const revision = await store.revision();
    const { touched, ...outcome } = modelSave(model, records);
    expect(await store.save(records)).toEqual(outcome);
    expect(await store.revision()).toBe(revision + (touched ? 1 : 0));
  }
  expect(await collect(store)).toEqual(
    [...model.values()].map(({ version, record: { notice, facts } }, i) => ({ key: i + 1, version, notice, facts })),
  );
}

describe('a store after any sequence of saves', () => {
  it('is what the model says, in memory', () =>
    fc.assert(
      fc.asyncProperty(saves, (sequence) => followsModel(createMemoryStore(), sequence)),
      { numRuns: 200 },
    ));

  it(
    'is what the model says, in SQLite, and still when opened again',
    () =>
      fc.assert(
        fc.asyncProperty(saves, (sequence) =>
          inFolder(async (dir) => {
            const file = join(dir, 'bulletin.sqlite');
            const store = await openSqliteStore({ file });
            await followsModel(store, sequence);
            const before = await collect(store);
            await store.close();
            const again = await openSqliteStore({ file });
            expect(await collect(again)).toEqual(before);
            await again.close();
          }),
        ),
        { numRuns: 40 },
      ),
    30_000,
  );
});
