import { anyGuarded, anyOf, type ContactRules } from './rules.js';

/** Recognises office names in short pieces of text by their endings. */
export interface OfficeNameReader {
  /** Returns the start of the office name at the end of the text, or -1. */
  readonly findAtEnd: (text: string) => number;
  /** Returns the length of the longest office name before further words (市教委收费监督 → 3), or 0. */
  readonly head: (text: string) => number;
}

const MAX_OFFICE_NAME_LENGTH = 40;

export function createOfficeNameReader(rules: ContactRules): OfficeNameReader {
  const endings = anyOf([...rules.officeSuffixes.map(({ word }) => word), ...rules.endingsOnly]);
  const ends = new RegExp(`(?:${endings})$`);
  const inside = new RegExp(anyGuarded(rules.officeSuffixes), 'g');
  const generic = new RegExp(`^(?:${anyOf(rules.genericOffices)})`);
  const no = new Set(rules.notOffices);
  const noEnding = new RegExp(`(?:${anyOf(rules.notOfficeEndings)})$`);
  const stops = new RegExp(anyOf(rules.officeStops), 'g');

  const isOffice = (text: string): boolean =>
    text.length >= 2 &&
    text.length <= MAX_OFFICE_NAME_LENGTH &&
    !no.has(text) &&
    !generic.test(text) &&
    /^[\u4e00-\u9fff“A-Za-z0-9]/.test(text) &&
    !noEnding.test(text);

  const atEnd = (text: string): number => {
    if (!ends.test(text)) return -1;
    let start = 0;
    for (const stop of text.matchAll(stops)) {
      const after = stop.index + stop[0].length;
      if (after < text.length - 1 && ends.test(text.slice(after))) start = after;
    }
    return isOffice(text.slice(start)) ? start : -1;
  };

  const head = (text: string): number => {
    let length = 0;
    for (const match of text.matchAll(inside)) {
      const end = match.index + match[0].length;
      if (end < text.length && isOffice(text.slice(0, end))) length = end;
    }
    return length;
  };

  return { findAtEnd: atEnd, head };
}
