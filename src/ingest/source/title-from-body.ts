const MAX_UNITS = 60;

/** Returns a substitute for a missing title: the first sentence of the body, at most 60 characters. */
export function titleFromBody(body: string): string {
  const start = body.trimStart().slice(0, MAX_UNITS + 1);
  const end = start.search(/[。！？；\n]/);
  return (end > 0 ? start.slice(0, end) : Array.from(start).slice(0, MAX_UNITS).join('')).trim();
}
