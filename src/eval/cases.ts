import { z } from 'zod';
import { OperatorError } from '../domain/errors.js';
import { failureReason, findFiles } from '../ingest/source/find-files.js';
import { openText, type TextLine } from '../ingest/source/text-file.js';
import { evalMessages as m } from '../messages/eval.js';
import { formatProblem, sourceMessages } from '../messages/source.js';
import { toSingleLine } from './single-line.js';

/** Bounds on a question file and on one line of it: generous, but a hostile line stays cheap to check. */
const MAX_BYTES = 64 * 1_048_576;
const MAX_LINE_UNITS = 1_048_576;
const MAX_NAME = 200;
const MAX_TEXT = 20_000;
const MAX_EXPECTED = 200;
const MAX_TURNS = 100;

const name = z
  .union([z.string(), z.number().int()])
  .transform((value) => String(value).trim())
  .pipe(z.string().min(1).max(MAX_NAME));
const text = z.string().trim().min(1).max(MAX_TEXT);
const texts = z.array(text).max(MAX_EXPECTED);

// Strict: with a misspelt key, nothing would be expected and every answer would be right.
const expected = z.strictObject({
  all: texts.default([]),
  any: z.array(texts.min(1)).max(MAX_EXPECTED).default([]),
  none: texts.default([]),
});

const turnFields = z.object({
  q: text,
  expect: expected.default({ all: [], any: [], none: [] }),
  source: text.nullable().default(null),
  refuse: z.boolean().default(false),
});
type TurnFields = z.infer<typeof turnFields>;

const hasExpectation = ({ expect, source, refuse }: TurnFields): boolean =>
  refuse || expect.all.length + expect.any.length > 0 || source !== null;

const turn = turnFields.refine(hasExpectation, { error: m.expectsNothing });

const forms = {
  /** Question with what its answer must show, or that must be refused. */
  question: turnFields
    .extend({ id: name, type: name.default(m.noType) })
    .refine(hasExpectation, { error: m.expectsNothing })
    .transform((value) => ({ form: 'question' as const, ...value })),
  /** Question on one notice whose answer is a literal part of it. */
  gold: z
    .object({ id: name, docid: name, question: text, answer: text })
    .transform((value) => ({ form: 'gold' as const, ...value })),
  /** Questions of one chat in their order; later ones may refer to earlier ones. */
  dialogue: z
    .object({ id: name, turns: z.array(turn).min(1).max(MAX_TURNS) })
    .transform((value) => ({ form: 'dialogue' as const, ...value })),
};

export type QuestionCase = z.infer<typeof forms.question>;
export type GoldCase = z.infer<typeof forms.gold>;
export type DialogueCase = z.infer<typeof forms.dialogue>;
export type EvalCase = QuestionCase | GoldCase | DialogueCase;

const { localeError } = z.locales.zhCN();

/** Parses one line of a question file. Returns a message (string) when the line cannot be used. */
export function parseCase(line: string): EvalCase | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return m.badJson;
  }
  const schema = schemaFor(value);
  if (schema === null) return m.unknownForm;
  const result = schema.safeParse(value, { error: localeError });
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  return m.badField(issue?.path.join('.') ?? '', toSingleLine(issue?.message ?? '', MAX_NAME));
}

/** Returns the schema of a line's form, known by the field that only this form has; null for an unknown form. */
function schemaFor(value: unknown): z.ZodType<EvalCase> | null {
  if (typeof value !== 'object' || value === null) return null;
  if ('turns' in value) return forms.dialogue;
  if ('q' in value) return forms.question;
  return 'docid' in value || 'question' in value ? forms.gold : null;
}

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
          const content = line.text.trim();
          if (content === '' || (!begun && content.startsWith('#'))) continue;
          begun = true;
          this.#add(file, line, content);
        }
      }
      if (!begun) this.problem(file, null, sourceMessages.noContent(file));
      if (opened.bytesUnread > 0) this.problem(file, null, m.tooLarge(file));
    } catch (error) {
      this.problem(file, null, sourceMessages.readFailed(file, failureReason(error)));
    }
  }

  #add(file: string, line: TextLine, content: string): void {
    const parsed = line.dropped > 0 ? sourceMessages.recordTooLong : parseCase(content);
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
