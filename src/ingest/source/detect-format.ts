import type { SourceFormat } from './source-event.js';
import type { TextLine } from './text-file.js';

const PROBE_LINES = 50;

/** Detected format of a source, and its lines (those probed included) as a generator to be consumed once. */
export interface ProbedLines {
  readonly format: SourceFormat;
  /** First non-blank line after leading `#` lines, trimmed; null when there is none. */
  readonly firstLine: string | null;
  readonly batches: AsyncGenerator<readonly TextLine[]>;
}

/**
 * Detects the format from the content: JSON Lines when the first line parses as JSON and starts with `{`, or when more
 * than half of the first 50 non-blank lines start with `{`. Everything else is reported as a page export;
 * `readPageExport` returns false when it is not one.
 */
export async function probeFormat(source: AsyncGenerator<readonly TextLine[]>): Promise<ProbedLines> {
  const held: (readonly TextLine[])[] = [];
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
  held: (readonly TextLine[])[],
  rest: AsyncGenerator<readonly TextLine[]>,
): AsyncGenerator<readonly TextLine[]> {
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
