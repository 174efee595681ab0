/** Escapes a literal for a regular expression, also inside a character class and with the `u` flag. */
export function escapeRegExp(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`).replace(/-/g, String.raw`\x2d`);
}

/**
 * Returns the source of a pattern for the words of `list`, the longest first. Groups them by first character, so that
 * an offset is tried against one group only: several times faster for lists of hundreds of words.
 */
export function alternation(list: readonly string[]): string {
  const rests = new Map<string, string[]>();
  for (const word of new Set(list)) {
    const first = word.charAt(0);
    const group = rests.get(first);
    if (group === undefined) rests.set(first, [word.slice(1)]);
    else group.push(word.slice(1));
  }
  const groups = [...rests].map(([first, group]) => {
    const tails = group.sort((a, b) => b.length - a.length).map(escapeRegExp);
    return escapeRegExp(first) + (tails.length === 1 ? (tails[0] ?? '') : `(?:${tails.join('|')})`);
  });
  return `(?=[${[...rests.keys()].map(escapeRegExp).join('')}])(?:${groups.join('|')})`;
}
