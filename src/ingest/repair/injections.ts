import type { Edit } from './edit-buffer.js';
import { CONTEXT_REACH, type Injection, type InjectionContext, type RepairRules } from './rules.js';

const SUSPICIOUS_RULE = 'suspicious-phrase';
const MASKED = 'masked';

/** Returns whether a recorded rule replaced a phrase by the mask. */
export function isMaskRule(rule: string): boolean {
  return rule === SUSPICIOUS_RULE || rule.endsWith(`/${MASKED}`);
}

/** Returns whether a recorded rule restored or masked an injected phrase. */
export function isPhraseRule(rule: string): boolean {
  return rule === SUSPICIOUS_RULE || rule.includes('/');
}

/**
 * Returns the edits that replace each occurrence of an injected phrase: by the replacement of the first matching
 * context, else by the mask. `companions` are the replacements chosen in the whole notice by contexts alone
 * (`collectCompanions`). Rule names are `injection/context`, `injection/masked` and `suspicious-phrase`.
 */
export function injectionEdits(text: string, rules: RepairRules, companions: ReadonlySet<string>): Edit[] {
  const edits: Edit[] = [];
  for (const injection of rules.injections) {
    for (const { start, end, context } of matchInjection(text, injection, companions)) {
      edits.push({
        start,
        end,
        to: context?.replacement ?? rules.mask,
        rule: `${injection.name}/${context?.name ?? MASKED}`,
      });
    }
  }
  for (const phrase of rules.suspiciousPhrases) {
    for (const { index, 0: found } of text.matchAll(phrase)) {
      edits.push({ start: index, end: index + found.length, to: rules.mask, rule: SUSPICIOUS_RULE });
    }
  }
  return disjoint(edits);
}

/** Collects the replacements chosen in a notice's texts by contexts that need no companion. */
export function collectCompanions(texts: readonly string[], rules: RepairRules): Set<string> {
  const found = new Set<string>();
  for (const text of texts) {
    for (const injection of rules.injections) {
      for (const { context } of matchInjection(text, injection, null))
        if (context !== null) found.add(context.replacement);
    }
  }
  return found;
}

interface InjectionMatch {
  readonly start: number;
  readonly end: number;
  readonly context: InjectionContext | null;
}

function* matchInjection(
  text: string,
  injection: Injection,
  companions: ReadonlySet<string> | null,
): Generator<InjectionMatch> {
  for (const { index: start, 0: found } of text.matchAll(injection.matcher)) {
    const end = start + found.length;
    const before = text.slice(Math.max(0, start - CONTEXT_REACH), start);
    const after = text.slice(end, end + CONTEXT_REACH);
    const context = injection.contexts.find((candidate) => fits(candidate, before, after, companions)) ?? null;
    yield { start, end, context };
  }
}

function fits(
  context: InjectionContext,
  before: string,
  after: string,
  companions: ReadonlySet<string> | null,
): boolean {
  if (context.needsCompanion && !(companions?.size === 1 && companions.has(context.replacement))) return false;
  return (context.before?.test(before) ?? true) && (context.after?.test(after) ?? true);
}

/** Sorts edits by start, the longer first on a tie, and drops those that overlap an earlier one. */
function disjoint(edits: Edit[]): Edit[] {
  edits.sort((a, b) => a.start - b.start || b.end - a.end);
  let end = 0;
  return edits.filter((edit) => {
    if (edit.start < end) return false;
    end = edit.end;
    return true;
  });
}
