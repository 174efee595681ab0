import { addDays, dayInShanghai } from '../domain/dates.js';
import { adminMessages as m } from '../messages/admin.js';
import type { Message } from '../render/message.js';
import type { Pin, PinTable } from '../store/state-store.js';
import {
  computeSimilarity,
  type ReadSignature,
  type QuestionSignature,
} from '../answering/query/question-signature.js';

/**
 * Answers that admins pinned to a kind of question. A pin is not an `Answer`, because no notice proves it: `composePin`
 * shows that it is an admin's, since when and until when.
 */
export interface Pins {
  /** Returns the pin whose question means the same, or null. Called before retrieval. */
  pinFor(question: string): Pin | null;
  add(question: string, answer: string, userId: number, expiresAt: string): Promise<AddPinResult>;
  remove(id: number): Promise<boolean>;
  /** Returns the pins that have not expired, oldest first. */
  list(): readonly Pin[];
}

export type AddPinResult =
  { readonly kind: 'added'; readonly pin: Pin } | { readonly kind: 'too-many' } | { readonly kind: 'no-subject' };

/**
 * Least similarity (0 … 1) at which two questions mean the same. Strict: a pin given to another question is a wrong
 * answer with an admin's name on it. 食堂几点开门 and 食堂开门时间 mean the same, 学校食堂 and 食堂 do not.
 */
const MIN_PIN_SIMILARITY = 0.85;
/** Upper bound on pins: each question is compared with all of them. */
export const MAX_PINS = 100;

interface PinWithSignature {
  readonly pin: Pin;
  readonly signature: QuestionSignature;
}

export async function openPins(
  table: PinTable,
  readSignature: ReadSignature,
  weightOf: (term: string) => number,
  now: () => Date,
): Promise<Pins> {
  const read = (pin: Pin): PinWithSignature => ({ pin, signature: readSignature(pin.question) });
  let pins = (await table.listActive(now().toISOString())).map(read);
  const active = (): PinWithSignature[] => pins.filter(({ pin }) => pin.expiresAt > now().toISOString());
  return {
    pinFor(question) {
      if (pins.length === 0) return null;
      const asked = readSignature(question);
      let best: Pin | null = null;
      let bestScore = MIN_PIN_SIMILARITY;
      for (const { pin, signature } of active()) {
        const score = computeSimilarity(asked, signature, weightOf);
        // Of equal scores the later pin wins: it is what the admin means now.
        if (score >= bestScore) [best, bestScore] = [pin, score];
      }
      return best;
    },
    async add(question, answer, userId, expiresAt) {
      pins = active();
      if (pins.length >= MAX_PINS) return { kind: 'too-many' };
      const signature = readSignature(question);
      // 电话多少 without a subject would match every question for a number.
      if (signature.subject.size === 0) return { kind: 'no-subject' };
      const row = { question, answer, createdBy: userId, createdAt: now().toISOString(), expiresAt };
      const pin = { id: await table.add(row), ...row };
      pins = [...pins, { pin, signature }];
      return { kind: 'added', pin };
    },
    async remove(id) {
      pins = pins.filter(({ pin }) => pin.id !== id);
      return table.remove(id);
    },
    list: () => active().map(({ pin }) => pin),
  };
}

export function composePin({ answer, createdAt, expiresAt }: Pin): Message {
  return [
    { kind: 'lead', text: m.pinned.label(dayInShanghai(new Date(createdAt))) },
    { kind: 'note', text: answer },
    { kind: 'note', text: m.pinned.until(lastDayOfPin(expiresAt)) },
  ];
}

/** Returns the last day on which a pin answers; it expires at the start of the next. */
export function lastDayOfPin(expiresAt: string): string {
  return dayInShanghai(new Date(Date.parse(expiresAt) - 1));
}

const DEFAULT_PIN_DAYS = 90;
const MAX_PIN_DAYS = 365;

/**
 * Parses how long a pin is valid into the instant at which it expires (ISO 8601, UTC): `30天`, `2024-06-30` inclusive,
 * or no words for 90 days. Null for anything else, for past days, and for more than 365 days.
 */
export function parseExpiry(words: string | null, now: Date): string | null {
  const today = dayInShanghai(now);
  const last = parseLastDay(words?.trim() ?? '', today);
  if (last === null || last < today || last > addDays(today, MAX_PIN_DAYS)) return null;
  return new Date(`${addDays(last, 1)}T00:00:00+08:00`).toISOString();
}

function parseLastDay(words: string, today: string): string | null {
  if (words === '') return addDays(today, DEFAULT_PIN_DAYS);
  const days = /^([1-9][0-9]{0,2}) ?天$/.exec(words)?.[1];
  if (days !== undefined) return addDays(today, Number(days));
  if (!/^20[0-9]{2}-[0-9]{2}-[0-9]{2}$/.test(words)) return null;
  const at = new Date(`${words}T00:00:00Z`);
  // 2024-02-30 would roll over into March.
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== words ? null : words;
}
