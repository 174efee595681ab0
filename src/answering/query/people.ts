/**
 * Returns the people known from notices whom a folded question names. A name of three characters also matches with one
 * wrong after its surname (耿浩伟 for 耿昊伟): names are typed by ear. Linear in the question for names of bounded
 * length.
 */
export function findKnownPeople(folded: string, known: ReadonlySet<string>): string[] {
  const exact = [...known].filter((name) => folded.includes(name));
  if (exact.length > 0) return exact;
  return [...known].filter((name) => name.length === 3 && hasNearly(folded, name));
}

/** Returns whether the surname and one of the two characters after it stand in their places. */
function hasNearly(folded: string, name: string): boolean {
  for (let at = folded.indexOf(name.charAt(0)); at !== -1; at = folded.indexOf(name.charAt(0), at + 1)) {
    const same = [1, 2].filter((i) => folded.charAt(at + i) === name.charAt(i)).length;
    if (same === 1 && at + 3 <= folded.length) return true;
  }
  return false;
}
