import { isHanCharacter } from '../../text/han.js';
import { escapeRegExp } from '../../text/patterns.js';
import type { RepairRules } from './rules.js';

export interface SuspiciousPhrase {
  readonly phrase: string;
  readonly count: number;
  /** Surrounding text of up to three occurrences, with the mask in place of the phrase. */
  readonly samples: readonly string[];
}

interface CoreOccurrence {
  /** Up to `REACH` UTF-16 units before and after the core. */
  readonly left: string;
  readonly right: string;
}

/** Occurrences of one match of `heads … tails`, the core of a phrase. */
interface PhraseCore {
  count: number;
  readonly occurrences: CoreOccurrence[];
}

const REACH = 12;
/** Contexts kept per core; later occurrences are only counted. */
const MAX_OCCURRENCES = 2_000;
const MAX_CORES = 5_000;
const SAMPLES = 3;
/** Smallest share (0 … 1) of the occurrences that must have a neighbouring character for it to join the phrase. */
const SHARED = 0.9;

const PART = /^[\p{L}\p{N}]$/u;

/**
 * Finds phrases that look like injected advertising: a head (体育) and a tail (直播) close together, recurring in
 * sentences where such a term does not fit. Omits phrases that a rule names and phrases with an `allow` term. `texts`
 * are received titles, bodies and attachment names. Linear in the text; memory is bounded.
 */
export function findSuspicious(texts: Iterable<string>, rules: RepairRules): SuspiciousPhrase[] {
  const cores = collectCores(texts, rules);
  const found = new Map<string, SuspiciousPhrase>();
  for (const [core, { count, occurrences }] of cores) {
    if (count < rules.suspicious.minOccurrences) continue;
    const left = sharedRun(occurrences.map(({ left: text }) => Array.from(text).reverse()))
      .reverse()
      .join('');
    const right = sharedRun(occurrences.map(({ right: text }) => Array.from(text))).join('');
    const phrase = left + core + right;
    if (isAllowed(phrase, rules) || !occursOutOfContext(occurrences, left, right, rules)) continue;
    const samples = occurrences.slice(0, SAMPLES).map((at) => {
      const before = at.left.endsWith(left) ? at.left.slice(0, at.left.length - left.length) : at.left;
      return before + rules.mask + (at.right.startsWith(right) ? at.right.slice(right.length) : at.right);
    });
    const known = found.get(phrase);
    if (known === undefined || known.count < count) found.set(phrase, { phrase, count, samples });
  }
  return withoutParts([...found.values()]);
}

function collectCores(texts: Iterable<string>, rules: RepairRules): Map<string, PhraseCore> {
  const { heads, tails, maxBetween } = rules.suspicious;
  const words = (list: readonly string[]): string => list.map(escapeRegExp).join('|');
  const between = `\\p{Script=Han}{0,${String(maxBetween)}}?`;
  const pattern = new RegExp(`(?:${words(heads)})${between}(?:${words(tails)})`, 'gu');
  const cores = new Map<string, PhraseCore>();
  for (const received of texts) {
    let text = received;
    for (const { matcher } of rules.injections) text = text.replace(matcher, '\n');
    for (const { index, 0: core } of text.matchAll(pattern)) {
      let entry = cores.get(core);
      if (entry === undefined) {
        if (cores.size >= MAX_CORES) continue;
        entry = { count: 0, occurrences: [] };
        cores.set(core, entry);
      }
      entry.count++;
      if (entry.occurrences.length >= MAX_OCCURRENCES) continue;
      const end = index + core.length;
      entry.occurrences.push({
        left: text.slice(Math.max(0, index - REACH), index),
        right: text.slice(end, end + REACH),
      });
    }
  }
  return cores;
}

/** Returns the characters next to the core that at least `SHARED` of the occurrences have, from the core outwards. */
function sharedRun(neighbours: readonly (readonly string[])[]): string[] {
  const run: string[] = [];
  let alike = neighbours;
  for (let i = 0; i < REACH; i++) {
    const counts = new Map<string, number>();
    for (const text of alike) counts.set(text[i] ?? '', (counts.get(text[i] ?? '') ?? 0) + 1);
    const [most] = [...counts].sort((a, b) => b[1] - a[1]);
    if (most === undefined || !PART.test(most[0]) || most[1] < neighbours.length * SHARED) break;
    run.push(most[0]);
    alike = alike.filter((text) => text[i] === most[0]);
  }
  return run;
}

function isAllowed(phrase: string, rules: RepairRules): boolean {
  return rules.suspicious.allow.some((term) => phrase.includes(term));
}

/** Returns whether enough occurrences, in enough distinct contexts, have neighbours that fit no legitimate term. */
function occursOutOfContext(
  occurrences: readonly CoreOccurrence[],
  left: string,
  right: string,
  rules: RepairRules,
): boolean {
  const { fitsBefore, fitsAfter, minOccurrences, minDistinctContexts } = rules.suspicious;
  const contexts = new Set<string>();
  let unfitting = 0;
  for (const at of occurrences) {
    if (!at.left.endsWith(left) || !at.right.startsWith(right)) continue;
    const before = at.left.charAt(at.left.length - left.length - 1);
    const after = at.right.charAt(right.length);
    if (isHanCharacter(after) && !fitsAfter.includes(after)) unfitting++;
    else if (isHanCharacter(before) && !fitsBefore.includes(before) && isHanCharacter(after)) unfitting++;
    else continue;
    contexts.add(before + after);
  }
  return unfitting >= minOccurrences && unfitting * 3 >= occurrences.length && contexts.size >= minDistinctContexts;
}

/** Drops phrases contained in a longer one and sorts the rest by count, the most frequent first. */
function withoutParts(phrases: readonly SuspiciousPhrase[]): SuspiciousPhrase[] {
  return phrases
    .filter(({ phrase }) => !phrases.some((other) => other.phrase !== phrase && other.phrase.includes(phrase)))
    .sort((a, b) => b.count - a.count || (a.phrase < b.phrase ? -1 : 1));
}
