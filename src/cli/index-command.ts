import type { IngestReport, RunSummary } from '../ingest/pipeline/run-report.js';
import { reportMessages as m } from '../messages/index-report.js';
import { formatProblem } from '../messages/source.js';
import type { Io } from './io.js';

/** Largest number of problems printed; the rest are counted. The stored report holds them all. */
const PROBLEMS_SHOWN = 20;

/** Prints what an index run did, or on a dry run would do. */
export function printReport(report: IngestReport, summary: RunSummary, io: Io): void {
  if (summary.dryRun) io.out(m.dryRun);
  for (const { file, format, encoding, counts } of report.files) {
    io.out(m.file(file, m.formats[format], encoding));
    io.out(m.counts(counts));
  }
  if (report.files.length === 0) io.out(m.nothingRead);
  else printOutcome(report, summary, io);
  printRepairs(report.repairs, io);
  for (const { phrase, count, samples } of report.suspicious) {
    io.out(m.suspicious(abbreviate(phrase), count));
    for (const sample of samples) io.out(m.sample(sample));
  }
  if (report.problems.length > 0) {
    io.out(m.problems(report.problems.length));
    for (const { message, ...place } of report.problems.slice(0, PROBLEMS_SHOWN)) {
      io.out(m.problem(formatProblem(place, message)));
    }
    if (report.problems.length > PROBLEMS_SHOWN) io.out(m.moreProblems(report.problems.length - PROBLEMS_SHOWN));
  }
}

/** Prints the counts; on a dry run also the titles of what would be new or changed. */
function printOutcome({ outcome, stored }: IngestReport, summary: RunSummary, io: Io): void {
  const counts = [outcome.new.length, outcome.changed.length, outcome.unchanged, stored] as const;
  if (!summary.dryRun) {
    io.out(m.outcome(...counts));
    return;
  }
  io.out(m.outcomeToBe(...counts));
  printTitles(m.toBeNew, summary.newTitles, summary.new, io);
  printTitles(m.toBeChanged, summary.changedTitles, summary.changed, io);
}

function printTitles(heading: string, titles: readonly string[], all: number, io: Io): void {
  if (all === 0) return;
  io.out(heading);
  for (const title of titles) io.out(m.title(title));
  if (all > titles.length) io.out(m.moreTitles(all));
}

function printRepairs({ byRule, restored, masked }: IngestReport['repairs'], io: Io): void {
  const total = Object.values(byRule).reduce((sum, count) => sum + count, 0);
  io.out(total === 0 ? m.noRepairs : m.repairs(total));
  for (const [rule, count] of Object.entries(byRule)) io.out(m.repair(rule, count));
  for (const [to, count] of Object.entries(restored)) io.out(m.restored(to, count));
  if (masked > 0) io.out(m.masked(masked));
}

/** Shortens an injected phrase: enough to find it in the source, without printing the advertisement. */
function abbreviate(phrase: string): string {
  return `${phrase.slice(0, 2)}…${phrase.slice(-2)}`;
}
