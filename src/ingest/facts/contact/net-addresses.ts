import { anyOf, type ContactRules } from './rules.js';

/** An e-mail or web address with its offsets in the text. */
export interface NetAddress {
  readonly kind: 'email' | 'url';
  readonly start: number;
  readonly end: number;
  /** False for a bare domain, which counts only after a web label or in brackets after Chinese text. */
  readonly isCertain: boolean;
}

export type FindNetAddresses = (text: string) => NetAddress[];

const LOCAL_PART = /[A-Za-z0-9._%+-]/;
const DOMAIN = / ?[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.){1,4}[A-Za-z]{2,12}/y;
const LONGEST_LOCAL_PART = 64;
/** Run of URL characters: printable ASCII without the blank, `"`, `<`, `>`, the backtick, `{`, `|` and `}`. */
const URL_RUN = /[!#-;=?-_a-z~]{1,2000}/y;
const URL_START = /https?:\/\/|(?<![A-Za-z0-9.-])www\./gi;
const IP = /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?::\d{2,5}(?:\/[!#-;=?-_a-z~]{0,500})?|\/[!#-;=?-_a-z~]{1,500})/g;

/** Finds e-mail and web addresses, sorted by start and without overlap. Linear. */
export function createNetAddressFinder(rules: ContactRules): FindNetAddresses {
  const bare = new RegExp(
    `(?<![A-Za-z0-9.@_-])[A-Za-z0-9][A-Za-z0-9-]{0,40}\\.(?:[A-Za-z0-9-]{1,40}\\.){0,4}(?:${anyOf(rules.domainEndings)})` +
      `(?![A-Za-z0-9@.-])(?::\\d{2,5})?(?:\\/[!#-;=?-_a-z~]{0,500})?`,
    'gi',
  );
  return (text) => {
    const found = [...emails(text)];
    for (const match of text.matchAll(URL_START)) {
      URL_RUN.lastIndex = match.index;
      const run = URL_RUN.exec(text)?.[0] ?? '';
      const end = match.index + measureAddress(run);
      if (end - match.index > match[0].length + 3)
        found.push({ kind: 'url', start: match.index, end, isCertain: true });
    }
    for (const [pattern, certain] of [
      [IP, true],
      [bare, false],
    ] as const) {
      for (const { 0: run, index } of text.matchAll(pattern)) {
        found.push({ kind: 'url', start: index, end: index + measureAddress(run), isCertain: certain });
      }
    }
    return withoutOverlaps(found);
  };
}

function* emails(text: string): Generator<NetAddress> {
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    let start = at;
    const blank = text.charAt(at - 1) === ' ' && LOCAL_PART.test(text.charAt(at - 2)) ? 1 : 0;
    start -= blank;
    while (start > 0 && at - start < LONGEST_LOCAL_PART && LOCAL_PART.test(text.charAt(start - 1))) start--;
    while (/[._%+-]/.test(text.charAt(start))) start++;
    DOMAIN.lastIndex = at + 1;
    const domain = DOMAIN.exec(text);
    if (domain === null || start >= at - blank) continue;
    yield { kind: 'email', start, end: at + 1 + domain[0].length, isCertain: true };
  }
}

/** Returns the length of the address in a run, without the marks that end the clause or close a bracket around it. */
function measureAddress(run: string): number {
  let depth = 0;
  let end = run.length;
  for (let i = 0; i < run.length; i++) {
    const c = run.charAt(i);
    if (c === '(') depth++;
    if (c === ')' && --depth < 0) {
      end = i;
      break;
    }
    if (c === ';' || (c === ',' && !/[\d/]/.test(run.charAt(i + 1)))) {
      end = i;
      break;
    }
  }
  while (end > 0 && /[.,:;!?'(*-]/.test(run.charAt(end - 1))) end--;
  return end;
}

/** Sorts by start. Of two that overlap, keeps the one that starts first; at equal starts the one found first. */
function withoutOverlaps(found: readonly NetAddress[]): NetAddress[] {
  const kept: NetAddress[] = [];
  for (const address of [...found].sort((a, b) => a.start - b.start)) {
    if (address.start >= (kept.at(-1)?.end ?? 0)) kept.push(address);
  }
  return kept;
}
