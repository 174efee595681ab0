import { open, type FileHandle } from 'node:fs/promises';
import { sourceMessages as m } from '../../messages/source.js';
import type { SourceEncoding } from './source-event.js';

const SAMPLE_BYTES = 1_048_576;
const CHUNK_BYTES = 262_144;

/** One line of a file, without its line break. */
export interface TextLine {
  /** 1-based. */
  readonly number: number;
  readonly text: string;
  /** Number of UTF-16 units cut off because the line exceeds the limit. */
  readonly dropped: number;
}

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

interface DetectedEncoding {
  readonly encoding: SourceEncoding;
  /** Length of the byte order mark, in bytes; 0 without one. */
  readonly bomBytes: number;
}

/** File signatures of binary formats. */
const MAGIC: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04], // zip and with it docx, xlsx
  [0x50, 0x4b, 0x05, 0x06],
  [0x25, 0x50, 0x44, 0x46, 0x2d], // %PDF-
  [0xd0, 0xcf, 0x11, 0xe0], // doc, xls
  [0x1f, 0x8b], // gzip
  [0x52, 0x61, 0x72, 0x21], // Rar!
  [0x37, 0x7a, 0xbc, 0xaf], // 7z
  [0x89, 0x50, 0x4e, 0x47], // png
  [0xff, 0xd8, 0xff], // jpeg
];

/** Largest share (0 … 1) of replacement characters among the non-ASCII characters of a file still read as UTF-8. */
const MAX_DAMAGE = 0.02;

/**
 * Detects the encoding from the first bytes of a file; `complete` says whether the sample is the whole file.
 * Returns null when the sample is not text: a known binary format, or NUL bytes without a UTF-16 byte order mark.
 */
function detectEncoding(sample: Uint8Array, complete: boolean): DetectedEncoding | null {
  if (startsWith(sample, [0xef, 0xbb, 0xbf])) return { encoding: 'utf-8', bomBytes: 3 };
  if (startsWith(sample, [0xff, 0xfe])) return { encoding: 'utf-16le', bomBytes: 2 };
  if (startsWith(sample, [0xfe, 0xff])) return { encoding: 'utf-16be', bomBytes: 2 };
  if (MAGIC.some((magic) => startsWith(sample, magic)) || sample.includes(0)) return null;
  return { encoding: isUtf8(sample, complete) ? 'utf-8' : 'gb18030', bomBytes: 0 };
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

function isUtf8(sample: Uint8Array, complete: boolean): boolean {
  try {
    // `stream` tolerates a byte sequence cut by the end of the sample.
    new TextDecoder('utf-8', { fatal: true }).decode(sample, { stream: !complete });
    return true;
  } catch {
    return replacementShare(new TextDecoder('utf-8').decode(sample)) <= MAX_DAMAGE;
  }
}

/** Returns the share (0 … 1) of U+FFFD among the non-ASCII characters. */
function replacementShare(text: string): number {
  let broken = 0;
  let other = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0xfffd) broken++;
    else if (code > 0x7f) other++;
  }
  return broken === 0 ? 0 : broken / (broken + other);
}

/**
 * Splits text that arrives in pieces at LF, CRLF and CR only; U+2028 is no line break, because it is legal inside a
 * JSON string. A line keeps at most `maxUnits` UTF-16 units, which bounds the memory used for any file.
 */
export class LineSplitter {
  readonly #maxUnits: number;
  #parts: string[] = [];
  #kept = 0;
  #dropped = 0;
  #number = 1;
  #afterCr = false;

  constructor(maxUnits: number) {
    this.#maxUnits = maxUnits;
  }

  /** Adds a piece of text and returns the lines that it completes. */
  push(piece: string): TextLine[] {
    const lines: TextLine[] = [];
    let start = 0;
    if (piece !== '' && this.#afterCr) {
      this.#afterCr = false;
      if (piece.startsWith('\n')) start = 1;
    }
    const breaks = /\r\n?|\n/g;
    breaks.lastIndex = start;
    for (let found = breaks.exec(piece); found !== null; found = breaks.exec(piece)) {
      this.#keep(piece.slice(start, found.index));
      lines.push(this.#finish());
      start = breaks.lastIndex;
      this.#afterCr = start === piece.length && found[0] === '\r';
    }
    this.#keep(piece.slice(start));
    return lines;
  }

  /** Returns the last line when the text does not end in a line break, else null. */
  end(): TextLine | null {
    return this.#kept + this.#dropped === 0 ? null : this.#finish();
  }

  #keep(text: string): void {
    const room = this.#maxUnits - this.#kept;
    const part = text.length <= room ? text : text.slice(0, room);
    this.#dropped += text.length - part.length;
    this.#kept += part.length;
    if (part !== '') this.#parts.push(part);
  }

  #finish(): TextLine {
    const line = { number: this.#number++, text: this.#parts.join(''), dropped: this.#dropped };
    this.#parts = [];
    this.#kept = 0;
    this.#dropped = 0;
    return line;
  }
}
