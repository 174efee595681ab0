import type { RawNotice } from '../../domain/notice.js';
import type { FactExtractor } from '../facts/extract-facts.js';
import { repairNotice } from '../repair/repair-notice.js';
import { withSuspicious, type RepairRules } from '../repair/rules.js';
import { findSuspicious } from '../repair/suspicious.js';
import { tallyRepairs, type RepairTally } from '../repair/tally.js';
import type { ColumnRules } from '../source/column-names.js';
import { readSource } from '../source/read-source.js';
import type { NoticeStore } from '../../store/notice-store.js';
import { assignNoticeIds } from './identify.js';
import type { FileReport, IngestReport, ProblemReport } from './ingest-report.js';

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
    repairs: toRepairReport(
      tallyRepairs(
        items.flatMap(({ cleaned }) => cleaned.repairs),
        rules,
      ),
    ),
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

function toRepairReport({ byRule, restored, masked }: RepairTally): IngestReport['repairs'] {
  return { byRule: Object.fromEntries(byRule), restored: Object.fromEntries(restored), masked };
}
