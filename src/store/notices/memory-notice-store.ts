import type { TimePoint } from '../../domain/fact.js';
import type { PlainDate } from '../../domain/notice.js';
import { storeMessages as m } from '../../messages/store.js';
import type { NoticeRecord, NoticeStore, RunRecord, SaveOutcome, StoredNotice } from '../notice-store.js';
import { deduplicateById, factsHash } from '../records.js';

const PAGE = 500;

/** Creates a store in memory, for tests and for a chat over the sample. Passes the same suite as the SQLite store. */
export function createMemoryStore(): NoticeStore {
  return new MemoryNoticeStore();
}

class MemoryNoticeStore implements NoticeStore {
  /** Ordered by key: a Map keeps the place of a replaced entry, and nothing is removed. */
  readonly #notices = new Map<string, StoredNotice>();
  readonly #runs: RunRecord[] = [];
  #revision = 0;
  #closed = false;

  save(records: readonly NoticeRecord[]): Promise<SaveOutcome> {
    return this.#run(() => {
      const outcome = { new: [] as string[], changed: [] as string[], refreshed: [] as string[], unchanged: 0 };
      for (const { notice, facts } of structuredClone(deduplicateById(records))) {
        const stored = this.#notices.get(notice.id);
        if (stored === undefined) {
          this.#notices.set(notice.id, { key: this.#notices.size + 1, version: 1, notice, facts });
          outcome.new.push(notice.id);
        } else if (stored.notice.contentHash !== notice.contentHash) {
          this.#notices.set(notice.id, { key: stored.key, version: stored.version + 1, notice, facts });
          outcome.changed.push(notice.id);
        } else {
          outcome.unchanged += 1;
          if (factsHash(stored.facts) === factsHash(facts)) continue;
          this.#notices.set(notice.id, { ...stored, facts });
          outcome.refreshed.push(notice.id);
        }
      }
      if (outcome.new.length + outcome.changed.length + outcome.refreshed.length > 0) this.#revision += 1;
      return outcome;
    });
  }

  get(ids: readonly string[]): Promise<StoredNotice[]> {
    const wanted = new Set(ids);
    return this.#run(() => [...this.#notices.values()].filter(({ notice }) => wanted.has(notice.id)));
  }

  getByKey(key: number): Promise<StoredNotice | null> {
    return this.#run(() => [...this.#notices.values()].find((stored) => stored.key === key) ?? null);
  }

  async *all(): AsyncGenerator<StoredNotice> {
    for (let after = 0; ;) {
      const from = after;
      const page = await this.#run(() => [...this.#notices.values()].slice(from, from + PAGE));
      yield* page;
      if (page.length < PAGE) return;
      after += PAGE;
    }
  }

  count(): Promise<number> {
    return this.#run(() => this.#notices.size);
  }

  newestKey(): Promise<number> {
    return this.#run(() => this.#notices.size);
  }

  after(key: number, limit: number): Promise<StoredNotice[]> {
    const isAbove = (stored: StoredNotice): boolean => stored.key > key;
    return this.#run(() => [...this.#notices.values()].filter(isAbove).slice(0, Math.max(0, limit)));
  }

  withPeriods(from: PlainDate, to: PlainDate, limit: number): Promise<StoredNotice[]> {
    const isWithin = (point: TimePoint | null): boolean => point !== null && from <= point.date && point.date <= to;
    return this.#run(() => {
      const found = [...this.#notices.values()].filter(({ facts }) =>
        facts.some((fact) => fact.kind === 'period' && (isWithin(fact.start) || isWithin(fact.end))),
      );
      return found.slice(Math.max(0, found.length - Math.max(0, limit)));
    });
  }

  revision(): Promise<number> {
    return this.#run(() => this.#revision);
  }

  recordRun(run: RunRecord): Promise<void> {
    return this.#run(() => {
      this.#runs.push(structuredClone(run));
    });
  }

  lastRuns(limit: number): Promise<RunRecord[]> {
    return this.#run(() => this.#runs.toReversed().slice(0, Math.max(0, limit)));
  }

  close(): Promise<void> {
    this.#closed = true;
    return Promise.resolve();
  }

  /** Runs `work` synchronously, as the SQLite store reads its arguments synchronously. Rejects instead of throwing. */
  #run<T>(work: () => T): Promise<T> {
    return new Promise((resolve) => {
      if (this.#closed) throw new Error(m.closed);
      resolve(work());
    });
  }
}
