import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { OperatorError } from '../../domain/errors.js';
import { sourceMessages as m } from '../../messages/source.js';
import { escapeRegExp } from '../../text/patterns.js';
import { compileInjection, compileTokens, phraseMatcher, type Injection } from './compile.js';
import { ruleFile, type SuspiciousRule } from './rule-file.js';

/** Compiled repair rules. */
export interface RepairRules {
  readonly mask: string;
  readonly interrogative: RegExp;
  readonly injections: readonly Injection[];
  readonly suspicious: SuspiciousRule;
  /** Matchers of injected phrases that no rule names (`findSuspicious`, added by `withSuspicious`). */
  readonly suspiciousPhrases: readonly RegExp[];
}

/** Reads `data/repairs.json`. Throws an `OperatorError` that names the file and the invalid rule. */
export function loadRepairRules(path: string): RepairRules {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new OperatorError(m.rulesUnreadable(path, cause instanceof Error ? cause.message : String(cause)), { cause });
  }
  return compileRules(json, path);
}

/** Validates and compiles rules. Throws an `OperatorError` for invalid ones; its message names `path`. */
export function compileRules(json: unknown, path: string): RepairRules {
  const result = ruleFile.safeParse(json, { error: z.locales.zhCN().localeError });
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new OperatorError(m.rulesInvalid(path, placeName(json, issue?.path ?? []), issue?.message ?? ''));
  }
  const { data } = result;
  const tokens = compileTokens(data.tokens);
  return {
    mask: data.mask,
    interrogative: new RegExp(data.interrogatives.map((word) => escapeRegExp(word)).join('|'), 'u'),
    injections: data.injections.map((rule, index) => {
      try {
        return compileInjection(rule, data.skip, tokens);
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new OperatorError(m.rulesInvalid(path, placeName(json, ['injections', index]), reason), { cause });
      }
    }),
    suspicious: data.suspicious,
    suspiciousPhrases: [],
  };
}

/** Returns a copy of the rules that also masks these phrases; replaces those of an earlier call. */
export function withSuspicious(rules: RepairRules, phrases: Iterable<string>): RepairRules {
  return { ...rules, suspiciousPhrases: Array.from(phrases, (phrase) => phraseMatcher([phrase])) };
}

/** Formats a path in the rules with the names of the rules on it: `injections.0（某名）.contexts.2`. */
function placeName(json: unknown, path: readonly PropertyKey[]): string {
  const parts: string[] = [];
  let value: unknown = json;
  for (const key of path) {
    value = typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;
    const name = typeof value === 'object' && value !== null && 'name' in value ? value.name : undefined;
    parts.push(typeof name === 'string' ? `${String(key)}（${name}）` : String(key));
  }
  return parts.join('.') || '顶层';
}
