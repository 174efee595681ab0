import { z } from 'zod';
import { escapeRegExp } from '../../../text/patterns.js';

const word = z.string().min(1).max(20);
const words = z.array(word).min(1);
/** Words, each with the characters that may not follow because they make it another word (处|理, 人|力). */
const guarded = z.array(z.object({ word, notBefore: z.string() })).min(1);

/** Kinds of values that labels announce; `other` are numbers that are no contact (编号, 身份证号). */
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
export const contactRulesSchema = z.object({
  about: z.string(),
  labels: z.record(z.enum(LABEL_KINDS), words),
  /** Labels that announce one number for both telephone and fax. */
  faxToo: words,
  /** Words before a label that state no role (联系, 办公), unlike 报名 or 监督. */
  genericModifiers: words,
  /** Words after which the modifier of a label begins: the text up to them is prose. */
  modifierStops: words,
  /** `010` or a range of codes of equal length `0310-0319`. */
  areaCodes: z.array(z.string().regex(/^0\d{2,3}(?:-0\d{2,3})?$/)).min(1),
  /** Patterns of numbers of three to six digits, written with digits, `[…]` and `{…}` only. */
  shortCodes: z.array(z.string().regex(/^[\d[\]{},-]+$/)).min(1),
  /** Words before an internal number (内线, 分机, 转). */
  innerLines: words,
  /** Words in brackets behind a number that name neither its owner nor its role. */
  trailingNotes: words,
  /** Units: a number right before one of these is a quantity. */
  unitsAfterNumber: guarded,
  surnames: z.string().min(1),
  /** Surnames that are more often words: accepted only after a label. */
  rareSurnames: z.string().min(1),
  compoundSurnames: words,
  personTitles: words,
  /** Words that look like names. */
  notNames: words,
  /** Last characters of words that look like names (余杭区). */
  notNameEndings: z.string().min(1),
  /** Endings of names of offices. */
  officeSuffixes: guarded,
  /** Endings of names of offices that are accepted only at the end of a piece. */
  endingsOnly: words,
  /** Whole words that are no office name: endings alone, and pronouns (我部). */
  notOffices: words,
  notOfficeEndings: words,
  /** Words after which an office name begins (报送至|教务处). */
  officeStops: words,
  /** Beginnings of names that mean no particular office (有关部门). */
  genericOffices: words,
  /** Verbs that direct readers to an office (向…反映, 与…联系). */
  askVerbs: words,
  /** Endings of words before a colon that state no role (如下：). */
  notRoles: words,
  /** A part before a colon with one of these announces whom to call (报名咨询：王老师 …). */
  contactRoles: words,
  /** Last characters of place names; a place right before a number is its role (河东区 …). */
  placeEndings: z.string().min(1),
  /** Endings of numbered headings that name no office. */
  notHeadings: words,
  /** Words of a sentence that tells readers whom to ask; an office without a number needs one. */
  askCues: words,
  deliverVerbs: words,
  addressFeatures: words,
  /** Endings of street names before a house number. */
  streetEndings: words,
  siteVerbs: words,
  /** Verbs after which a site may stand without quotation marks. */
  loginVerbs: words,
  siteSuffixes: words,
  genericSites: words,
  /** Words that exclude the run of characters around them from being a site's name. */
  notSites: words,
  domainEndings: words,
});
export type ContactRules = z.infer<typeof contactRulesSchema>;

/** Returns the source of a pattern for the words, the longest first, each without the characters that may not follow. */
export function guardedAlternation(list: ContactRules['officeSuffixes']): string {
  return [...list]
    .sort((a, b) => b.word.length - a.word.length)
    .map(({ word: text, notBefore }) => escapeRegExp(text) + (notBefore === '' ? '' : `(?![${notBefore}])`))
    .join('|');
}
