import type { ReindexResult, ReindexState } from '../../ingest/pipeline/reindexer.js';
import { adminMessages } from '../../messages/admin.js';
import { formatInstant } from '../../messages/format-day.js';

const m = adminMessages.reindex;

/** Formats the current stage and progress of a run. */
export function stageText({ progress }: ReindexState): string {
  return progress === null ? m.notYet : m.stage(progress.stage, progress.file, progress.done, progress.total);
}

export function progressText(state: ReindexState, now: Date): string {
  const seconds = Math.max(0, Math.round((now.getTime() - Date.parse(state.startedAt)) / 1000));
  const names = state.sources.map(({ name }) => name);
  return m.progress(names, state.dryRun, stageText(state), seconds);
}

export function endText(end: ReindexResult, dryRun: boolean): string {
  const seconds = Math.round(end.ms / 1000);
  if (end.kind === 'done') return m.done(end.summary, seconds);
  return dryRun ? m.failedDry(end.message) : m.failed(end.message, seconds, end.saved);
}

/** Formats a stored instant in Shanghai time: `3月11日 14:05`. */
export function localTime(instant: string, now: Date): string {
  return formatInstant(new Date(instant), now);
}

export function secondsBetween(startedAt: string, endedAt: string): number {
  return Math.max(0, Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000));
}
