/** Longer runs than this say no more. */
const LONGEST = 16;

/**
 * Length of the longest run of characters that two folded texts share, up to
 * LONGEST. Takes time in proportion to the product of their lengths.
 */
export function longestShared(a: string, b: string): number {
  let best = 0;
  let previous = new Uint8Array(b.length + 1);
  let current = new Uint8Array(b.length + 1);
  for (let i = 0; i < a.length; i++) {
    const c = a.charCodeAt(i);
    for (let j = 0; j < b.length; j++) {
      const run = c === b.charCodeAt(j) ? Math.min(LONGEST, (previous[j] ?? 0) + 1) : 0;
      current[j + 1] = run;
      if (run > best) best = run;
    }
    [previous, current] = [current, previous];
  }
  return best;
}

/** The same as a share of the run that would say most. */
export function phraseShare(question: string, text: string): number {
  return longestShared(question, text) / Math.min(LONGEST, Math.max(1, question.length));
}
