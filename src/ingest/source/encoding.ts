import type { SourceEncoding } from './source-event.js';

export interface DetectedEncoding {
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
export function detectEncoding(sample: Uint8Array, complete: boolean): DetectedEncoding | null {
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
