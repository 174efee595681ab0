import { foldedAlternatives } from './characters.js';
import type { DateExpression } from './expression.js';
import type { PeriodRules } from './rules.js';

const LONGEST_ISSUER = 60;
const BREAK = /[。;!?,:\n]/;

/** Returns whether a date is the signature date under the text. */
export type SignatureTest = (expression: DateExpression, text: string) => boolean;

/**
 * Creates a test for signature dates: one full day, with nothing but the issuer before it on its line, at the end of
 * the text or before closing matter (附件, 抄送).
 */
export function createSignatureTest({ issuerEndings, signatureClosers }: PeriodRules): SignatureTest {
  const issuer = new RegExp(`(?:${foldedAlternatives(issuerEndings)})$`);
  const closer = new RegExp(`^\\s{0,20}(?:$|${foldedAlternatives(signatureClosers)})`);
  return ({ form, start, isInTitle: inTitle, at }, text) => {
    if (form !== 'single' || inTitle || start?.day == null || typeof start.year !== 'number') return false;
    if (start.time !== null) return false;
    const after = text.slice(at.end, at.end + LONGEST_ISSUER);
    const lineEnd = /^[ )]{0,3}(?:\n|$)/.exec(after);
    const atEnd = closer.test(after.replace(/^[ )]+/, ''));
    if (lineEnd === null && !atEnd && !after.startsWith(' ')) return false;
    const before = text.slice(Math.max(0, at.start - LONGEST_ISSUER), at.start);
    const line = before.slice(lastBreak(before) + 1).trim();
    const mark = before.charAt(lastBreak(before));
    if (mark === ',' || (line === '' && /:\s*$/.test(before))) return false;
    if (line === '' && lineEnd === null && !atEnd) return false;
    if (line === '') return atEnd || mark === '。' || issuer.test(before.trimEnd());
    if (!issuer.test(line) || (mark === ':' && !atEnd)) return false;
    // Where line breaks were lost, the blanks around it and the full stop before the issuer delimit its line.
    return lineEnd !== null || atEnd || (/[。\n]/.test(mark) && /\s$/.test(before));
  };
}

function lastBreak(text: string): number {
  for (let i = text.length - 1; i >= 0; i--) if (BREAK.test(text.charAt(i))) return i;
  return -1;
}
