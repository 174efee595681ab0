/** Ends of sentences, including the closing quotes and brackets after them. */
const SENTENCE_END = /[。！？；!?;\n][”’」』）》)\]]*/g;
const CLAUSE_END = /[，、,：: \u3000][”’」』）》)\]]*/g;
/** Smallest share (0 … 1) of the limit that a cut at a sentence or clause end must exceed. */
const LEAST_FILL = 0.25;

/**
 * Returns how many UTF-16 units to keep, at most `limit`: all when the text fits, else up to the last sentence end,
 * else the last clause end, else `limit` without splitting a surrogate pair. At least 1 unless the text is empty.
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
