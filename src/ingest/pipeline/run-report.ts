import { z } from 'zod';
import { formatProblem } from '../../messages/source.js';
import type { SaveOutcome } from '../../store/notice-store.js';
import type { SourceCounts, SourceEncoding, SourceFormat } from '../source/source-event.js';

/** File that was recognised and read. */
export interface FileReport {
  readonly file: string;
  readonly format: SourceFormat;
  readonly encoding: SourceEncoding;
  readonly counts: SourceCounts;
}

export interface ProblemReport {
  readonly file: string;
  readonly line: number | null;
  readonly message: string;
}

/** Result of an index run, for the operator and for the store's run record. */
export interface IngestReport {
  readonly files: readonly FileReport[];
  readonly outcome: SaveOutcome;
  /** Over all notices read, new or not. */
  readonly repairs: {
    /** Changes by rule, most often first. */
    readonly byRule: Readonly<Record<string, number>>;
    /** Injected phrases restored, by what was put in their place. */
    readonly restored: Readonly<Record<string, number>>;
    /** Number of injected phrases that were masked, because no context decided what they replaced. */
    readonly masked: number;
  };
  /** Phrases that look injected although no rule names them; masked in `samples`. */
  readonly suspicious: readonly {
    readonly phrase: string;
    readonly count: number;
    readonly samples: readonly string[];
  }[];
  readonly problems: readonly ProblemReport[];
  /** Notices in the store after the run. */
  readonly stored: number;
}

/** Upper bound on listed titles and problems; the rest are counted. */
const MAX_LISTED = 5;

/** Result of an index run, or of a dry run, short enough for IPC and for one message. */
export const runSummarySchema = z.object({
  dryRun: z.boolean(),
  files: z.number(),
  new: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  /** Titles of the first `MAX_LISTED`. */
  newTitles: z.array(z.string()),
  changedTitles: z.array(z.string()),
  /** Notices in the store after the run. */
  stored: z.number(),
  repairs: z.number(),
  masked: z.number(),
  /** Phrases that look injected although no rule names them. */
  suspicious: z.number(),
  problems: z.number(),
  /** The first `MAX_LISTED`, with file and line. */
  problemTexts: z.array(z.string()),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

export function summariseRun(
  report: IngestReport,
  titleOf: (noticeId: string) => string | undefined,
  dryRun: boolean,
): RunSummary {
  const { outcome, repairs, problems } = report;
  const titles = (ids: readonly string[]): string[] => ids.slice(0, MAX_LISTED).map((id) => titleOf(id) ?? id);
  return {
    dryRun,
    files: report.files.length,
    new: outcome.new.length,
    changed: outcome.changed.length,
    unchanged: outcome.unchanged,
    newTitles: titles(outcome.new),
    changedTitles: titles(outcome.changed),
    stored: report.stored,
    repairs: Object.values(repairs.byRule).reduce((sum, count) => sum + count, 0),
    masked: repairs.masked,
    suspicious: report.suspicious.length,
    problems: problems.length,
    problemTexts: problems.slice(0, MAX_LISTED).map(({ message, ...place }) => formatProblem(place, message)),
  };
}
