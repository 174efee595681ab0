import { anyOf, type ContactRules } from './rules.js';

/** Recognises a whole piece of text as a person's name. Returns it without the title after a full name, or null. */
export interface PersonNameReader {
  /** For text after a label that announces a person (联系人：): accepts rare surnames too. */
  readonly readAnnounced: (text: string) => string | null;
  /** Removes a title from the end: 教务处副处长 → 教务处. */
  readonly stripTitle: (text: string) => string;
  /** For text without such a label: accepts common surnames only. */
  readonly readUnannounced: (text: string) => string | null;
}

const HAN = '\\u4e00-\\u9fff';
/** Names of ethnic groups that write a middle dot between given and family name. */
const WITH_POINT = new RegExp(`^[${HAN}]{2,8}(?:·[${HAN}]{1,8}){1,3}$`);
const MAX_PERSON_NAME_LENGTH = 24;

export function createPersonNameReader(rules: ContactRules): PersonNameReader {
  const compound = anyOf(rules.compoundSurnames);
  const title = `(?:副|总)?(?:${anyOf(rules.personTitles)})`;
  const titleAtEnd = new RegExp(`${title}$`);
  const notNames = new Set(rules.notNames);
  const build = (surnames: string) => {
    const surname = `(?:${compound}|[${surnames}])`;
    return {
      titled: new RegExp(`^(${surname} {0,2}[${HAN}]{1,2})${title}$`),
      short: new RegExp(`^[小老]?${surname}${title}$`),
      full: new RegExp(`^(?:${surname}[${HAN}]{1,2}|[${surnames}] {1,4}[${HAN}]{1,2})$`),
    };
  };
  const read = (patterns: ReturnType<typeof build>, text: string, bare: boolean): string | null => {
    if (text.length < 2 || text.length > MAX_PERSON_NAME_LENGTH || notNames.has(text)) return null;
    if (WITH_POINT.test(text) || patterns.short.test(text)) return text;
    const full = patterns.titled.exec(text)?.[1] ?? text;
    if (notNames.has(full) || (bare && notNames.has(full.slice(0, 2))) || !patterns.full.test(full)) return null;
    return full.length > 2 && rules.notNameEndings.includes(full.slice(-1)) ? null : full;
  };
  const common = build(rules.surnames);
  const all = build(rules.surnames + rules.rareSurnames);
  return {
    readAnnounced: (text) => read(all, text, false),
    stripTitle: (text) => text.replace(titleAtEnd, ''),
    readUnannounced: (text) => read(common, text, true),
  };
}
