import type { ContactChannel, ContactFact, Span } from '../../../domain/fact.js';
import { alternation } from '../../../text/patterns.js';
import { sentenceAround, type ExtractionInput } from '../extraction-input.js';
import { createLexicalScanner, toHalfWidth } from './lexical-scan.js';
import { ContactPairer } from './pair-contacts.js';
import type { PairingDependencies } from './pairing-model.js';
import { createAddressReader, createTrailingNoteReader, readAccount, readPostcode } from './read-values.js';
import { createTableOwnerReader, resolveOwners, type ContactOwner } from './resolve-owners.js';
import type { ContactRules } from './rules.js';
import {
  createModifierReader,
  createOfficeNameReader,
  createPersonNameReader,
  createSegmentReader,
  type OfficeNameReader,
} from './segments.js';

export type ExtractContacts = (source: Pick<ExtractionInput, 'body' | 'sentences' | 'tables'>) => ContactFact[];

/** Endings of collective names, which stand for many offices; without a number they yield no contact. */
const COLLECTIVE_OFFICE = /(?:部门|机关)$/;
/** Maximum distance from an office to contact (请与教务处联系) to a number that is assigned to it, in UTF-16 units. */
const MAX_REFERRAL_DISTANCE = 400;
/** Maximum length of an evidence span in UTF-16 units; beyond it, only the sentence of the value is used. */
const MAX_EVIDENCE_LENGTH = 400;

/**
 * Extracts telephone and fax numbers, e-mail, post and web addresses, postcodes and accounts, each with the persons,
 * role and office that the notice pairs with it, and persons and offices named without a number (channel `none`).
 * Sorted by position. Linear in the length of the body.
 */
export function createContactExtractor(rules: ContactRules): ExtractContacts {
  const offices = createOfficeNameReader(rules);
  const scan = createLexicalScanner(rules);
  const deps = createPairingDependencies(rules, offices);
  const findReferrals = createOfficeReferralFinder(rules, offices);
  const findSites = createNamedSiteFinder(rules);
  const referralCue = new RegExp(alternation(rules.askCues));
  const delivery = new RegExp(`^[^,;:。\\n()]{0,4}?(?:${alternation(rules.deliverVerbs)})([^,;:。\\n()、]{2,24})`);

  /** Returns the office that something is to be sent to: 请通过邮箱…及时报送市教委. */
  const findRecipient = (text: string, end: number): Span | null => {
    const [whole = '', name = ''] = delivery.exec(text.slice(end, end + 60)) ?? [];
    const start = offices.findAtEnd(name);
    const nameEnd = end + whole.length;
    return start === -1 ? null : { start: nameEnd - name.length + start, end: nameEnd };
  };

  return ({ body, sentences, tables }) => {
    const text = toHalfWidth(body);
    const readTableOwner = createTableOwnerReader(body, tables);
    const referrals = findReferrals(text);
    const referralBefore = createPrecedingRangeFinder(referrals, MAX_REFERRAL_DISTANCE);
    const { entries, numberless } = new ContactPairer(text, scan(text), deps).run();
    const wordsOf = ({ start, end }: Span): string => body.slice(start, end);
    const facts: ContactFact[] = [];
    const add = (
      channel: ContactChannel,
      { start, end }: Span,
      { persons, role, office }: ContactOwner,
      normalised: string,
      evidence: readonly Span[] = [],
    ): void => {
      facts.push({
        kind: 'contact',
        channel,
        value: channel === 'none' ? '' : body.slice(start, end),
        normalised,
        persons: persons.map(wordsOf),
        role: role && wordsOf(role),
        office: office && wordsOf(office),
        span: findEvidence(sentences, { start, end }, evidence),
        at: { start, end },
      });
    };

    for (const entry of entries) {
      const referral = referralBefore(entry.start);
      for (const paired of resolveOwners(entry)) {
        const owner = readTableOwner(entry, paired) ?? paired;
        const evidence = [...owner.persons, ...(owner.office === null ? [] : [owner.office])];
        const office = owner.office ?? findRecipient(text, entry.end) ?? referral;
        for (const channel of entry.channels) {
          const normalised = entry.digits ?? normalise(channel, text.slice(entry.start, entry.end));
          add(channel, entry, { ...owner, office }, normalised, evidence);
        }
      }
    }
    for (const { member, office } of numberless)
      add('none', member, { persons: [member], role: member.role, office }, '');
    const entryStarts = new Set(entries.map(({ start }) => start));
    for (const site of findSites(text)) {
      if (entryStarts.has(site.start)) continue;
      add(site.channel, site, { persons: [], role: site.role, office: null }, normalise(site.channel, wordsOf(site)));
    }
    const answered = new Set(
      facts.filter(({ channel }) => channel !== 'none').map(({ at }) => sentenceAround(sentences, at).start),
    );
    for (const office of referrals) {
      const { start } = sentenceAround(sentences, office);
      const isCollective = COLLECTIVE_OFFICE.test(wordsOf(office));
      if (answered.has(start) || isCollective || !referralCue.test(text.slice(start, office.end))) continue;
      add('none', office, { persons: [], role: null, office }, '');
    }
    return facts.sort((a, b) => a.at.start - b.at.start);
  };
}

