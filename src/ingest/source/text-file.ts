import { open, type FileHandle } from 'node:fs/promises';
import { sourceMessages as m } from '../../messages/source.js';
import { detectEncoding } from './encoding.js';
import { LineSplitter, type TextLine } from './lines.js';
import type { SourceEncoding } from './source-event.js';

const SAMPLE_BYTES = 1_048_576;
const CHUNK_BYTES = 262_144;

export interface TextFileOptions {
  readonly maxBytes: number;
  readonly maxLineUnits: number;
  readonly onBytes?: (bytesRead: number, bytesTotal: number) => void;
}

/** An open text file. `lines` can be iterated once; it closes the file when iteration ends or is abandoned. */
export interface TextFile {
  readonly encoding: SourceEncoding;
  readonly bytesTotal: number;
  /** Number of bytes beyond `maxBytes`, which are not read. */
  readonly bytesUnread: number;
  lines(): AsyncGenerator<readonly TextLine[]>;
}

/** Opens a file as text. Returns a message (string) for an empty or binary file; rejects on file system errors. */
export async function openText(path: string, options: TextFileOptions): Promise<TextFile | string> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const sample = await readAt(handle, 0, Math.min(SAMPLE_BYTES, options.maxBytes));
    const refusal = sample.length === 0 ? m.emptyFile(path) : null;
    const detected = detectEncoding(sample, sample.length >= size);
    if (refusal !== null || detected === null) {
      await handle.close();
      return refusal ?? m.notText(path);
    }
    return {
      encoding: detected.encoding,
      bytesTotal: size,
      bytesUnread: Math.max(0, size - options.maxBytes),
      lines: () => readLines(handle, size, sample, detected.encoding, options),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function* readLines(
  handle: FileHandle,
  size: number,
  sample: Uint8Array,
  encoding: SourceEncoding,
  options: TextFileOptions,
): AsyncGenerator<readonly TextLine[]> {
  try {
    const decoder = new TextDecoder(encoding);
    const splitter = new LineSplitter(options.maxLineUnits);
    const limit = Math.min(size, options.maxBytes);
    let position = 0;
    let chunk = sample;
    while (chunk.length > 0) {
      position += chunk.length;
      const lines = splitter.push(decoder.decode(chunk, { stream: true }));
      options.onBytes?.(position, size);
      if (lines.length > 0) yield lines;
      chunk =
        position >= limit ? new Uint8Array(0) : await readAt(handle, position, Math.min(CHUNK_BYTES, limit - position));
    }
    // The line cut off by `maxBytes` is incomplete and dropped.
    if (size > options.maxBytes) return;
    const rest = splitter.push(decoder.decode());
    const last = splitter.end();
    if (rest.length > 0 || last !== null) yield last === null ? rest : [...rest, last];
  } finally {
    await handle.close();
  }
}

/** Reads up to `length` bytes; fewer only at the file's end. */
async function readAt(handle: FileHandle, position: number, length: number): Promise<Uint8Array> {
  const buffer = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}
