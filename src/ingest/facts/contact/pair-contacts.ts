import type { ContactChannel } from '../../../domain/fact.js';
import type { ContactLabel } from './labels.js';
import type { LabelModifier } from './modifiers.js';
import type { NetAddress } from './net-addresses.js';
import type { PhoneNumberCandidate } from './numbers.js';
import {
  announcesNumber,
  emptyGroup,
  isInProse,
  hasPlaceOnLine,
  officeValue,
  findNumberOwner,
  shift,
} from './pairing-steps.js';
import type {
  ContactEntry,
  ContactGroup,
  GroupMember,
  Pairing,
  PairingDependencies,
  TextRange,
} from './pairing-types.js';
import type { Segment } from './parts.js';
import type { Anchor } from './scan.js';
import { isPhoneNumber } from './phone-evidence.js';

/** Maximum distance from a label without a colon to its value; a name may stand between (咨询电话 王老师 010-…). */
const MAX_LABEL_VALUE_DISTANCE = 25;
const NO_MODIFIER: LabelModifier = { office: null, role: null };
/** A longer gap after the last anchor starts a new group. All distances are in UTF-16 units. */
const MAX_GROUP_GAP = 100;
/** Length of the window around an anchor in which persons, offices and roles are read. */
const CONTEXT_WINDOW = 60;
/** Minimum length of a part that is prose instead of a name or an office. */
const MIN_PROSE_LENGTH = 15;
const MAX_SHARED_OWNERS = 12;
/** Maximum distance from a name to the bracketed role behind it: 老师（. */
const MAX_NAME_BRACKET_DISTANCE = 4;
const AFTER_CUE = /([\u4e00-\u9fff“”"]{0,14}?)(?:热线|电话|专线)(?!号?:? {0,2}[\d(])/y;

/** Processes the anchors of one text in order and keeps the group that the next contact value belongs to. */
export class ContactPairer {
  readonly #text: string;
  readonly #anchors: readonly Anchor[];
  readonly #tools: PairingDependencies;
  readonly #entries: ContactEntry[] = [];
  readonly #numberless: { member: GroupMember; office: TextRange | null }[] = [];
  #group: ContactGroup = emptyGroup();
  /** Groups of one list (甲，1；乙，2); an e-mail, address or other non-number after the list belongs to all. */
  #listGroups: ContactGroup[] = [];
  #channels: readonly ContactChannel[] = ['phone'];
  #last: Anchor | null = null;
  #lastEnd = 0;
  #cueEnd = -Infinity;
  #areaOfList = '';
  /** Role of the last number label; it applies to the whole list: 咨询 in 咨询电话：财务科 1，人事科 2. */
  #labelRole: TextRange | null = null;

  constructor(text: string, anchors: readonly Anchor[], tools: PairingDependencies) {
    this.#text = text;
    this.#anchors = anchors;
    this.#tools = tools;
  }

  run(): Pairing {
    this.#anchors.forEach((anchor, i) => {
      if (anchor.start < this.#lastEnd) return;
      const limit = this.#findValueLimit(i);
      if (anchor.kind === 'label') this.#label(anchor, limit, this.#announcesValue(anchor, this.#anchors[i + 1]));
      else if (anchor.kind === 'number') this.#number(anchor);
      else this.#netAddress(anchor);
    });
    this.#processGap(this.#text.length, null);
    this.#startGroup();
    return { entries: this.#entries, numberless: this.#numberless };
  }

  /** Returns the start of the next label (none for a web address) that ends a value in words, else the text's end. */
  #findValueLimit(i: number): number {
    const own = this.#anchors[i]?.end ?? 0;
    for (let next = i + 1; next < this.#anchors.length && next < i + 6; next++) {
      const anchor = this.#anchors[next];
      if (anchor?.kind === 'label' && anchor.start >= own && anchor.labelKind !== 'web') return anchor.start;
    }
    return this.#text.length;
  }

  /** Returns whether a label announces a value here instead of being an ordinary word of the sentence. */
  #announcesValue(label: ContactLabel, next: Anchor | undefined): boolean {
    return (
      label.hasColon ||
      (next !== undefined && next.kind !== 'label' && next.start - label.end <= MAX_LABEL_VALUE_DISTANCE)
    );
  }

  #label(label: ContactLabel, limit: number, live: boolean): void {
    if (label.labelKind === 'other' || (label.labelKind === 'office' && !label.hasColon)) {
      if (label.labelKind === 'other') this.#setLastAnchor(label, label.end);
      return;
    }
    const parts = this.#processGap(label.start, label);
    const modifier = live ? this.#modifierBefore(label, parts) : NO_MODIFIER;
    switch (label.labelKind) {
      case 'phone':
      case 'fax':
      case 'dial':
        this.#numberLabel(label, modifier, live);
        break;
      case 'person':
        if (this.#group.entryCount > 0) this.#startGroup({ office: this.#group.office });
        this.#listGroups = [];
        this.#labelRole = null;
        if (modifier.office !== null) this.#group.office = modifier.office;
        if (modifier.role !== null) this.#group.role = modifier.role;
        this.#channels = ['phone'];
        this.#cueEnd = label.end;
        break;
      case 'office':
        this.#startGroup();
        this.#listGroups = [];
        break;
      case 'address':
      case 'delivery':
        this.#addWordedValue('address', this.#tools.readAddress(this.#text, label, limit), label, modifier);
        return;
      case 'postcode':
        this.#addWordedValue('postcode', this.#tools.readPostcode(this.#text, label, limit), label, modifier);
        return;
      case 'account':
        this.#addWordedValue('account', this.#tools.readAccount(this.#text, label, limit), label, modifier);
        return;
      case 'email':
      case 'web':
        if (modifier.office !== null) this.#group.office = modifier.office;
        if (modifier.role !== null) this.#pendingRole = modifier.role;
        break;
    }
    this.#setLastAnchor(label, label.end);
  }

  #pendingRole: TextRange | null = null;

  #numberLabel(label: ContactLabel, { office, role }: LabelModifier, live: boolean): void {
    if (office !== null || role !== null) {
      if (this.#group.entryCount > 0) {
        this.#startGroup({ office: role === null ? this.#group.office : null });
        this.#listGroups = [];
      }
      if (office !== null) this.#group.office = office;
      if (role !== null) this.#group.role = role;
    }
    this.#channels = !live
      ? ['phone']
      : label.includesFax
        ? ['phone', 'fax']
        : [label.labelKind === 'fax' ? 'fax' : 'phone'];
    this.#cueEnd = label.end;
    this.#labelRole = role;
    this.#areaOfList = '';
  }

  #addWordedValue(
    channel: ContactChannel,
    value: TextRange | null,
    label: ContactLabel,
    modifier: LabelModifier,
  ): void {
    if (value === null) {
      this.#setLastAnchor(label, label.end);
      return;
    }
    const account = channel === 'account' ? { start: label.start, end: label.wordEnd } : null;
    if (modifier.office !== null) this.#group.office = modifier.office;
    this.#add([channel], value, null, { role: account ?? modifier.role });
    this.#setLastAnchor(label, value.end);
  }

  #netAddress(address: NetAddress): void {
    this.#processGap(address.start, address);
    if (address.kind === 'url' && !address.isCertain && !this.#isAfterWebCue(address.start)) return;
    this.#add([address.kind === 'url' ? 'web' : 'email'], address, null, { role: this.#pendingRole });
    this.#pendingRole = null;
    this.#setLastAnchor(address, address.end);
  }

  #isAfterWebCue(start: number): boolean {
    const last = this.#last;
    if (last?.kind === 'label' && last.labelKind === 'web' && start - this.#lastEnd < 40) return true;
    return /[\u4e00-\u9fff”」》] ?\($/.test(this.#text.slice(Math.max(0, start - 3), start));
  }

  #number(number: PhoneNumberCandidate): void {
    const text = this.#text;
    AFTER_CUE.lastIndex = number.end;
    const after = AFTER_CUE.exec(text);
    const parts = this.#readSegmentsBefore(number.start);
    const context = {
      last: this.#last,
      lastEnd: this.#lastEnd,
      cueEnd: Math.max(this.#cueEnd, this.#tools.contactRoleEnd(parts)),
      owner: findNumberOwner(parts),
      isPlaced: hasPlaceOnLine(text, parts, number, this.#tools),
      cueAfter: after !== null,
    };
    if (!isPhoneNumber(text, number, context)) return;
    this.#processGap(number.start, number);
    const from = this.#lastEnd;
    const joined = /^ ?[、,/和及或] ?$|^ +$/.test(text.slice(from, number.start)) && this.#last?.kind === 'number';
    if (!joined) this.#areaOfList = '';
    if (number.areaCode !== '') this.#areaOfList = number.areaCode;
    const shared = number.form === 'local' ? this.#areaOfList : '';
    const entry = this.#add(this.#channels, number, shared + number.digits, { isInner: number.form === 'inner' });
    this.#setLastAnchor(number, number.end);
    if (after !== null && number.form !== 'full') {
      const words = after[1] ?? '';
      const { role } = this.#tools.readModifier(words);
      if (role !== null) entry.role = shift(role, number.end);
      this.#lastEnd = AFTER_CUE.lastIndex;
    }
    this.#applyTrailingNote(entry, number, joined);
    this.#cueEnd = this.#lastEnd;
  }

  #applyTrailingNote(entry: ContactEntry, number: PhoneNumberCandidate, joined: boolean): void {
    const trailing = this.#tools.readTrailing(this.#text, this.#lastEnd, this.#group.members.length > 0);
    if (trailing === null) return;
    const run = [entry];
    if (joined && trailing.channels === null) {
      for (let i = this.#entries.length - 2; i >= 0 && run.length < MAX_SHARED_OWNERS; i--) {
        const before = this.#entries[i];
        if (before?.groups[0] !== this.#group || before.persons.length + (before.role === null ? 0 : 1) > 0) break;
        run.push(before);
      }
    }
    for (const one of run) {
      if (trailing.persons.length > 0) one.persons = trailing.persons;
      if (trailing.office !== null) one.office = trailing.office;
      if (trailing.role !== null) one.role = trailing.role;
    }
    if (trailing.channels !== null) this.#entries[this.#entries.length - 1] = { ...entry, channels: trailing.channels };
    this.#setLastAnchor(number, trailing.end);
  }

  /** Returns the parts before `end` without changing the group. */
  #readSegmentsBefore(end: number): Segment[] {
    const from = Math.max(this.#lastEnd, end - CONTEXT_WINDOW);
    const isAnnounced = this.#last?.kind === 'label' && this.#last.labelKind === 'person';
    return this.#tools.readParts(this.#text, from, end, isAnnounced);
  }

  /** Reads the text since the last anchor, updates or starts the group that it names, and returns its parts. */
  #processGap(end: number, next: Anchor | null): Segment[] {
    const from = this.#lastEnd;
    const last = this.#last;
    let rest = from;
    if (last?.kind === 'label' && last.labelKind === 'office') {
      const office = officeValue(this.#text, from, end, this.#tools);
      if (office !== null) this.#group.office = office;
      rest = office?.end ?? from;
    } else if (last?.kind === 'label' && last.labelKind === 'person') {
      rest = this.#readPersons(from, end, last.hasColon);
    }
    if (end - rest > MAX_GROUP_GAP) {
      this.#startGroup();
      this.#listGroups = [];
      rest = end - CONTEXT_WINDOW;
    }
    const gap = this.#text.slice(rest, end);
    const stop = Math.max(gap.lastIndexOf('。'), gap.lastIndexOf('!'), gap.lastIndexOf('?'));
    if (stop !== -1) {
      if (/[\u4e00-\u9fff]{6}/.test(gap.slice(0, stop))) this.#startGroup();
      rest += stop + 1;
    }
    if (next === null) return [];
    const parts = this.#tools.readParts(this.#text, rest, end, last?.kind === 'label' && last.labelKind === 'phone');
    parts.forEach((part, i) => {
      if (part.kind === 'office' && part.isBeforeComma && isInProse(parts.slice(i + 1, i + 9), this.#tools)) return;
      if (part.isHeading && this.#group.entryCount > 0) this.#startGroup();
      this.#processSegment(part, parts[i - 1], parts[i + 1], next);
    });
    return parts;
  }

  #processSegment(part: Segment, before: Segment | undefined, after: Segment | undefined, next: Anchor): void {
    const group = this.#group;
    const touchesLabel = next.kind === 'label' && part.end === next.start;
    const afterPerson =
      part.isBracketed && before?.kind === 'person' && part.start - before.end <= MAX_NAME_BRACKET_DISTANCE;
    if (afterPerson || (part.isBracketed && before?.isBracketed === true)) {
      const member = group.members.at(-1);
      if (member?.role != null && !afterPerson && part.start - member.role.end <= 2) {
        // Parts in one bracket are one role: （高数、线代）
        member.role = { start: member.role.start, end: part.end };
      } else if (member !== undefined && afterPerson && part.kind !== 'person' && /[\u4e00-\u9fff]/.test(part.text)) {
        if (part.kind === 'office') group.office = part;
        else member.role = part;
      }
      return;
    }
    if (part.kind === 'person') this.#person(part, false);
    else if (part.kind === 'office') {
      if (group.entryCount > 0 || (group.members.length > 0 && part.isAfterStop)) {
        if (group.hasPhone) this.#channels = ['phone'];
        this.#startGroup({ role: this.#labelRole });
      }
      this.#group.office = part;
    } else if (next.kind === 'number' && announcesNumber(this.#text, part, { before, after, next }, this.#tools)) {
      if (group.entryCount > 0 || (group.members.length > 0 && part.isAfterStop)) {
        // The label's role applies to each entry of its list: 急诊电话：院本部 1；东院区 2.
        this.#startGroup(part.isAfterStop ? { role: this.#labelRole } : { office: group.office });
      }
      const { office, role } = this.#tools.readModifier(part.text);
      if (office !== null) this.#group.office = shift(office, part.start);
      if (role !== null) this.#group.role = shift(role, part.start);
    } else if (next.kind === 'number' && this.#tools.isAddress(part.text) && (group.office ?? group.role) !== null) {
      if (!part.isBracketed) this.#add(['address'], part, null, {});
    } else if (part.isHeading && next.kind === 'label' && next.labelKind === 'person' && !touchesLabel) {
      this.#startGroup({ office: this.#tools.headingOffice(part, after === undefined) });
    } else if (
      part.isBeforeColon &&
      this.#tools.isRole(part.text) &&
      (next.kind !== 'label' || next.labelKind === 'person' || part.text.length <= 6)
    ) {
      if (group.entryCount > 0 || group.members.length > 0) {
        if (group.hasPhone) this.#channels = ['phone'];
        this.#startGroup();
      }
      this.#group.role = part;
    } else if (
      after === undefined &&
      next.kind === 'number' &&
      next.start - part.end <= 2 &&
      this.#tools.isPlace(part.text)
    ) {
      if (group.entryCount > 0) this.#startGroup({ office: group.office });
      this.#group.role = part;
    } else if (before?.isBeforeColon === true && group.role?.start === before.start) {
      // A word before a colon and plain text is no role: 承办：海岚诗社.
      group.role = null;
    } else if (part.text.length >= MIN_PROSE_LENGTH && !touchesLabel && !part.isBracketed) {
      this.#startGroup();
      this.#listGroups = [];
      this.#labelRole = null;
    }
  }

  #person(range: TextRange, announced: boolean): void {
    const { entryCount: entries, office, role } = this.#group;
    if (entries > 0) {
      if (this.#listGroups.length === 0) this.#listGroups.push(this.#group);
      const siblings = this.#listGroups;
      this.#startGroup({ office, role });
      this.#listGroups = [...siblings.slice(-MAX_SHARED_OWNERS), this.#group];
      if (this.#channels[0] === 'fax') this.#channels = ['phone'];
    }
    if (this.#group.members.length < MAX_SHARED_OWNERS) {
      this.#group.members.push({ start: range.start, end: range.end, isAnnounced: announced, role: null });
    }
  }

  #readPersons(from: number, end: number, colon: boolean): number {
    const head = this.#text.slice(from, Math.min(end, from + CONTEXT_WINDOW));
    const stop = /^[ \n:]*[^;。\n]*/.exec(head)?.[0].length ?? head.length;
    const parts = this.#tools.readParts(this.#text, from, from + stop, colon);
    let used = from;
    for (const [i, part] of parts.entries()) {
      const before = parts[i - 1];
      const member = this.#group.members.at(-1);
      if (part.isBracketed && before?.isBracketed === true && member?.role === before) {
        member.role = { start: before.start, end: part.end };
      } else if (part.isBracketed && before?.kind === 'person') {
        if (part.kind === 'office') this.#group.office = part;
        else if (member !== undefined && /[\u4e00-\u9fff]/.test(part.text)) member.role = part;
      } else if (part.kind === 'person' && (colon || part.start - from <= 3 || before?.kind === 'person')) {
        this.#person(part, colon);
      } else if (part.kind === 'office') this.#group.office = part;
      else break;
      used = part.end;
    }
    return used;
  }

  #modifierBefore(label: ContactLabel, parts: readonly Segment[]): LabelModifier {
    const part = parts.at(-1);
    if (part?.end !== label.start || part.kind !== 'text') return { office: null, role: null };
    const { office, role } = this.#tools.readModifier(part.text);
    const named =
      label.labelKind !== 'dial' && label.labelKind !== 'delivery' && (label.hasColon || label.labelKind !== 'web');
    return { office: office && shift(office, part.start), role: role && named ? shift(role, part.start) : null };
  }

  #add(
    channels: readonly ContactChannel[],
    { start, end }: TextRange,
    digits: string | null,
    { role = null, isInner = false }: { role?: TextRange | null; isInner?: boolean },
  ): ContactEntry {
    const shared = digits === null && this.#listGroups.length > 1 ? this.#listGroups : [this.#group];
    for (const group of shared) {
      group.entryCount++;
      if (channels.includes('phone')) group.hasPhone = true;
    }
    const entry: ContactEntry = {
      channels,
      start,
      end,
      digits,
      isInner,
      groups: shared,
      office: null,
      role,
      persons: [],
    };
    this.#entries.push(entry);
    return entry;
  }

  #setLastAnchor(anchor: Anchor, end: number): void {
    this.#last = anchor;
    this.#lastEnd = end;
  }

  #startGroup(kept: Partial<Pick<ContactGroup, 'office' | 'role'>> = {}): void {
    const { members, entryCount: entries, office } = this.#group;
    if (entries === 0) {
      for (const member of members) if (member.isAnnounced) this.#numberless.push({ member, office });
    }
    this.#group = { ...emptyGroup(), ...kept };
    this.#pendingRole = null;
  }
}
