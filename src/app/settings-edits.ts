import type { SubscriptionSettings } from '../domain/subscription.js';

/** More words than this are a list that nobody remembers; it also bounds what each new notice is compared with. */
export const MOST_WORDS = 20;
/** The longest literal phrase that is of use: a title's core. */
export const WORD_LENGTH = 30;
export const MOST_COLUMNS = 20;
export const DEADLINE_DAYS = [0, 3, 7, 14, 30] as const;

/** What became of a wish: new settings, or the bound that it breaks. */
export type Edited =
  | { readonly kind: 'changed'; readonly settings: SubscriptionSettings }
  /** Nothing in what was typed is a word: to have none, one says so. */
  | { readonly kind: 'no-words' }
  | { readonly kind: 'too-many-words' }
  | { readonly kind: 'word-too-long'; readonly word: string }
  | { readonly kind: 'too-many-columns' };

export type SettingsEdit = (settings: SubscriptionSettings) => Edited;

/** For the choices that have no bound of their own. */
export function set(part: Partial<SubscriptionSettings>): SettingsEdit {
  return (settings) => ({ kind: 'changed', settings: { ...settings, ...part } });
}

export function setHour(hour: number): SettingsEdit {
  return (settings) => set({ time: `${twoDigits(hour)}:${settings.time.slice(3)}` })(settings);
}

export function setMinute(minute: number): SettingsEdit {
  return (settings) => set({ time: `${settings.time.slice(0, 2)}:${twoDigits(minute)}` })(settings);
}

/** Chooses a column, or lets go of it. */
export function toggleColumn(column: string): SettingsEdit {
  return (settings) => {
    const rest = settings.columns.filter((chosen) => chosen !== column);
    if (rest.length < settings.columns.length) return set({ columns: rest })(settings);
    if (rest.length >= MOST_COLUMNS) return { kind: 'too-many-columns' };
    return set({ columns: [...rest, column] })(settings);
  };
}

/** What a reader may write for no words at all. */
const NONE = new Set(['无', '没有', '清空', '不限', '全部']);
/** Read no further: 20 words of 30 characters with their separators fit many times over. */
const LONGEST_LIST = 4000;

/** Takes a list as a reader types it (blanks, commas, 、 or lines between) in place of the words there are; 清空 for none. */
export function setWords(field: 'include' | 'exclude', typed: string): SettingsEdit {
  return (settings) => {
    const words = wordsIn(typed);
    const [only, ...others] = words;
    if (only === undefined) return { kind: 'no-words' };
    if (others.length === 0 && NONE.has(only)) return set({ [field]: [] })(settings);
    const long = words.find((word) => Array.from(word).length > WORD_LENGTH);
    if (long !== undefined) return { kind: 'word-too-long', word: Array.from(long).slice(0, WORD_LENGTH).join('') };
    if (words.length > MOST_WORDS) return { kind: 'too-many-words' };
    return set({ [field]: words })(settings);
  };
}

function wordsIn(typed: string): string[] {
  const words = typed
    .slice(0, LONGEST_LIST)
    .normalize('NFC')
    // Control and format characters (zero width, direction) are seen by nobody and match nothing.
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, ' ')
    .split(/[\s,，、;；|。！？…]+/u)
    // Every notice has a full stop.
    .filter((word) => /\P{P}/u.test(word));
  return [...new Set(words)];
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0');
}
