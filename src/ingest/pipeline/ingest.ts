import { createHash } from 'node:crypto';
import type { Notice, RawNotice } from '../../domain/notice.js';
import type { FactExtractor } from '../facts/extract-facts.js';
import { repairNotice } from '../repair/repair-notice.js';
import { withSuspicious, type RepairRules } from '../repair/rules.js';
import { findSuspicious } from '../repair/suspicious.js';
import { tallyRepairs } from '../repair/tally.js';
import type { ColumnRules } from '../source/column-names.js';
import { readSource } from '../source/read-source.js';
import type { NoticeStore } from '../../store/notice-store.js';
import type { FileReport, IngestReport, ProblemReport } from './run-report.js';

export interface IngestDependencies {
  readonly store: Pick<NoticeStore, 'save' | 'count'>;
  readonly repairs: RepairRules;
  readonly columns: ColumnRules;
  readonly extractFacts: FactExtractor;
  readonly now: () => Date;
  /** Upper bound, in bytes, on a file; of a larger one the beginning is read and the rest reported. */
  readonly maxBytes: number;
}

export interface IngestProgress {
  readonly reading: (file: string, bytesRead: number, bytesTotal: number) => void;
  readonly repairing: (done: number, total: number) => void;
}

interface RepairedItem {
  readonly raw: RawNotice;
  /** Fields of a notice that repairing produces. */
  readonly cleaned: Pick<Notice, 'title' | 'body' | 'attachments' | 'repairs'>;
}

const NO_PROGRESS: IngestProgress = { reading: () => undefined, repairing: () => undefined };

/**
 * Reads sources into the store: parse, repair, extract facts, save. Everything is saved in one transaction at the end,
 * so a run that fails changes nothing. What could not be read is reported, not thrown.
 */
export async function ingest(
  paths: readonly string[],
  deps: IngestDependencies,
  progress: IngestProgress = NO_PROGRESS,
): Promise<IngestReport> {
  const { raws, files, problems } = await readSources(paths, deps, progress);
  const suspicious = findSuspicious(raws.flatMap(listTexts), deps.repairs);
  const rules = withSuspicious(
    deps.repairs,
    suspicious.map(({ phrase }) => phrase),
  );
  const items = raws.map((raw, i) => {
    const { title, body, attachments, repairs } = repairNotice(raw, rules);
    progress.repairing(i + 1, raws.length);
    return { raw, cleaned: { title, body, attachments, repairs } };
  });
  const outcome = await deps.store.save(
    assignNoticeIds(items).map((notice) => ({ notice, facts: deps.extractFacts(notice) })),
  );
  return {
    files,
    outcome,
    repairs: reportRepairs(items, rules),
    suspicious,
    problems,
    stored: await deps.store.count(),
  };
}

async function readSources(
  paths: readonly string[],
  { now, columns, maxBytes }: IngestDependencies,
  progress: IngestProgress,
): Promise<{ raws: RawNotice[]; files: FileReport[]; problems: ProblemReport[] }> {
  const raws: RawNotice[] = [];
  const files: FileReport[] = [];
  const problems: ProblemReport[] = [];
  for (const path of paths) {
    for await (const event of readSource(path, { now: now(), columns, maxBytes, onProgress: progress.reading })) {
      if (event.kind === 'notice') raws.push(event.notice);
      else if (event.kind === 'summary') files.push(event);
      else problems.push({ ...event.place, message: event.message });
    }
  }
  return { raws, files, problems };
}

function listTexts(raw: RawNotice): string[] {
  return [raw.title, raw.body, ...raw.attachments];
}

/**
 * Turns repaired items into notices. An item without an id gets one from its title and date: reading it again, from
 * whatever file, finds the stored one, and a changed body is a new version of it. Items that share title and date are
 * numbered in their order.
 */
function assignNoticeIds(items: readonly RepairedItem[]): Notice[] {
  const given = new Map<string, number>();
  return items.map(({ raw, cleaned }) => {
    const base = raw.id ?? sha256([cleaned.title, raw.publishedOn ?? '']).slice(0, 16);
    const before = given.get(base) ?? 0;
    given.set(base, before + 1);
    // An id that the source itself repeats is the same notice again; the store keeps the last one.
    const id = raw.id === null && before > 0 ? `${base}-${before + 1}` : base;
    return {
      id,
      ...cleaned,
      publishedOn: raw.publishedOn,
      dateOrigin: raw.dateOrigin,
      column: raw.column,
      url: raw.url,
      raw: { title: raw.title, body: raw.body, attachments: raw.attachments },
      contentHash: computeContentHash(raw, cleaned),
    };
  });
}

function computeContentHash(raw: RawNotice, { title, body, attachments }: RepairedItem['cleaned']): string {
  const shown = attachments.map(({ kind, number, name }) => `${kind} ${number ?? ''} ${name}`);
  return sha256([title, body, raw.publishedOn ?? '', raw.column ?? '', raw.url ?? '', raw.body, ...shown]);
}

/** Hashes the parts with their lengths, so that different lists never give the same input. */
function sha256(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:${part}`);
  return hash.digest('hex');
}

function reportRepairs(items: readonly RepairedItem[], rules: RepairRules): IngestReport['repairs'] {
  const { byRule, restored, masked } = tallyRepairs(
    items.flatMap(({ cleaned }) => cleaned.repairs),
    rules,
  );
  return { byRule: Object.fromEntries(byRule), restored: Object.fromEntries(restored), masked };
}
