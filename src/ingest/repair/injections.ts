import { isFileName } from '../source/file-name.js';
import type { Edit } from './edit-buffer.js';
import { CONTEXT_REACH, type Injection, type InjectionContext, type RepairRules } from './rules.js';

const SUSPICIOUS_RULE = 'suspicious-phrase';
const ADVERTISING_RULE = 'advertising';
const MASKED = 'masked';

/** Returns whether a recorded rule replaced a phrase by the mask. */
export function isMaskRule(rule: string): boolean {
  return rule === SUSPICIOUS_RULE || rule.endsWith(`/${MASKED}`);
}

/** Returns whether a recorded rule restored, masked or removed an injected phrase. */
export function isPhraseRule(rule: string): boolean {
  return rule === SUSPICIOUS_RULE || rule === ADVERTISING_RULE || rule.includes('/');
}

/**
 * Returns the edits that replace or remove each injected phrase. One that a rule names takes the replacement of its first
 * matching context, else the mask; `companions` are the replacements chosen in the whole notice by contexts alone
 * (`collectCompanions`). Advertising is removed: it was put between the words of the notice. A text that holds nothing
 * else, apart from a file's extension, becomes the mask. Other phrases that recur in a run are masked. Rule names are
 * `injection/context`, `injection/masked`, `advertising` and `suspicious-phrase`.
 */
export function injectionEdits(text: string, rules: RepairRules, companions: ReadonlySet<string>): Edit[] {
  const named: Edit[] = [];
  for (const injection of rules.injections) {
    for (const { start, end, context } of matchInjection(text, injection, companions)) {
      named.push({
        start,
        end,
        to: context?.replacement ?? rules.mask,
        rule: `${injection.name}/${context?.name ?? MASKED}`,
      });
    }
  }
  const recurring: Edit[] = [];
  for (const { matcher, isAdvertising } of rules.suspiciousPhrases) {
    const [to, rule] = isAdvertising ? ['', ADVERTISING_RULE] : [rules.mask, SUSPICIOUS_RULE];
    for (const { index, 0: found } of text.matchAll(matcher)) {
      recurring.push({ start: index, end: index + found.length, to, rule });
    }
  }
  const general = rules.findAdvertising(text).map((range): Edit => ({ ...range, to: '', rule: ADVERTISING_RULE }));
  const edits = [disjoint(recurring), general].reduce(addApart, disjoint(named));
  return edits.every(({ to }) => to !== '') || HAS_WORD.test(withoutExtension(remaining(text, edits)))
    ? edits
    : edits.map((edit) => (edit.to === '' ? { ...edit, to: rules.mask } : edit));
}

/** Returns a text without its advertising, also where it holds nothing else. */
export function removeAdvertising(text: string, rules: Pick<RepairRules, 'findAdvertising'>): string {
  return remaining(
    text,
    rules.findAdvertising(text).map((range) => ({ ...range, to: '', rule: ADVERTISING_RULE })),
  );
}

const HAS_WORD = /[\p{L}\p{N}]/u;

function remaining(text: string, edits: readonly Edit[]): string {
  let end = 0;
  const kept = edits.map((edit) => {
    const part = text.slice(end, edit.start) + edit.to;
    end = edit.end;
    return part;
  });
  return kept.join('') + text.slice(end);
}

function withoutExtension(text: string): string {
  return isFileName(text) ? text.slice(0, text.lastIndexOf('.')) : text;
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

/** Adds to a sorted, disjoint list those of another such list that overlap none of it, in order. */
function addApart(edits: readonly Edit[], others: readonly Edit[]): Edit[] {
  const merged: Edit[] = [];
  let next = 0;
  let end = 0;
  for (const other of others) {
    for (let edit = edits[next]; edit !== undefined && edit.start < other.end; edit = edits[++next]) {
      merged.push(edit);
      end = edit.end;
    }
    if (end > other.start) continue;
    merged.push(other);
    end = other.end;
  }
  return [...merged, ...edits.slice(next)];
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
