import { access, constants, mkdir } from 'node:fs/promises';
import type { Config } from '../config/config.js';
import { doctorMessages as m } from '../messages/doctor.js';
import type { Io } from './io.js';

/** Check of `runDoctor`. `runParts` returns what it found in a few words; it throws when the check fails. */
export interface DoctorCheck {
  readonly name: string;
  readonly run: () => Promise<string>;
}

/** Runs every check, prints a line for each, and returns how many failed. */
export async function runDoctor(checks: readonly DoctorCheck[], io: Io): Promise<number> {
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

/** Creates a missing data directory and checks access to it. Returns its path; throws when it cannot be used. */
export async function checkDataDir({ dataDir }: Config): Promise<string> {
  try {
    await mkdir(dataDir, { recursive: true });
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new Error(m.dataDirUnusable(dataDir), { cause });
  }
  return dataDir;
}
