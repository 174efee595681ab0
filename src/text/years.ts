const YEAR = /(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])/g;

/** The years that a folded text names by four digits, each once, in order of appearance. */
export function yearsIn(folded: string): string[] {
  return [...new Set([...folded.matchAll(YEAR)].map(([year]) => year))];
}
