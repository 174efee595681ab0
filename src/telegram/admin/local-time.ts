import { formatInstant } from '../../messages/format-day.js';

/** Formats a stored instant in Shanghai time: `3月11日 14:05`. */
export function localTime(instant: string, now: Date): string {
  return formatInstant(new Date(instant), now);
}

export function secondsBetween(startedAt: string, endedAt: string): number {
  return Math.max(0, Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / 1000));
}
