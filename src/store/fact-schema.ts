import { z } from 'zod';
import type { Fact } from '../domain/fact.js';

const span = z.strictObject({ start: z.int().nonnegative(), end: z.int().nonnegative() });

/**
 * One schema a kind: a kind added to `Fact` does not compile until it stands
 * here. Strict, so that a property that is missing here is refused rather than
 * dropped.
 */
const byKind: { readonly [K in Fact['kind']]: z.ZodType<Extract<Fact, { kind: K }>> } = {
  attachment: z.strictObject({
    kind: z.literal('attachment'),
    number: z.number().nullable(),
    name: z.string(),
    span,
  }),
  'document-number': z.strictObject({ kind: z.literal('document-number'), value: z.string(), span }),
};

/** The fact that `value` is, or null when this program knows no such fact. */
export function parseFact(value: { readonly kind: string } & Readonly<Record<string, unknown>>): Fact | null {
  if (!isKind(value.kind)) return null;
  return byKind[value.kind].safeParse(value).data ?? null;
}

function isKind(kind: string): kind is Fact['kind'] {
  return Object.hasOwn(byKind, kind);
}
