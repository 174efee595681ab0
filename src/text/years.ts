const YEAR = /(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])/g;

/** Returns the distinct four-digit years (1900–2099) in a folded text, in order of appearance. */
export function yearsIn(folded: string): string[] {
  return [...new Set([...folded.matchAll(YEAR)].map(([year]) => year))];
}
