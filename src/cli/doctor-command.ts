import { doctorMessages as m } from '../messages/cli.js';
import type { Io } from './io.js';

/** Check of `runDoctor`. `run` returns what it found in a few words; it throws when the check fails. */
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
