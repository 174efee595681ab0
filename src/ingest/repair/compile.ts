import { escapeRegExp } from '../../text/patterns.js';
import type { ContextRule, InjectionRule, TokenRule } from './rule-file.js';

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

type Tokens = ReadonlyMap<string, string>;

const HAN = String.raw`\p{Script=Han}`;
/** Characters that the export may have inserted between two characters; bounded, so that matching stays linear. */
const BETWEEN = String.raw`[ \t\u00a0\u3000?？\u200b\u200c\u200d\ufeff]{0,8}`;

export function compileTokens(rules: Readonly<Record<string, TokenRule>>): Tokens {
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
export function compileInjection(
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
export function phraseMatcher(spellings: readonly string[]): RegExp {
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
