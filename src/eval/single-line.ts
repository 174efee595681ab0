import { cutLength } from '../text/sentences.js';

/** Puts received text on one line of at most `length` units and `…`, without what a terminal takes as a command. */
export function toSingleLine(text: string, length: number): string {
  const line = text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, cutLength(line, length))}…`;
}
