import { OperatorError } from '../domain/errors.js';
import { evalMessages as m } from '../messages/eval.js';
import { formatProblem, sourceMessages } from '../messages/source.js';
import { failureReason, findFiles } from '../ingest/source/find-files.js';
import { openText, type TextLine } from '../ingest/source/text-file.js';
import { toSingleLine } from './single-line.js';
import { parseCase, type EvalCase } from './cases.js';

const MAX_BYTES = 64 * 1_048_576;
const MAX_LINE_UNITS = 1_048_576;

/** Problem of a line or a file that could not be used. */
export interface CaseProblem {
  readonly file: string;
  /** 1-based; null when the problem concerns the whole file. */
  readonly line: number | null;
  readonly message: string;
}

export interface CaseFiles {
  readonly cases: readonly EvalCase[];
  readonly problems: readonly CaseProblem[];
  /** Files that the paths stand for. */
  readonly files: readonly string[];
}

/**
 * Reads question files (JSON Lines; a folder stands for its files). Reports each unusable line as a problem and reads
 * on. Throws an `OperatorError` that names the first problem when no question is usable.
 */
export async function readCases(paths: readonly string[]): Promise<CaseFiles> {
  const reader = new CaseReader();
  for (const path of paths) {
    const found = await findFiles(path);
    if (typeof found === 'string') reader.problem(path, null, found);
    else for (const file of found) await reader.read(file);
  }
  const { cases, problems, files } = reader;
  const first = problems[0];
  if (cases.length === 0) {
    const why = first === undefined ? m.noQuestions : formatProblem(first, first.message);
    throw new OperatorError(m.nothingToAsk(why, problems.length - 1));
  }
  return { cases, problems, files };
}

class CaseReader {
  readonly cases: EvalCase[] = [];
  readonly problems: CaseProblem[] = [];
  readonly files: string[] = [];
  readonly #places = new Map<string, CaseProblem>();

  problem(file: string, line: number | null, message: string): void {
    this.problems.push({ file, line, message });
  }

  async read(file: string): Promise<void> {
    this.files.push(file);
    try {
      const opened = await openText(file, { maxBytes: MAX_BYTES, maxLineUnits: MAX_LINE_UNITS });
      if (typeof opened === 'string') {
        this.problem(file, null, opened);
        return;
      }
      let begun = false;
      for await (const lines of opened.lines()) {
        for (const line of lines) {
          const text = line.text.trim();
          if (text === '' || (!begun && text.startsWith('#'))) continue;
          begun = true;
          this.#take(file, line, text);
        }
      }
      if (!begun) this.problem(file, null, sourceMessages.noContent(file));
      if (opened.bytesUnread > 0) this.problem(file, null, m.tooLarge(file));
    } catch (error) {
      this.problem(file, null, sourceMessages.readFailed(file, failureReason(error)));
    }
  }

  #take(file: string, line: TextLine, text: string): void {
    const parsed = line.dropped > 0 ? sourceMessages.recordTooLong : parseCase(text);
    if (typeof parsed === 'string') {
      this.problem(file, line.number, parsed);
      return;
    }
    const key = identityOf(parsed);
    const earlier = this.#places.get(key);
    if (earlier !== undefined) {
      this.problem(file, line.number, m.duplicate(toSingleLine(parsed.id, 40), formatProblem(earlier, '')));
      return;
    }
    this.#places.set(key, { file, line: line.number, message: '' });
    this.cases.push(parsed);
  }
}

/** Returns the key by which lines are duplicates: id and wording, because two sets may use the same ids. */
function identityOf(parsed: EvalCase): string {
  switch (parsed.form) {
    case 'question':
      return JSON.stringify([parsed.form, parsed.id, parsed.q]);
    case 'gold':
      return JSON.stringify([parsed.form, parsed.id, parsed.question]);
    case 'dialogue':
      return JSON.stringify([parsed.form, parsed.id, parsed.turns.map(({ q }) => q)]);
  }
}
