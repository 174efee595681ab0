import { z } from 'zod';
import { escapeRegExp } from '../../text/patterns.js';
import { advertisingSchema, type FindAdvertising } from './advertising.js';

const literals = z.array(z.string().min(1)).min(1);

const context = z
  .object({
    name: z.string().min(1),
    replacement: z.string().min(1),
    /** Texts of which one must directly precede the phrase; `{名}` refers to a token. */
    before: literals.optional(),
    /** Texts of which one must directly follow the phrase. With both lists, both must match. */
    after: literals.optional(),
    /** Matches only when the notice's other occurrences, decided by their own contexts, all take this replacement. */
    needsCompanion: z.boolean().default(false),
  })
  .refine((value) => value.before !== undefined || value.after !== undefined, { error: 'before / after' });

const injection = z.object({
  name: z.string().min(1),
  phrase: z.string().min(2),
  /** Other spellings of the phrase (traditional forms), of the same length, matched in any mixture. */
  variants: z.array(z.string()).default([]),
  contexts: z.array(context),
});

const token = z.union([
  z.object({ words: literals }),
  /** A run of `min` to `max` characters from a set: `chars` lists them, or is the name `Han`. */
  z.object({ chars: z.string().min(1), min: z.number().int().min(0), max: z.number().int().min(1).max(40) }),
]);

const suspicious = z.object({
  heads: literals,
  tails: literals,
  maxBetween: z.number().int().min(0).max(20),
  minOccurrences: z.number().int().min(2),
  minDistinctContexts: z.number().int().min(1),
  /** Legitimate terms: a phrase that contains one is not reported. */
  allow: z.array(z.string().min(1)),
  /** Characters that can directly precede (`fitsBefore`) or follow (`fitsAfter`) a legitimate term in a sentence. */
  fitsBefore: z.string(),
  fitsAfter: z.string(),
});

const ruleFile = z.object({
  about: z.string(),
  mask: z.string().min(1),
  interrogatives: literals,
  /** Characters that may occur between the phrase and its context. */
  skip: z.object({ before: z.string(), after: z.string() }),
  tokens: z.record(z.string(), token),
  injections: z.array(injection),
  advertising: advertisingSchema,
  suspicious,
});

type ContextRule = z.infer<typeof context>;
type InjectionRule = z.infer<typeof injection>;
type TokenRule = z.infer<typeof token>;
type SuspiciousRule = z.infer<typeof suspicious>;

/** UTF-16 units on each side of the phrase that a context can match; longer literals never match. */
export const CONTEXT_REACH = 48;

/** Compiled rule of one injected phrase. */
export interface Injection {
  readonly name: string;
  /** Global; also matches the phrase with blanks or `?` between its characters. */
  readonly matcher: RegExp;
  readonly contexts: readonly InjectionContext[];
}

export interface InjectionContext {
  readonly name: string;
  readonly replacement: string;
  /** Tested on the text directly before the phrase. */
  readonly before: RegExp | null;
  /** Tested on the text directly after the phrase. */
  readonly after: RegExp | null;
  readonly needsCompanion: boolean;
}

/** Compiled rule of a phrase that recurs in a run and that no rule names. */
export interface SuspiciousPhraseRule {
  /** Global; also matches the phrase with blanks or `?` between its characters. */
  readonly matcher: RegExp;
  /** True when it holds an advertisement of `findAdvertising`, with a name around it that no list has. */
  readonly isAdvertising: boolean;
}

/** Compiled repair rules. */
export interface RepairRules {
  readonly mask: string;
  readonly interrogative: RegExp;
  readonly injections: readonly Injection[];
  readonly findAdvertising: FindAdvertising;
  readonly suspicious: SuspiciousRule;
  /** Injected phrases that no rule names (`findSuspicious`, added by `withSuspicious`). */
  readonly suspiciousPhrases: readonly SuspiciousPhraseRule[];
}

/** Schema of `data/repairs.json`; compiles the rules. */
export const repairRulesSchema = ruleFile.transform((data, ctx): RepairRules => {
  const tokens = compileTokens(data.tokens);
  return {
    mask: data.mask,
    interrogative: new RegExp(data.interrogatives.map((word) => escapeRegExp(word)).join('|'), 'u'),
    injections: data.injections.flatMap((rule, index) => {
      try {
        return [compileInjection(rule, data.skip, tokens)];
      } catch (cause) {
        const message = cause instanceof Error ? cause.message : String(cause);
        ctx.addIssue({ code: 'custom', path: ['injections', index], message });
        return [];
      }
    }),
    findAdvertising: data.advertising,
    suspicious: data.suspicious,
    suspiciousPhrases: [],
  };
});