function createPairingDependencies(rules: ContactRules, offices: OfficeNameReader): PairingDependencies {
  const names = createPersonNameReader(rules);
  const contactRole = new RegExp(alternation(rules.contactRoles));
  const notHeading = new RegExp(`(?:${alternation(rules.notHeadings)})$`);
  const notRole = new RegExp(`(?:${alternation(rules.notRoles)})$`);
  const street = new RegExp(
    `^(?![在到于从至由往请])[\\u4e00-\\u9fff]{1,24}?(?:${alternation(rules.streetEndings)})[\\u4e00-\\u9fff]{0,4}\\d{1,5}号`,
  );
  return {
    readSegments: createSegmentReader(names, offices),
    readModifier: createModifierReader(rules, offices),
    readTrailingNote: createTrailingNoteReader(names, offices, rules),
    readAddress: createAddressReader(rules),
    readPostcode,
    readAccount,
    isPlace: (words) =>
      words.length <= 8 && /^[\u4e00-\u9fff]{2,}$/.test(words) && rules.placeEndings.includes(words.slice(-1)),
    isRole: (words) => /^(?![及和与或并])[\u4e00-\u9fff“”]{2,14}$/.test(words) && !notRole.test(words),
    isAddress: (words) => words.length <= 40 && street.test(words),
    findContactRoleEnd: (segments) =>
      segments.findLast(({ isBeforeColon, text }) => isBeforeColon && contactRole.test(text))?.end ?? -Infinity,
    findHeadingOffice: ({ text, start, end }, isWhole) => {
      if (isWhole && text.length <= 40 && !notHeading.test(text)) return { start, end };
      const length = offices.measureHead(text);
      return length === 0 ? null : { start, end: start + length };
    },
  };
}

function normalise(channel: ContactChannel, value: string): string {
  if (channel === 'email' || channel === 'web') return value.replaceAll(' ', '').toLowerCase();
  if (channel === 'account') return value.replaceAll(/(?<=\d)[ -]+(?=\d)/g, '');
  return value;
}

/** Returns the sentences around a value, widened to those of the owners paired with it. */
function findEvidence(sentences: readonly Span[], at: Span, paired: readonly Span[]): Span {
  const own = sentenceAround(sentences, at);
  const all = [own, ...paired.map((range) => sentenceAround(sentences, range))];
  const start = Math.min(...all.map((span) => span.start));
  const end = Math.max(...all.map((span) => span.end));
  return end - start <= MAX_EVIDENCE_LENGTH ? { start, end } : own;
}

/** Finds the last range that ends at most `reach` units before an offset, or null. Call with ascending offsets. */
function createPrecedingRangeFinder(ranges: readonly Span[], reach: number): (start: number) => Span | null {
  let next = 0;
  return (start) => {
    while ((ranges[next]?.end ?? Infinity) <= start) next++;
    const range = ranges[next - 1];
    return range !== undefined && start - range.end <= reach ? range : null;
  };
}

