const MAX_UNITS = 60;

/** The beginning of a body, to stand in for a title that is missing: its first sentence, at most 60 characters. */
export function titleFromBody(body: string): string {
  const start = body.trimStart().slice(0, MAX_UNITS + 1);
  const end = start.search(/[。！？；\n]/);
  return (end > 0 ? start.slice(0, end) : Array.from(start).slice(0, MAX_UNITS).join('')).trim();
}
