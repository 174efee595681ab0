import { z } from 'zod';
import { CONTACT_CHANNELS, PERIOD_TYPES, type Fact } from '../../domain/fact.js';

const offset = z.int().nonnegative();
const place = {
  span: z.strictObject({ start: offset, end: offset }),
  at: z.strictObject({ start: offset, end: offset }),
};
const timePoint = z.strictObject({ date: z.string(), time: z.string().nullable() });

/**
 * Schemas of the facts, by kind. The type fails to compile while a kind of `Fact` is missing. Strict, so that a
 * property that the schema does not list is refused instead of dropped.
 */
const byKind: { readonly [K in Fact['kind']]: z.ZodType<Extract<Fact, { kind: K }>> } = {
  period: z.strictObject({
    kind: z.literal('period'),
    type: z.enum(PERIOD_TYPES),
    label: z.string(),
    start: timePoint.nullable(),
    end: timePoint.nullable(),
    yearInferred: z.boolean(),
    workingDays: z.strictObject({ stated: z.number(), actual: z.number().nullable() }).nullable(),
    ...place,
  }),
  contact: z.strictObject({
    kind: z.literal('contact'),
    channel: z.enum(CONTACT_CHANNELS),
    value: z.string(),
    normalised: z.string(),
    persons: z.array(z.string()),
    role: z.string().nullable(),
    office: z.string().nullable(),
    ...place,
  }),
  item: z.strictObject({
    kind: z.literal('item'),
    form: z.enum(['title', 'point', 'name']),
    name: z.string(),
    listOf: z.string(),
    list: z.int().nonnegative(),
    number: z.number().nullable(),
    total: z.number().nullable(),
    ...place,
  }),
  quantity: z.strictObject({
    kind: z.literal('quantity'),
    value: z.number().nullable(),
    unit: z.string(),
    of: z.string(),
    ...place,
  }),
  'document-number': z.strictObject({
    kind: z.literal('document-number'),
    value: z.string(),
    title: z.string(),
    ...place,
  }),
  attachment: z.strictObject({
    kind: z.literal('attachment'),
    number: z.number().nullable(),
    name: z.string(),
    ...place,
  }),
};

/** Returns `value` as a fact, or null when this version of the program does not know its kind or its shape. */
export function parseFact(value: { readonly kind: string } & Readonly<Record<string, unknown>>): Fact | null {
  if (!isKind(value.kind)) return null;
  return byKind[value.kind].safeParse(value).data ?? null;
}

function isKind(kind: string): kind is Fact['kind'] {
  return Object.hasOwn(byKind, kind);
}