/** Finds the offices that readers are told to contact (请与教务处联系 → 教务处, 向人事科反映 → 人事科). Linear. */
function createOfficeReferralFinder(rules: ContactRules, offices: OfficeNameReader): (text: string) => Span[] {
  const pattern = new RegExp(
    `[与向同和到由](?=([^,.:;。!?、\\n与向“”"]{2,30}?)(?:进行|及时|直接)?(?:${alternation(rules.askVerbs)}))`,
    'g',
  );
  return (text) => {
    const found: Span[] = [];
    for (const { 1: words = '', index } of text.matchAll(pattern)) {
      const office = offices.findAtEnd(words);
      const start = index + 1 + office;
      if (office === -1 || start < (found.at(-1)?.end ?? 0)) continue;
      found.push({ start, end: index + 1 + words.length });
    }
    return found;
  };
}

/** A web site, platform or account given by name instead of by URL. */
interface NamedSite extends Span {
  /** `account` for a QQ or WeChat number of a group or person, else `web`. */
  readonly channel: 'web' | 'account';
  /** Kind of the account (微信公众号, QQ群) where it is not part of the name, else null. */
  readonly role: Span | null;
}

const MESSENGER_ACCOUNT =
  /(QQ交流群|QQ工作群|QQ群|QQ号|QQ|微信号)(?:号码?|协助|咨询)?[ :为是]{0,4}(\d{5,12}|[A-Za-z][A-Za-z0-9_-]{5,19})(?![A-Za-z0-9@.])/g;
const WECHAT_ACCOUNT =
  /((?:官方)?微信公众(?:平台|号)|公众号|微信小程序|小程序)(?:名称)?(?:[:为是]? ?[“"「]([^“”"「」\n]{2,24})[”"」]|: ?([\u4e00-\u9fffA-Za-z0-9]{2,24}))/g;

/** Minimum length of a site name without quotation marks; shorter ones are common nouns (调剂系统). */
const MIN_UNQUOTED_NAME_LENGTH = 5;

/** Finds sites named after a verb that directs the reader there (登录“…网”) or a kind of account (公众号). Linear. */
function createNamedSiteFinder(rules: ContactRules): (text: string) => NamedSite[] {
  const suffix = `(?:${alternation(rules.siteSuffixes)})`;
  const quoted = new RegExp(
    `(?:${alternation(rules.siteVerbs)})[^“”"「」《》。;\\n]{0,14}[“"「]([^“”"「」\\n]{2,30})[”"」]([\\u4e00-\\u9fff()]{0,8})`,
    'g',
  );
  const unquoted = new RegExp(
    `(?:${alternation(rules.loginVerbs)})(?:到|至|了)?([\\u4e00-\\u9fff]{2,24}?${suffix})(?![\\u4e00-\\u9fff]{0,2}${suffix}|[络点])`,
    'g',
  );
  const hasSuffix = new RegExp(suffix);
  const endsAsSite = new RegExp(`${suffix}$`);
  const generic = new RegExp(`^(?:${alternation(rules.genericSites)})+(?:${suffix})?|^.?${suffix}$`);
  const notSite = new RegExp(alternation(rules.notSites));
  return (text) => {
    const found: NamedSite[] = [];
    const add = (channel: NamedSite['channel'], start: number, name: string, role: Span | null = null): void => {
      found.push({ channel, start, end: start + name.length, role });
    };
    for (const { 0: whole, 1: name = '', 2: after = '', index } of text.matchAll(quoted)) {
      if (!endsAsSite.test(name) && !hasSuffix.test(after)) continue;
      add('web', index + whole.length - after.length - 1 - name.length, name);
    }
    for (const { 0: whole, 1: name = '', index } of text.matchAll(unquoted)) {
      if (name.length < MIN_UNQUOTED_NAME_LENGTH || generic.test(name) || notSite.test(name)) continue;
      add('web', index + whole.length - name.length, name);
    }
    for (const [pattern, channel] of [
      [MESSENGER_ACCOUNT, 'account'],
      [WECHAT_ACCOUNT, 'web'],
    ] as const) {
      for (const { 0: whole, 1: kind = '', 2: first, 3: second, index } of text.matchAll(pattern)) {
        const name = first ?? second ?? '';
        add(channel, index + whole.lastIndexOf(name), name, { start: index, end: index + kind.length });
      }
    }
    return found.sort((a, b) => a.start - b.start);
  };
}
