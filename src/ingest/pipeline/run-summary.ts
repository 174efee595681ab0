import { z } from 'zod';
import { formatProblem } from '../../messages/source.js';
import type { IngestReport } from './ingest-report.js';

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
