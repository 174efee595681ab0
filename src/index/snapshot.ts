import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { errorCode } from '../domain/errors.js';
import type { IndexedNotice } from './indexed-notice.js';
import type { SerialisedPostings } from './minisearch-store.js';

/** Version of the file format, to be raised when the lines below change their meaning. */
const FORMAT = 1;
/** Terms per line: V8 cannot hold the serialised form of some 44,000 notices in one string. */
const TERMS_PER_LINE = 2000;

/** Content of a snapshot: enough to answer from and to add to. */
export interface IndexSnapshot {
  /** Fingerprint of the analyser, its dictionaries and options; see `fingerprintOf`. */
  readonly fingerprint: string;
  readonly storeRevision: number;
  readonly postings: SerialisedPostings;
  readonly notices: readonly IndexedNotice[];
}

/** Reason why a snapshot is not used. The index is then rebuilt from the store. */
export type SnapshotRefusal = 'absent' | 'corrupt' | 'other-format' | 'other-fingerprint' | 'stale';

/**
 * Writes a snapshot beside `file` and renames it into place, so that a reader sees the old one or the new one. Lines of
 * JSON: a header, the postings without their terms, the notices, the terms in chunks, and a footer with the SHA-256 of
 * all before it.
 */
export async function writeSnapshot(file: string, snapshot: IndexSnapshot): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  const handle = await open(temporary, 'w');
  try {
    await writeLines(handle, snapshot);
    await handle.sync();
  } catch (error) {
    await handle.close();
    await rm(temporary, { force: true });
    throw error;
  }
  await handle.close();
  await rename(temporary, file);
}

async function writeLines(handle: FileHandle, snapshot: IndexSnapshot): Promise<void> {
  const hash = createHash('sha256');
  const put = async (value: unknown): Promise<void> => {
    const line = `${JSON.stringify(value)}\n`;
    hash.update(line);
    await handle.write(line);
  };
  const { index: terms, ...postings } = snapshot.postings;
  await put({ format: FORMAT, fingerprint: snapshot.fingerprint, storeRevision: snapshot.storeRevision });
  await put({ postings });
  for (const notice of snapshot.notices) await put({ notice });
  for (let i = 0; i < terms.length; i += TERMS_PER_LINE) await put({ terms: terms.slice(i, i + TERMS_PER_LINE) });
  await handle.write(`${JSON.stringify({ sha256: hash.digest('hex') })}\n`);
}

/**
 * Reads a snapshot that fits the given fingerprint and store revision (null: any), or returns why it does not. Never
 * throws for anything that a file can hold.
 */
export async function readSnapshot(
  file: string,
  expected: { readonly fingerprint: string; readonly storeRevision: number | null },
): Promise<IndexSnapshot | SnapshotRefusal> {
  const collected = new SnapshotReader(expected);
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity });
  try {
    for await (const line of lines) {
      const refusal = collected.readLine(line);
      if (refusal !== null) return refusal;
    }
    return collected.finish();
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? 'absent' : 'corrupt';
  } finally {
    lines.close();
  }
}

const headerSchema = z.object({ format: z.number(), fingerprint: z.string(), storeRevision: z.number() });

/** Lines after the header are validated by the footer's hash, not one by one: an altered file is refused as a whole. */
interface SnapshotLine {
  readonly postings?: Omit<SerialisedPostings, 'index'>;
  readonly notice?: IndexedNotice;
  readonly terms?: SerialisedPostings['index'];
  readonly sha256?: string;
}

class SnapshotReader {
  readonly #expected: { readonly fingerprint: string; readonly storeRevision: number | null };
  readonly #hash: Hash = createHash('sha256');
  #header: z.infer<typeof headerSchema> | null = null;
  #postings: Omit<SerialisedPostings, 'index'> | null = null;
  readonly #notices: IndexedNotice[] = [];
  readonly #terms: SerialisedPostings['index'] = [];
  #sealed = false;

  constructor(expected: { readonly fingerprint: string; readonly storeRevision: number | null }) {
    this.#expected = expected;
  }

  readLine(line: string): SnapshotRefusal | null {
    if (this.#header === null) return this.#takeHeader(line);
    const value = JSON.parse(line) as SnapshotLine;
    if (value.sha256 !== undefined) {
      this.#sealed = value.sha256 === this.#hash.digest('hex');
      return this.#sealed ? null : 'corrupt';
    }
    this.#hash.update(`${line}\n`);
    if (value.postings !== undefined) this.#postings = value.postings;
    if (value.notice !== undefined) this.#notices.push(value.notice);
    for (const entry of value.terms ?? []) this.#terms.push(entry);
    return null;
  }

  #takeHeader(line: string): SnapshotRefusal | null {
    const header = headerSchema.parse(JSON.parse(line));
    if (header.format !== FORMAT) return 'other-format';
    if (header.fingerprint !== this.#expected.fingerprint) return 'other-fingerprint';
    if (this.#expected.storeRevision !== null && header.storeRevision !== this.#expected.storeRevision) return 'stale';
    this.#header = header;
    this.#hash.update(`${line}\n`);
    return null;
  }

  finish(): IndexSnapshot | SnapshotRefusal {
    if (!this.#sealed || this.#header === null || this.#postings === null) return 'corrupt';
    const { fingerprint, storeRevision } = this.#header;
    return {
      fingerprint,
      storeRevision,
      postings: { ...this.#postings, index: this.#terms },
      notices: this.#notices,
    };
  }
}
