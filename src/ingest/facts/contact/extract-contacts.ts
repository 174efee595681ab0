import type { ContactChannel, ContactFact, Span } from '../../../domain/fact.js';
import { createOfficeReferralFinder } from './asked-offices.js';
import { toHalfWidth } from './half-width.js';
import { createModifierReader } from './modifiers.js';
import { createNamedSiteFinder } from './named-sites.js';
import { createPersonNameReader } from './names.js';
import { createOfficeNameReader } from './offices.js';
import { ContactPairer } from './pair-contacts.js';
import { resolveOwners } from './owners.js';
import type { PairingDependencies, TextRange } from './pairing-types.js';
import { createSegmentReader } from './parts.js';
import { createAddressReader, readAccount, readPostcode } from './places.js';
import { anyOf, type ContactRules } from './rules.js';
import { createTableOwnerReader } from './rows.js';
import { createLexicalScanner } from './scan.js';
import { createEvidenceSpanFinder } from './spans.js';
import type { Table } from '../table/find-tables.js';
import { createTrailingNoteReader } from './trailing.js';

export type ExtractContacts = (notice: {
  readonly title: string;
  readonly body: string;
  readonly sentences: readonly Span[];
  /** Tables of the body. A number in a row is assigned to the person or unit that the row names. */
  readonly tables?: readonly Table[];
}) => ContactFact[];

/** Endings of collective names, which stand for many offices; without a number they yield no contact. */
const COLLECTIVE_OFFICE = /(?:部门|机关)$/;
/** Maximum distance from an office to contact (请与教务处联系) to a number that is assigned to it, in UTF-16 units. */
const MAX_REFERRAL_DISTANCE = 400;

/**
 * Extracts telephone and fax numbers, e-mail, post and web addresses, postcodes and accounts, each with the persons,
 * role and office that the notice pairs with it, and persons and offices named without a number (channel `none`).
 * Sorted by position. Linear in the length of the body.
 */
