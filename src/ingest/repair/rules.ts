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
    suspicious: data.suspicious,
    suspiciousPhrases: [],
  };
});

/** Returns a copy of the rules that also masks these phrases; replaces those of an earlier call. */
export function withSuspicious(rules: RepairRules, phrases: Iterable<string>): RepairRules {
  return { ...rules, suspiciousPhrases: Array.from(phrases, (phrase) => phraseMatcher([phrase])) };
}
