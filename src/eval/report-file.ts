import { open, readFile, rename, rm } from 'node:fs/promises';
import { OperatorError } from '../domain/errors.js';
import { evalMessages as m } from '../messages/eval.js';
import { failureReason } from '../ingest/source/find-files.js';
import { reportSchema, type EvalReport } from './report.js';

/** Reads a report that an earlier run wrote. Throws an `OperatorError` naming the file when it is not a report. */
export async function readReport(file: string): Promise<EvalReport> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new OperatorError(m.reportUnreadable(file, failureReason(cause)), { cause });
  }
  const result = reportSchema.safeParse(parsed(text));
  if (!result.success) throw new OperatorError(m.notAReport(file), { cause: result.error });
  return result.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Writes a report atomically: to a temporary file beside `file`, which is then renamed. Throws an `OperatorError`
 * naming the file.
 */
export async function writeReport(file: string, report: EvalReport): Promise<void> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(`${JSON.stringify(report, null, 1)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new OperatorError(m.reportUnwritable(file, failureReason(cause)), { cause });
  }
}