export function createContactExtractor(rules: ContactRules): ExtractContacts {
  const names = createPersonNameReader(rules);
  const offices = createOfficeNameReader(rules);
  const contactRole = new RegExp(anyOf(rules.contactRoles));
  const notHeading = new RegExp(`(?:${anyOf(rules.notHeadings)})$`);
  const notRole = new RegExp(`(?:${anyOf(rules.notRoles)})$`);
  const street = new RegExp(
    `^(?![在到于从至由往请])[\\u4e00-\\u9fff]{1,24}?(?:${anyOf(rules.streetEndings)})[\\u4e00-\\u9fff]{0,4}\\d{1,5}号`,
  );
  const tools: PairingDependencies = {
    readParts: createSegmentReader(names, offices),
    readModifier: createModifierReader(rules, offices),
    readTrailing: createTrailingNoteReader(names, offices, rules),
    readAddress: createAddressReader(rules),
    readPostcode,
    readAccount,
    contactRoleEnd: (parts) =>
      parts.findLast(({ isBeforeColon: colon, text }) => colon && contactRole.test(text))?.end ?? -Infinity,
    headingOffice: ({ text, start, end }, isWhole) => {
      if (isWhole && text.length <= 40 && !notHeading.test(text)) return { start, end };
      const length = offices.head(text);
      return length === 0 ? null : { start, end: start + length };
    },
    isPlace: (words) =>
      words.length <= 8 && /^[\u4e00-\u9fff]{2,}$/.test(words) && rules.placeEndings.includes(words.slice(-1)),
    isAddress: (words) => words.length <= 40 && street.test(words),
    isRole: (words) =>
      words.length >= 2 &&
      words.length <= 14 &&
      /^(?![及和与或并])[\u4e00-\u9fff“”]+$/.test(words) &&
      !notRole.test(words),
  };
  const scan = createLexicalScanner(rules);
  const findAsked = createOfficeReferralFinder(rules, offices);
  const findSites = createNamedSiteFinder(rules);
  const cue = new RegExp(anyOf(rules.askCues));
  const deliver = new RegExp(`^[^,;:。\\n()]{0,4}?(?:${anyOf(rules.deliverVerbs)})([^,;:。\\n()、]{2,24})`);

  return ({ body, sentences, tables = [] }) => {
    const text = toHalfWidth(body);
    const inRow = createTableOwnerReader(body, tables);
    const spanOf = createEvidenceSpanFinder(sentences, body.length);
    const { entries, numberless } = new ContactPairer(text, scan(text), tools).run();
    const asked = findAsked(text);
    const words = (range: TextRange | null): string | null => range && body.slice(range.start, range.end);
    const facts: ContactFact[] = [];

    const officeBefore = createPrecedingRangeFinder(asked, MAX_REFERRAL_DISTANCE);
    const officeAfter = (end: number): TextRange | null => {
      const match = deliver.exec(text.slice(end, end + 60));
      const start = match?.[1] === undefined ? -1 : offices.findAtEnd(match[1]);
      if (match?.[1] === undefined || start === -1) return null;
      const at = end + match[0].length;
      return { start: at - match[1].length + start, end: at };
    };

    for (const entry of entries) {
      const value = body.slice(entry.start, entry.end);
      const ask = officeBefore(entry.start);
      for (const read of resolveOwners(entry)) {
        const owner = inRow(entry, read) ?? read;
        const far = owner.office === null ? (officeAfter(entry.end) ?? ask) : null;
        const near = [...owner.persons, ...(owner.office === null ? [] : [owner.office])];
        for (const channel of entry.channels) {
          facts.push({
            kind: 'contact',
            channel,
            value,
            normalised: entry.digits ?? normalise(channel, text.slice(entry.start, entry.end)),
            persons: owner.persons.map((range) => body.slice(range.start, range.end)),
            role: words(owner.role),
            office: words(owner.office ?? far),
            span: spanOf(entry, near),
            at: { start: entry.start, end: entry.end },
          });
        }
      }
    }
    const none = (at: TextRange, persons: string[], role: TextRange | null, office: TextRange | null): ContactFact => ({
      kind: 'contact',
      channel: 'none',
      value: '',
      normalised: '',
      persons,
      role: words(role),
      office: words(office),
      span: spanOf(at, []),
      at: { start: at.start, end: at.end },
    });
    for (const { member, office } of numberless) {
      facts.push(none(member, [body.slice(member.start, member.end)], member.role, office));
    }
    for (const site of findSites(text)) {
      const value = body.slice(site.start, site.end);
      const at = { start: site.start, end: site.end };
      if (entries.some((entry) => entry.start === site.start)) continue;
      facts.push({
        ...none(at, [], site.role, null),
        channel: site.channel,
        value,
        normalised: normalise(site.channel, value),
      });
    }
    const numbered = new Set(facts.filter(({ channel }) => channel !== 'none').map(({ at }) => spanOf(at, []).start));
    for (const office of asked) {
      const span = spanOf(office, []);
      if (
        numbered.has(span.start) ||
        COLLECTIVE_OFFICE.test(words(office) ?? '') ||
        !cue.test(text.slice(span.start, office.end))
      )
        continue;
      facts.push(none(office, [], null, office));
    }
    return facts.sort((a, b) => a.at.start - b.at.start);
  };
}

function normalise(channel: ContactChannel, value: string): string {
  if (channel === 'email' || channel === 'web') return value.replaceAll(' ', '').toLowerCase();
  if (channel === 'account') return value.replaceAll(/(?<=\d)[ -]+(?=\d)/g, '');
  return value;
}

/** Finds the last range that ends at most `reach` units before an offset, or null. Call with ascending offsets. */
function createPrecedingRangeFinder(ranges: readonly TextRange[], reach: number): (start: number) => TextRange | null {
  let next = 0;
  return (start) => {
    while ((ranges[next]?.end ?? Infinity) <= start) next++;
    const range = ranges[next - 1];
    return range !== undefined && start - range.end <= reach ? range : null;
  };
}
