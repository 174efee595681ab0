import type { OfficeNameReader } from './offices.js';
import { anyOf, type ContactRules } from './rules.js';

/** Office and role in the words right before a label: 市教委收费监督 before 电话 → office 市教委, role 收费监督. */
export interface LabelModifier {
  readonly office: { readonly start: number; readonly end: number } | null;
  readonly role: { readonly start: number; readonly end: number } | null;
}

export type ReadModifier = (words: string) => LabelModifier;

const LONGEST_ROLE = 16;

/** Creates the reader of the words before a label. Offsets in its result are into `words`. */
export function createModifierReader(rules: ContactRules, offices: OfficeNameReader): ReadModifier {
  const stops = new RegExp(anyOf(rules.modifierStops), 'g');
  const lead = new RegExp(`^(?:[“”"]|${anyOf(rules.genericModifiers)})+`);
  const trail = new RegExp(`(?:[“”"]|${anyOf(rules.genericModifiers)})+$`);
  return (words) => {
    let start = 0;
    for (const stop of words.matchAll(stops)) start = stop.index + stop[0].length;
    const hours = words.lastIndexOf('小时');
    if (hours >= start && /\d$/.test(words.slice(start, hours))) start = hours + 2;
    const rest = words.slice(start);
    const whole = offices.findAtEnd(rest);
    if (whole !== -1) return { office: { start: start + whole, end: words.length }, role: null };
    const length = offices.head(rest);
    const from = offices.findAtEnd(rest.slice(0, length));
    const office = from === -1 ? null : { start: start + from, end: start + length };
    let tail = rest.slice(length);
    let at = start + length;
    const leading = lead.exec(tail)?.[0].length ?? 0;
    tail = tail.slice(leading).replace(trail, '');
    at += leading;
    const isRole =
      tail.length >= 2 &&
      tail !== '服务' &&
      !/\d{3}/.test(tail) &&
      tail.length <= LONGEST_ROLE &&
      /[\u4e00-\u9fff]{2}/.test(tail);
    return { office, role: isRole ? { start: at, end: at + tail.length } : null };
  };
}
