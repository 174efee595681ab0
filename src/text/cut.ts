/** Sentence ends with the closing quotes and brackets that belong to them. */
const SENTENCE_END = /[。！？；!?;\n][”’」』）》)\]]*/g;
const CLAUSE_END = /[，、,：: \u3000][”’」』）》)\]]*/g;
/** A cut before this share of the room would leave a stub of a message. */
const LEAST_FILL = 0.25;

/**
 * How many of the first `limit` units to take so that the cut reads well: all
 * when they fit, else up to a sentence end, else a clause end, else anywhere
 * but inside a surrogate pair. At least 1 for a text that is not empty.
 */
export function cutLength(text: string, limit: number): number {
  if (text.length <= limit) return text.length;
  const room = text.slice(0, limit);
  for (const ends of [SENTENCE_END, CLAUSE_END]) {
    let cut = 0;
    for (const match of room.matchAll(ends)) cut = match.index + match[0].length;
    if (cut > limit * LEAST_FILL) return cut;
  }
  const last = room.charCodeAt(limit - 1);
  const splitsPair = last >= 0xd800 && last <= 0xdbff;
  return Math.max(1, splitsPair ? limit - 1 : limit);
}
