import type { Line } from './lines.js';
import type { SourceFormat } from './source-event.js';

const PROBE_LINES = 50;

/** The lines looked at and all that follow, to be walked once, and the format that they seem to have. */
export interface ProbedLines {
  readonly format: SourceFormat;
  /** The first non-blank line, or null when there is none. */
  readonly firstLine: string | null;
  readonly batches: AsyncGenerator<readonly Line[]>;
}

/**
 * Tells the formats apart by content: JSON Lines when the first line is a JSON
 * object or most of the first 50 non-blank lines begin like one, else a page
 * export, whose reader finds out whether it is one.
 */
export async function probeFormat(source: AsyncGenerator<readonly Line[]>): Promise<ProbedLines> {
  const held: (readonly Line[])[] = [];
  const probe: string[] = [];
  for (let next = await source.next(); next.done !== true; next = await source.next()) {
    held.push(next.value);
    for (const { text } of next.value) {
      const trimmed = text.trim();
      if (trimmed !== '' && (probe.length > 0 || !trimmed.startsWith('#'))) probe.push(trimmed);
      if (probe.length === PROBE_LINES) break;
    }
    if (probe.length === PROBE_LINES) break;
  }
  const braced = probe.filter((text) => text.startsWith('{')).length;
  const isJson = isObject(probe[0] ?? '') || braced * 2 > probe.length;
  return { format: isJson ? 'json-lines' : 'page-export', firstLine: probe[0] ?? null, batches: replay(held, source) };
}

async function* replay(
  held: (readonly Line[])[],
  rest: AsyncGenerator<readonly Line[]>,
): AsyncGenerator<readonly Line[]> {
  for (let batch = held.shift(); batch !== undefined; batch = held.shift()) yield batch;
  yield* rest;
}

function isObject(text: string): boolean {
  if (!text.startsWith('{')) return false;
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
