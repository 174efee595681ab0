import type { ContactChannel, Span } from '../../../domain/fact.js';
import type { Anchor, ContactLabel, NetAddress, PhoneNumberCandidate } from './lexical-scan.js';
import {
  announcesNumber,
  announcesValue,
  createGroup,
  findNumberOwner,
  hasPlaceOnLine,
  isInProse,
  isPhoneNumber,
  readModifierBefore,
  readOfficeValue,
  shift,
  type ContactEntry,
  type ContactGroup,
  type GroupMember,
  type Pairing,
  type PairingDependencies,
} from './pairing-model.js';
import type { ReadLabelledValue } from './read-values.js';
import type { LabelModifier, Segment } from './segments.js';

const NO_MODIFIER: LabelModifier = { office: null, role: null };
/** A longer gap after the last anchor starts a new group. All distances are in UTF-16 units. */
const MAX_GROUP_GAP = 100;
/** Length of the window around an anchor in which persons, offices and roles are read. */
const CONTEXT_WINDOW = 60;
/** Minimum length of a segment that is prose instead of a name or an office. */
const MIN_PROSE_LENGTH = 15;
const MAX_SHARED_OWNERS = 12;
/** Maximum distance from a name to the bracketed role behind it: 老师（. */
const MAX_NAME_BRACKET_DISTANCE = 4;
const CUE_AFTER = /([\u4e00-\u9fff“”"]{0,14}?)(?:热线|电话|专线)(?!号?:? {0,2}[\d(])/y;

/** Processes the anchors of one text in order and keeps the group that the next contact value belongs to. */
export class ContactPairer {
  readonly #text: string;
  readonly #anchors: readonly Anchor[];
  readonly #deps: PairingDependencies;
  readonly #entries: ContactEntry[] = [];
  readonly #numberless: { member: GroupMember; office: Span | null }[] = [];
  #group: ContactGroup = createGroup();
  /** Groups of one list (甲，1；乙，2); an e-mail, address or other non-number after the list belongs to all. */
  #listGroups: ContactGroup[] = [];
  #channels: readonly ContactChannel[] = ['phone'];
  #last: Anchor | null = null;
  #lastEnd = 0;
  #cueEnd = -Infinity;
  #areaOfList = '';
  /** Role of the last number label; it applies to the whole list: 咨询 in 咨询电话：财务科 1，人事科 2. */
  #labelRole: Span | null = null;
  /** Role of the last e-mail or web label, for the address that follows. */
  #pendingRole: Span | null = null;

  constructor(text: string, anchors: readonly Anchor[], deps: PairingDependencies) {
    this.#text = text;
    this.#anchors = anchors;
    this.#deps = deps;
  }

  run(): Pairing {
    this.#anchors.forEach((anchor, i) => {
      if (anchor.start < this.#lastEnd) return;
      if (anchor.kind === 'label') this.#processLabel(anchor, i);
      else if (anchor.kind === 'number') this.#processNumber(anchor);
      else this.#processNetAddress(anchor);
    });
    this.#processGap(this.#text.length, null);
    this.#startGroup();
    return { entries: this.#entries, numberless: this.#numberless };
  }

  #processLabel(label: ContactLabel, i: number): void {
    if (label.labelKind === 'other' || (label.labelKind === 'office' && !label.hasColon)) {
      if (label.labelKind === 'other') this.#setLastAnchor(label, label.end);
      return;
    }
    const segments = this.#processGap(label.start, label);
    const isLive = announcesValue(label, this.#anchors[i + 1]);
    const modifier = isLive ? readModifierBefore(label, segments.at(-1), this.#deps) : NO_MODIFIER;
    const addValue = (channel: ContactChannel, read: ReadLabelledValue): void => {
      this.#addWordedValue(channel, read(this.#text, label, this.#findValueLimit(i)), label, modifier);
    };
    switch (label.labelKind) {
      case 'phone':
      case 'fax':
      case 'dial':
        this.#startNumbers(label, modifier, isLive);
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
        this.#startList();
        break;
      case 'address':
      case 'delivery':
        addValue('address', this.#deps.readAddress);
        return;
      case 'postcode':
        addValue('postcode', this.#deps.readPostcode);
        return;
      case 'account':
        addValue('account', this.#deps.readAccount);
        return;
      case 'email':
      case 'web':
        if (modifier.office !== null) this.#group.office = modifier.office;
        if (modifier.role !== null) this.#pendingRole = modifier.role;
        break;
    }
    this.#setLastAnchor(label, label.end);
  }

  /** Returns the start of the next label (none for a web address) that ends a value in words, else the text's end. */
  #findValueLimit(i: number): number {
    const end = this.#anchors[i]?.end ?? 0;
    const next = this.#anchors
      .slice(i + 1, i + 6)
      .find((anchor) => anchor.kind === 'label' && anchor.start >= end && anchor.labelKind !== 'web');
    return next?.start ?? this.#text.length;
  }

  #startNumbers(label: ContactLabel, { office, role }: LabelModifier, isLive: boolean): void {
    if (office !== null || role !== null) {
      if (this.#group.entryCount > 0) this.#startList({ office: role === null ? this.#group.office : null });
      if (office !== null) this.#group.office = office;
      if (role !== null) this.#group.role = role;
    }
    const channel = isLive && label.labelKind === 'fax' ? 'fax' : 'phone';
    this.#channels = isLive && label.includesFax ? ['phone', 'fax'] : [channel];
    this.#cueEnd = label.end;
    this.#labelRole = role;
    this.#areaOfList = '';
  }

  #addWordedValue(channel: ContactChannel, value: Span | null, label: ContactLabel, modifier: LabelModifier): void {
    if (value === null) {
      this.#setLastAnchor(label, label.end);
      return;
    }
    const role = channel === 'account' ? { start: label.start, end: label.wordEnd } : modifier.role;
    if (modifier.office !== null) this.#group.office = modifier.office;
    this.#addEntry([channel], value, null, { role });
    this.#setLastAnchor(label, value.end);
  }

  #processNetAddress(address: NetAddress): void {
    this.#processGap(address.start, address);
    if (address.kind === 'url' && !address.isCertain && !this.#isAfterWebCue(address.start)) return;
    this.#addEntry([address.kind === 'url' ? 'web' : 'email'], address, null, { role: this.#pendingRole });
    this.#pendingRole = null;
    this.#setLastAnchor(address, address.end);
  }

  #isAfterWebCue(start: number): boolean {
    const last = this.#last;
    if (last?.kind === 'label' && last.labelKind === 'web' && start - this.#lastEnd < 40) return true;
    return /[\u4e00-\u9fff”」》] ?\($/.test(this.#text.slice(Math.max(0, start - 3), start));
  }

  #processNumber(number: PhoneNumberCandidate): void {
    const text = this.#text;
    CUE_AFTER.lastIndex = number.end;
    const cueAfter = CUE_AFTER.exec(text);
    const segments = this.#readSegmentsBefore(number.start);
    const context = {
      last: this.#last,
      lastEnd: this.#lastEnd,
      cueEnd: Math.max(this.#cueEnd, this.#deps.findContactRoleEnd(segments)),
      owner: findNumberOwner(segments),
      hasPlace: hasPlaceOnLine(text, segments, number, this.#deps),
      hasCueAfter: cueAfter !== null,
    };
    if (!isPhoneNumber(text, number, context)) return;
    this.#processGap(number.start, number);
    const between = text.slice(this.#lastEnd, number.start);
    const isJoined = /^ ?[、,/和及或] ?$|^ +$/.test(between) && this.#last?.kind === 'number';
    if (!isJoined) this.#areaOfList = '';
    if (number.areaCode !== '') this.#areaOfList = number.areaCode;
    const digits = (number.form === 'local' ? this.#areaOfList : '') + number.digits;
    const entry = this.#addEntry(this.#channels, number, digits, { isInner: number.form === 'inner' });
    this.#setLastAnchor(number, number.end);
    if (cueAfter !== null && number.form !== 'full') {
      const { role } = this.#deps.readModifier(cueAfter[1] ?? '');
      if (role !== null) entry.role = shift(role, number.end);
      this.#lastEnd = number.end + cueAfter[0].length;
    }
    this.#applyTrailingNote(entry, number, isJoined);
    this.#cueEnd = this.#lastEnd;
  }

  #applyTrailingNote(entry: ContactEntry, number: PhoneNumberCandidate, isJoined: boolean): void {
    const note = this.#deps.readTrailingNote(this.#text, this.#lastEnd, this.#group.members.length > 0);
    if (note === null) return;
    const run = [entry];
    if (isJoined && note.channels === null) {
      for (let i = this.#entries.length - 2; i >= 0 && run.length < MAX_SHARED_OWNERS; i--) {
        const before = this.#entries[i];
        if (before?.groups[0] !== this.#group || before.persons.length > 0 || before.role !== null) break;
        run.push(before);
      }
    }
    for (const one of run) {
      if (note.persons.length > 0) one.persons = note.persons;
      if (note.office !== null) one.office = note.office;
      if (note.role !== null) one.role = note.role;
    }
    if (note.channels !== null) this.#entries[this.#entries.length - 1] = { ...entry, channels: note.channels };
    this.#setLastAnchor(number, note.end);
  }

  /** Returns the segments before `end` without changing the group. */
  #readSegmentsBefore(end: number): Segment[] {
    const from = Math.max(this.#lastEnd, end - CONTEXT_WINDOW);
    const isAnnounced = this.#last?.kind === 'label' && this.#last.labelKind === 'person';
    return this.#deps.readSegments(this.#text, from, end, isAnnounced);
  }

  /** Reads the text since the last anchor, updates or starts the group that it names, and returns its segments. */
  #processGap(end: number, next: Anchor | null): Segment[] {
    const from = this.#lastEnd;
    const label = this.#last?.kind === 'label' ? this.#last : null;
    let rest = from;
    if (label?.labelKind === 'office') {
      const office = readOfficeValue(this.#text, from, end, this.#deps);
      if (office !== null) this.#group.office = office;
      rest = office?.end ?? from;
    } else if (label?.labelKind === 'person') {
      rest = this.#readPersons(from, end, label.hasColon);
    }
    if (end - rest > MAX_GROUP_GAP) {
      this.#startList();
      rest = end - CONTEXT_WINDOW;
    }
    const gap = this.#text.slice(rest, end);
    const stop = Math.max(gap.lastIndexOf('。'), gap.lastIndexOf('!'), gap.lastIndexOf('?'));
    if (stop !== -1) {
      if (/[\u4e00-\u9fff]{6}/.test(gap.slice(0, stop))) this.#startGroup();
      rest += stop + 1;
    }
    if (next === null) return [];
    const segments = this.#deps.readSegments(this.#text, rest, end, label?.labelKind === 'phone');
    segments.forEach((segment, i) => {
      const isListed = segment.kind === 'office' && segment.isBeforeComma;
      if (isListed && isInProse(segments.slice(i + 1, i + 9), this.#deps)) return;
      if (segment.isHeading && this.#group.entryCount > 0) this.#startGroup();
      this.#processSegment(segment, segments[i - 1], segments[i + 1], next);
    });
    return segments;
  }

  #processSegment(segment: Segment, before: Segment | undefined, after: Segment | undefined, next: Anchor): void {
    const group = this.#group;
    const isAfterPerson =
      segment.isBracketed && before?.kind === 'person' && segment.start - before.end <= MAX_NAME_BRACKET_DISTANCE;
    if (isAfterPerson || (segment.isBracketed && before?.isBracketed === true)) {
      this.#addBracketed(segment, isAfterPerson);
      return;
    }
    const touchesLabel = next.kind === 'label' && segment.end === next.start;
    const endsGroup = group.entryCount > 0 || (group.members.length > 0 && segment.isAfterStop);
    if (segment.kind === 'person') this.#addPerson(segment, false);
    else if (segment.kind === 'office') {
      if (endsGroup) {
        if (group.hasPhone) this.#channels = ['phone'];
        this.#startGroup({ role: this.#labelRole });
      }
      this.#group.office = segment;
    } else if (next.kind === 'number' && announcesNumber(this.#text, segment, { before, after, next }, this.#deps)) {
      // The label's role applies to each entry of its list: 急诊电话：院本部 1；东院区 2.
      if (endsGroup) this.#startGroup(segment.isAfterStop ? { role: this.#labelRole } : { office: group.office });
      const { office, role } = this.#deps.readModifier(segment.text);
      if (office !== null) this.#group.office = shift(office, segment.start);
      if (role !== null) this.#group.role = shift(role, segment.start);
    } else if (next.kind === 'number' && this.#deps.isAddress(segment.text) && (group.office ?? group.role) !== null) {
      if (!segment.isBracketed) this.#addEntry(['address'], segment, null, {});
    } else if (segment.isHeading && next.kind === 'label' && next.labelKind === 'person' && !touchesLabel) {
      this.#startGroup({ office: this.#deps.findHeadingOffice(segment, after === undefined) });
    } else if (
      segment.isBeforeColon &&
      this.#deps.isRole(segment.text) &&
      (next.kind !== 'label' || next.labelKind === 'person' || segment.text.length <= 6)
    ) {
      if (group.entryCount > 0 || group.members.length > 0) {
        if (group.hasPhone) this.#channels = ['phone'];
        this.#startGroup();
      }
      this.#group.role = segment;
    } else if (
      after === undefined &&
      next.kind === 'number' &&
      next.start - segment.end <= 2 &&
      this.#deps.isPlace(segment.text)
    ) {
      if (group.entryCount > 0) this.#startGroup({ office: group.office });
      this.#group.role = segment;
    } else if (before?.isBeforeColon === true && group.role?.start === before.start) {
      // A word before a colon and plain text is no role: 承办：海岚诗社.
      group.role = null;
    } else if (segment.text.length >= MIN_PROSE_LENGTH && !touchesLabel && !segment.isBracketed) {
      this.#startList();
      this.#labelRole = null;
    }
  }

  /** Adds the role or office that stands in brackets behind a person: 王老师（高职）. */
  #addBracketed(segment: Segment, isAfterPerson: boolean): void {
    const member = this.#group.members.at(-1);
    if (member === undefined) return;
    if (isAfterPerson) {
      if (segment.kind === 'person' || !/[\u4e00-\u9fff]/.test(segment.text)) return;
      if (segment.kind === 'office') this.#group.office = segment;
      else member.role = segment;
    } else if (member.role !== null && segment.start - member.role.end <= 2) {
      // Segments in one bracket are one role: （高数、线代）
      member.role = { start: member.role.start, end: segment.end };
    }
  }

  #addPerson({ start, end }: Span, isAnnounced: boolean): void {
    const { entryCount, office, role } = this.#group;
    if (entryCount > 0) {
      if (this.#listGroups.length === 0) this.#listGroups.push(this.#group);
      this.#startGroup({ office, role });
      this.#listGroups = [...this.#listGroups.slice(-MAX_SHARED_OWNERS), this.#group];
      if (this.#channels[0] === 'fax') this.#channels = ['phone'];
    }
    if (this.#group.members.length < MAX_SHARED_OWNERS) {
      this.#group.members.push({ start, end, isAnnounced, role: null });
    }
  }

  /** Reads the persons after 联系人, with their offices and roles, and returns the end of what it read. */
  #readPersons(from: number, end: number, hasColon: boolean): number {
    const window = this.#text.slice(from, Math.min(end, from + CONTEXT_WINDOW));
    const stop = /^[ \n:]*[^;。\n]*/.exec(window)?.[0].length ?? window.length;
    const segments = this.#deps.readSegments(this.#text, from, from + stop, hasColon);
    let used = from;
    for (const [i, segment] of segments.entries()) {
      const before = segments[i - 1];
      const member = this.#group.members.at(-1);
      if (segment.isBracketed && before?.isBracketed === true && member?.role === before) {
        member.role = { start: before.start, end: segment.end };
      } else if (segment.isBracketed && before?.kind === 'person') {
        if (segment.kind === 'office') this.#group.office = segment;
        else if (member !== undefined && /[\u4e00-\u9fff]/.test(segment.text)) member.role = segment;
      } else if (segment.kind === 'person' && (hasColon || segment.start - from <= 3 || before?.kind === 'person')) {
        this.#addPerson(segment, hasColon);
      } else if (segment.kind === 'office') this.#group.office = segment;
      else break;
      used = segment.end;
    }
    return used;
  }

  #addEntry(
    channels: readonly ContactChannel[],
    { start, end }: Span,
    digits: string | null,
    { role = null, isInner = false }: { role?: Span | null; isInner?: boolean },
  ): ContactEntry {
    const groups = digits === null && this.#listGroups.length > 1 ? this.#listGroups : [this.#group];
    for (const group of groups) {
      group.entryCount++;
      if (channels.includes('phone')) group.hasPhone = true;
    }
    const entry: ContactEntry = { channels, start, end, digits, isInner, groups, office: null, role, persons: [] };
    this.#entries.push(entry);
    return entry;
  }

  #setLastAnchor(anchor: Anchor, end: number): void {
    this.#last = anchor;
    this.#lastEnd = end;
  }

  #startGroup(kept: Partial<Pick<ContactGroup, 'office' | 'role'>> = {}): void {
    const { members, entryCount, office } = this.#group;
    if (entryCount === 0) {
      for (const member of members) if (member.isAnnounced) this.#numberless.push({ member, office });
    }
    this.#group = { ...createGroup(), ...kept };
    this.#pendingRole = null;
  }

  /** Starts a group that belongs to no list yet. */
  #startList(kept: Partial<Pick<ContactGroup, 'office' | 'role'>> = {}): void {
    this.#startGroup(kept);
    this.#listGroups = [];
  }
}
