import type { ContactChannel } from '../../domain/fact.js';
import type { Label } from './labels.js';
import type { Modifier } from './modifiers.js';
import type { NetAddress } from './net-addresses.js';
import type { NumberCandidate } from './numbers.js';
import { announces, emptyGroup, isInProse, isPlaced, officeValue, ownerIn, shift } from './pairing-steps.js';
import type { Entry, Group, Member, Pairing, PairingTools, Range } from './pairing-types.js';
import type { Part } from './parts.js';
import type { Anchor } from './scan.js';
import { isPhone } from './phone-evidence.js';

/** Maximum distance from a label without a colon to its value; a name may stand between (咨询电话 王老师 010-…). */
const LIVE_REACH = 25;
const NO_MODIFIER: Modifier = { office: null, role: null };
/** A longer gap after the last anchor starts a new group. All distances are in UTF-16 units. */
const BLOCK_GAP = 100;
/** Length of the window around an anchor in which persons, offices and roles are read. */
const REAR = 60;
/** Minimum length of a part that is prose instead of a name or an office. */
const PROSE = 15;
const MOST_SHARED = 12;
/** Maximum distance from a name to the bracketed role behind it: 老师（. */
const TITLE_AND_BRACKET = 4;
const AFTER_CUE = /([\u4e00-\u9fff“”"]{0,14}?)(?:热线|电话|专线)(?!号?:? {0,2}[\d(])/y;

/** Processes the anchors of one text in order and keeps the group that the next contact value belongs to. */
export class PairingWalk {
  readonly #text: string;
  readonly #anchors: readonly Anchor[];
  readonly #tools: PairingTools;
  readonly #entries: Entry[] = [];
  readonly #numberless: { member: Member; office: Range | null }[] = [];
  #group: Group = emptyGroup();
  /** Groups of one list (甲，1；乙，2); an e-mail, address or other non-number after the list belongs to all. */
  #siblings: Group[] = [];
  #channels: readonly ContactChannel[] = ['phone'];
  #last: Anchor | null = null;
  #lastEnd = 0;
  #cueEnd = -Infinity;
  #areaOfList = '';
  /** Role of the last number label; it applies to the whole list: 咨询 in 咨询电话：财务科 1，人事科 2. */
  #labelRole: Range | null = null;

  constructor(text: string, anchors: readonly Anchor[], tools: PairingTools) {
    this.#text = text;
    this.#anchors = anchors;
    this.#tools = tools;
  }

  run(): Pairing {
    this.#anchors.forEach((anchor, i) => {
      if (anchor.start < this.#lastEnd) return;
      const limit = this.#limitAfter(i);
      if (anchor.kind === 'label') this.#label(anchor, limit, this.#isLive(anchor, this.#anchors[i + 1]));
      else if (anchor.kind === 'number') this.#number(anchor);
      else this.#netAddress(anchor);
    });
    this.#gap(this.#text.length, null);
    this.#startGroup();
    return { entries: this.#entries, numberless: this.#numberless };
  }

  /** Returns the start of the next label (none for a web address) that ends a value in words, else the text's end. */
  #limitAfter(i: number): number {
    const own = this.#anchors[i]?.end ?? 0;
    for (let next = i + 1; next < this.#anchors.length && next < i + 6; next++) {
      const anchor = this.#anchors[next];
      if (anchor?.kind === 'label' && anchor.start >= own && anchor.label !== 'web') return anchor.start;
    }
    return this.#text.length;
  }

  /** Returns whether a label announces a value here instead of being an ordinary word of the sentence. */
  #isLive(label: Label, next: Anchor | undefined): boolean {
    return label.colon || (next !== undefined && next.kind !== 'label' && next.start - label.end <= LIVE_REACH);
  }

  #label(label: Label, limit: number, live: boolean): void {
    if (label.label === 'other' || (label.label === 'office' && !label.colon)) {
      if (label.label === 'other') this.#mark(label, label.end);
      return;
    }
    const parts = this.#gap(label.start, label);
    const modifier = live ? this.#modifierBefore(label, parts) : NO_MODIFIER;
    switch (label.label) {
      case 'phone':
      case 'fax':
      case 'dial':
        this.#numberLabel(label, modifier, live);
        break;
      case 'person':
        if (this.#group.entries > 0) this.#startGroup({ office: this.#group.office });
        this.#siblings = [];
        this.#labelRole = null;
        if (modifier.office !== null) this.#group.office = modifier.office;
        if (modifier.role !== null) this.#group.role = modifier.role;
        this.#channels = ['phone'];
        this.#cueEnd = label.end;
        break;
      case 'office':
        this.#startGroup();
        this.#siblings = [];
        break;
      case 'address':
      case 'delivery':
        this.#worded('address', this.#tools.readAddress(this.#text, label, limit), label, modifier);
        return;
      case 'postcode':
        this.#worded('postcode', this.#tools.readPostcode(this.#text, label, limit), label, modifier);
        return;
      case 'account':
        this.#worded('account', this.#tools.readAccount(this.#text, label, limit), label, modifier);
        return;
      case 'email':
      case 'web':
        if (modifier.office !== null) this.#group.office = modifier.office;
        if (modifier.role !== null) this.#pendingRole = modifier.role;
        break;
    }
    this.#mark(label, label.end);
  }

  #pendingRole: Range | null = null;

  #numberLabel(label: Label, { office, role }: Modifier, live: boolean): void {
    if (office !== null || role !== null) {
      if (this.#group.entries > 0) {
        this.#startGroup({ office: role === null ? this.#group.office : null });
        this.#siblings = [];
      }
      if (office !== null) this.#group.office = office;
      if (role !== null) this.#group.role = role;
    }
    this.#channels = !live ? ['phone'] : label.faxToo ? ['phone', 'fax'] : [label.label === 'fax' ? 'fax' : 'phone'];
    this.#cueEnd = label.end;
    this.#labelRole = role;
    this.#areaOfList = '';
  }

  #worded(channel: ContactChannel, value: Range | null, label: Label, modifier: Modifier): void {
    if (value === null) {
      this.#mark(label, label.end);
      return;
    }
    const account = channel === 'account' ? { start: label.start, end: label.wordEnd } : null;
    if (modifier.office !== null) this.#group.office = modifier.office;
    this.#add([channel], value, null, { role: account ?? modifier.role });
    this.#mark(label, value.end);
  }

  #netAddress(address: NetAddress): void {
    this.#gap(address.start, address);
    if (address.kind === 'url' && !address.certain && !this.#isAfterWebCue(address.start)) return;
    this.#add([address.kind === 'url' ? 'web' : 'email'], address, null, { role: this.#pendingRole });
    this.#pendingRole = null;
    this.#mark(address, address.end);
  }

  #isAfterWebCue(start: number): boolean {
    const last = this.#last;
    if (last?.kind === 'label' && last.label === 'web' && start - this.#lastEnd < 40) return true;
    return /[\u4e00-\u9fff”」》] ?\($/.test(this.#text.slice(Math.max(0, start - 3), start));
  }

  #number(number: NumberCandidate): void {
    const text = this.#text;
    AFTER_CUE.lastIndex = number.end;
    const after = AFTER_CUE.exec(text);
    const parts = this.#peek(number.start);
    const context = {
      last: this.#last,
      lastEnd: this.#lastEnd,
      cueEnd: Math.max(this.#cueEnd, this.#tools.contactRoleEnd(parts)),
      owner: ownerIn(parts),
      isPlaced: isPlaced(text, parts, number, this.#tools),
      cueAfter: after !== null,
    };
    if (!isPhone(text, number, context)) return;
    this.#gap(number.start, number);
    const from = this.#lastEnd;
    const joined = /^ ?[、,/和及或] ?$|^ +$/.test(text.slice(from, number.start)) && this.#last?.kind === 'number';
    if (!joined) this.#areaOfList = '';
    if (number.area !== '') this.#areaOfList = number.area;
    const shared = number.form === 'local' ? this.#areaOfList : '';
    const entry = this.#add(this.#channels, number, shared + number.digits, { isInner: number.form === 'inner' });
    this.#mark(number, number.end);
    if (after !== null && number.form !== 'full') {
      const words = after[1] ?? '';
      const { role } = this.#tools.readModifier(words);
      if (role !== null) entry.role = shift(role, number.end);
      this.#lastEnd = AFTER_CUE.lastIndex;
    }
    this.#trailing(entry, number, joined);
    this.#cueEnd = this.#lastEnd;
  }

  #trailing(entry: Entry, number: NumberCandidate, joined: boolean): void {
    const trailing = this.#tools.readTrailing(this.#text, this.#lastEnd, this.#group.members.length > 0);
    if (trailing === null) return;
    const run = [entry];
    if (joined && trailing.channels === null) {
      for (let i = this.#entries.length - 2; i >= 0 && run.length < MOST_SHARED; i--) {
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
    this.#mark(number, trailing.end);
  }

  /** Returns the parts before `end` without changing the group. */
  #peek(end: number): Part[] {
    const from = Math.max(this.#lastEnd, end - REAR);
    const isAnnounced = this.#last?.kind === 'label' && this.#last.label === 'person';
    return this.#tools.readParts(this.#text, from, end, isAnnounced);
  }

  /** Reads the text since the last anchor, updates or starts the group that it names, and returns its parts. */
  #gap(end: number, next: Anchor | null): Part[] {
    const from = this.#lastEnd;
    const last = this.#last;
    let rest = from;
    if (last?.kind === 'label' && last.label === 'office') {
      const office = officeValue(this.#text, from, end, this.#tools);
      if (office !== null) this.#group.office = office;
      rest = office?.end ?? from;
    } else if (last?.kind === 'label' && last.label === 'person') {
      rest = this.#personsValue(from, end, last.colon);
    }
    if (end - rest > BLOCK_GAP) {
      this.#startGroup();
      this.#siblings = [];
      rest = end - REAR;
    }
    const gap = this.#text.slice(rest, end);
    const stop = Math.max(gap.lastIndexOf('。'), gap.lastIndexOf('!'), gap.lastIndexOf('?'));
    if (stop !== -1) {
      if (/[\u4e00-\u9fff]{6}/.test(gap.slice(0, stop))) this.#startGroup();
      rest += stop + 1;
    }
    if (next === null) return [];
    const parts = this.#tools.readParts(this.#text, rest, end, last?.kind === 'label' && last.label === 'phone');
    parts.forEach((part, i) => {
      if (part.kind === 'office' && part.comma && isInProse(parts.slice(i + 1, i + 9), this.#tools)) return;
      if (part.heading && this.#group.entries > 0) this.#startGroup();
      this.#part(part, parts[i - 1], parts[i + 1], next);
    });
    return parts;
  }

  #part(part: Part, before: Part | undefined, after: Part | undefined, next: Anchor): void {
    const group = this.#group;
    const touchesLabel = next.kind === 'label' && part.end === next.start;
    const afterPerson = part.bracketed && before?.kind === 'person' && part.start - before.end <= TITLE_AND_BRACKET;
    if (afterPerson || (part.bracketed && before?.bracketed === true)) {
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
      if (group.entries > 0 || (group.members.length > 0 && part.afterStop)) {
        if (group.hasPhone) this.#channels = ['phone'];
        this.#startGroup({ role: this.#labelRole });
      }
      this.#group.office = part;
    } else if (next.kind === 'number' && announces(this.#text, part, { before, after, next }, this.#tools)) {
      if (group.entries > 0 || (group.members.length > 0 && part.afterStop)) {
        // The label's role applies to each entry of its list: 急诊电话：院本部 1；东院区 2.
        this.#startGroup(part.afterStop ? { role: this.#labelRole } : { office: group.office });
      }
      const { office, role } = this.#tools.readModifier(part.text);
      if (office !== null) this.#group.office = shift(office, part.start);
      if (role !== null) this.#group.role = shift(role, part.start);
    } else if (next.kind === 'number' && this.#tools.isAddress(part.text) && (group.office ?? group.role) !== null) {
      if (!part.bracketed) this.#add(['address'], part, null, {});
    } else if (part.heading && next.kind === 'label' && next.label === 'person' && !touchesLabel) {
      this.#startGroup({ office: this.#tools.headingOffice(part, after === undefined) });
    } else if (
      part.colon &&
      this.#tools.isRole(part.text) &&
      (next.kind !== 'label' || next.label === 'person' || part.text.length <= 6)
    ) {
      if (group.entries > 0 || group.members.length > 0) {
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
      if (group.entries > 0) this.#startGroup({ office: group.office });
      this.#group.role = part;
    } else if (before?.colon === true && group.role?.start === before.start) {
      // A word before a colon and plain text is no role: 承办：海岚诗社.
      group.role = null;
    } else if (part.text.length >= PROSE && !touchesLabel && !part.bracketed) {
      this.#startGroup();
      this.#siblings = [];
      this.#labelRole = null;
    }
  }

  #person(range: Range, announced: boolean): void {
    const { entries, office, role } = this.#group;
    if (entries > 0) {
      if (this.#siblings.length === 0) this.#siblings.push(this.#group);
      const siblings = this.#siblings;
      this.#startGroup({ office, role });
      this.#siblings = [...siblings.slice(-MOST_SHARED), this.#group];
      if (this.#channels[0] === 'fax') this.#channels = ['phone'];
    }
    if (this.#group.members.length < MOST_SHARED) {
      this.#group.members.push({ start: range.start, end: range.end, announced, role: null });
    }
  }

  #personsValue(from: number, end: number, colon: boolean): number {
    const head = this.#text.slice(from, Math.min(end, from + REAR));
    const stop = /^[ \n:]*[^;。\n]*/.exec(head)?.[0].length ?? head.length;
    const parts = this.#tools.readParts(this.#text, from, from + stop, colon);
    let used = from;
    for (const [i, part] of parts.entries()) {
      const before = parts[i - 1];
      const member = this.#group.members.at(-1);
      if (part.bracketed && before?.bracketed === true && member?.role === before) {
        member.role = { start: before.start, end: part.end };
      } else if (part.bracketed && before?.kind === 'person') {
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

  #modifierBefore(label: Label, parts: readonly Part[]): Modifier {
    const part = parts.at(-1);
    if (part?.end !== label.start || part.kind !== 'text') return { office: null, role: null };
    const { office, role } = this.#tools.readModifier(part.text);
    const named = label.label !== 'dial' && label.label !== 'delivery' && (label.colon || label.label !== 'web');
    return { office: office && shift(office, part.start), role: role && named ? shift(role, part.start) : null };
  }

  #add(
    channels: readonly ContactChannel[],
    { start, end }: Range,
    digits: string | null,
    { role = null, isInner = false }: { role?: Range | null; isInner?: boolean },
  ): Entry {
    const shared = digits === null && this.#siblings.length > 1 ? this.#siblings : [this.#group];
    for (const group of shared) {
      group.entries++;
      if (channels.includes('phone')) group.hasPhone = true;
    }
    const entry: Entry = { channels, start, end, digits, isInner, groups: shared, office: null, role, persons: [] };
    this.#entries.push(entry);
    return entry;
  }

  #mark(anchor: Anchor, end: number): void {
    this.#last = anchor;
    this.#lastEnd = end;
  }

  #startGroup(kept: Partial<Pick<Group, 'office' | 'role'>> = {}): void {
    const { members, entries, office } = this.#group;
    if (entries === 0) {
      for (const member of members) if (member.announced) this.#numberless.push({ member, office });
    }
    this.#group = { ...emptyGroup(), ...kept };
    this.#pendingRole = null;
  }
}
