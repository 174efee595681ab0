import { z } from 'zod';
import { evalMessages as m } from '../messages/eval.js';
import { toSingleLine } from './single-line.js';

/** Bounds on one line of a question file: generous, but a hostile line stays cheap to check. */
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