/** Returns a copy of the rules that also masks or removes these phrases; replaces those of an earlier call. */
export function withSuspicious(rules: RepairRules, phrases: Iterable<string>): RepairRules {
  const suspiciousPhrases = Array.from(phrases, (phrase) => ({
    matcher: phraseMatcher([phrase]),
    isAdvertising: rules.findAdvertising(phrase).length > 0,
  }));
  return { ...rules, suspiciousPhrases };
}

type Tokens = ReadonlyMap<string, string>;

const HAN = String.raw`\p{Script=Han}`;
/** Characters that the export may have inserted between two characters; bounded, so that matching stays linear. */
const BETWEEN = String.raw`[ \t\u00a0\u3000?？\u200b\u200c\u200d\ufeff]{0,8}`;

function compileTokens(rules: Readonly<Record<string, TokenRule>>): Tokens {
  const tokens = new Map<string, string>();
  for (const [name, rule] of Object.entries(rules)) {
    if ('words' in rule) {
      tokens.set(name, `(?:${rule.words.map(escapeRegExp).join('|')})`);
    } else {
      const set = rule.chars === 'Han' ? HAN : Array.from(rule.chars, escapeRegExp).join('');
      tokens.set(name, `[${set}]{${String(rule.min)},${String(rule.max)}}`);
    }
  }
  return tokens;
}

/** Compiles an injection rule. Throws an `Error` that names an undefined token or a variant of another length. */
function compileInjection(
  rule: InjectionRule,
  skip: { readonly before: string; readonly after: string },
  tokens: Tokens,
): Injection {
  const contexts = rule.contexts.map((context: ContextRule): InjectionContext => ({
    name: context.name,
    replacement: context.replacement,
    before:
      context.before === undefined
        ? null
        : new RegExp(`${anyOf(context.before, tokens)}${skipping(skip.before)}$`, 'u'),
    after:
      context.after === undefined ? null : new RegExp(`^${skipping(skip.after)}${anyOf(context.after, tokens)}`, 'u'),
    needsCompanion: context.needsCompanion,
  }));
  return { name: rule.name, matcher: phraseMatcher([rule.phrase, ...rule.variants]), contexts };
}

/**
 * Returns a global expression that matches a phrase in any mixture of its spellings, also with blanks or `?` between
 * its characters. Throws an `Error` naming a spelling whose length differs from that of the first.
 */
function phraseMatcher(spellings: readonly string[]): RegExp {
  const [first = '', ...others] = spellings.map((spelling) => Array.from(spelling.normalize('NFKC')));
  const uneven = others.find((spelling) => spelling.length !== first.length);
  if (uneven !== undefined) throw new Error(uneven.join(''));
  const characters = Array.from(first, (character, i) => {
    const forms = new Set([character, ...others.map((spelling) => spelling[i] ?? '')]);
    return `[${Array.from(forms, (form) => withWidths(form)).join('')}]`;
  });
  return new RegExp(characters.join(BETWEEN), 'giu');
}

/** Returns a character, escaped, and, for printable ASCII, its full-width form. */
function withWidths(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const wide = code > 0x20 && code < 0x7f ? String.fromCodePoint(code + 0xfee0) : '';
  return escapeRegExp(character) + wide;
}

function skipping(characters: string): string {
  return characters === '' ? '' : `[${Array.from(characters, escapeRegExp).join('')}]{0,8}`;
}

function anyOf(literals: readonly string[], tokens: Tokens): string {
  return `(?:${literals.map((literal) => compileLiteral(literal, tokens)).join('|')})`;
}

function compileLiteral(literal: string, tokens: Tokens): string {
  return literal
    .split(/(\{[^{}]*\})/)
    .map((part) => {
      if (!part.startsWith('{')) return escapeRegExp(part);
      const token = tokens.get(part.slice(1, -1));
      if (token === undefined) throw new Error(part);
      return token;
    })
    .join('');
}
