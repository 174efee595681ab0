import { access, constants, mkdir } from 'node:fs/promises';
import type { Config } from '../config/config.js';
import { doctorMessages as m } from '../messages/doctor.js';
import type { Io } from './io.js';

/** One thing to check. It throws, or returns what it found in a few words. */
export interface Check {
  readonly name: string;
  readonly run: () => Promise<string>;
}

/** Runs every check, prints a line for each, and returns how many failed. */
export async function doctor(checks: readonly Check[], io: Io): Promise<number> {
  let failed = 0;
  for (const { name, run } of checks) {
    try {
      io.out(m.ok(name, await run()));
    } catch (error) {
      failed++;
      io.out(m.failed(name, error instanceof Error ? error.message : String(error)));
    }
  }
  io.out(failed === 0 ? m.allWell : m.someFailed(failed));
  return failed;
}

/** The data directory exists or can be made, and can be written to. */
export async function checkDataDir({ dataDir }: Config): Promise<string> {
  try {
    await mkdir(dataDir, { recursive: true });
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new Error(m.dataDirUnusable(dataDir), { cause });
  }
  return dataDir;
}
