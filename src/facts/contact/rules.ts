import { z } from 'zod';
import { readDataFile } from '../../config/data-file.js';

const word = z.string().min(1).max(20);
const words = z.array(word).min(1);
/** Words, each with the characters before which it is the beginning of another word (处|理, 人|力). */
const guarded = z.array(z.object({ word, notBefore: z.string() })).min(1);

/** What a label announces; `other` are labels of numbers that are no contact (编号, 身份证号). */
export const LABEL_KINDS = [
  'phone',
  'dial',
  'fax',
  'email',
  'postcode',
  'address',
  'delivery',
  'web',
  'account',
  'person',
  'office',
  'other',
] as const;
export type LabelKind = (typeof LABEL_KINDS)[number];

/** The schema of `data/contacts.json`. All words are in half-width form. */
const contactRules = z.object({
  about: z.string(),
  labels: z.record(z.enum(LABEL_KINDS), words),
  /** Labels that announce one number for both telephone and fax. */
  faxToo: words,
  /** Words before a label that name no part (联系, 办公), unlike 报名 or 监督. */
  genericModifiers: words,
  /** Where the words before a label begin: what stands before these is prose. */
  modifierStops: words,
  /** `010` or a range of codes of equal length `0310-0319`. */
  areaCodes: z.array(z.string().regex(/^0\d{2,3}(?:-0\d{2,3})?$/)).min(1),
  /** Patterns of numbers of three to six digits, of digits, `[…]` and `{…}` only. */
  shortCodes: z.array(z.string().regex(/^[\d[\]{},-]+$/)).min(1),
  /** 内线, 分机, 转: what is behind them is dialled inside the house. */
  innerLines: words,
  /** In brackets behind a number these say neither whose it is nor for what. */
  trailingNotes: words,
  /** A number right before one of these counts something. */
  unitsAfterNumber: guarded,
  surnames: z.string().min(1),
  /** Surnames that are more often words: believed after a label only. */
  rareSurnames: z.string().min(1),
  compoundSurnames: words,
  personTitles: words,
  /** Words that look like names. */
  notNames: words,
  /** Last characters of words that look like names (余杭区). */
  notNameEndings: z.string().min(1),
  /** Endings of names of offices. */
  officeSuffixes: guarded,
  /** Endings that are believed only where a name ends. */
  endingsOnly: words,
  /** Endings that stand alone, and pronouns: no office's name. */
  notOffices: words,
  notOfficeEndings: words,
  /** What stands before these is not the office's name (报送至|教务处). */
  officeStops: words,
  /** Openings of names that mean no particular office (有关部门). */
  genericOffices: words,
  /** 向…反映, 与…联系. */
  askVerbs: words,
  /** Endings of words before a colon that name no part (如下：). */
  notRoles: words,
  /** A part before a colon with one of these announces whom to call (报名咨询：王老师 …). */
  contactRoles: words,
  /** Last characters of places, which say what a number right after is for (河东区 …). */
  placeEndings: z.string().min(1),
  /** Endings of numbered headings that name no office. */
  notHeadings: words,
  /** One of these stands in a sentence that tells readers whom to ask. */
  askCues: words,
  deliverVerbs: words,
  addressFeatures: words,
  /** What names of streets end with, before a house number. */
  streetEndings: words,
  siteVerbs: words,
  /** Verbs after which a site may stand without quotation marks. */
  loginVerbs: words,
  siteSuffixes: words,
  genericSites: words,
  /** Words inside a run of characters that show that it is no name of a site. */
  notSites: words,
  domainEndings: words,
});
export type ContactRules = z.infer<typeof contactRules>;

/** Throws an `OperatorError` naming the file and the place when it does not fit. */
export function loadContactRules(path: string): ContactRules {
  return readDataFile(path, contactRules);
}

/** A pattern that matches any of the words, longest first. */
export function anyOf(list: readonly string[]): string {
  return [...list]
    .sort((a, b) => b.length - a.length)
    .map(escapeRegExp)
    .join('|');
}

export function anyGuarded(list: ContactRules['officeSuffixes']): string {
  return [...list]
    .sort((a, b) => b.word.length - a.word.length)
    .map(({ word: text, notBefore }) => escapeRegExp(text) + (notBefore === '' ? '' : `(?![${notBefore}])`))
    .join('|');
}

export function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
