import type { SubscriptionSettings } from '../../domain/subscription.js';

/** Upper bound on words: nobody remembers a longer list, and each new notice is compared with all of them. */
export const MAX_FILTER_WORDS = 20;
/** Upper bound, in code points, on a word: the core of a title. */
export const MAX_FILTER_WORD_LENGTH = 30;
export const MAX_FILTER_COLUMNS = 20;
export const DEADLINE_DAYS_CHOICES = [0, 3, 7, 14, 30] as const;

/** Result of an edit: the new settings, or the limit that it exceeds. */
export type EditResult =
  | { readonly kind: 'changed'; readonly settings: SubscriptionSettings }
  /** The text holds no word. An empty list is requested explicitly (清空). */
  | { readonly kind: 'no-words' }
  | { readonly kind: 'too-many-words' }
  | { readonly kind: 'word-too-long'; readonly word: string }
  | { readonly kind: 'too-many-columns' };

export type SettingsEdit = (settings: SubscriptionSettings) => EditResult;

/** Returns an edit of choices that have no limit of their own. */
export function setFields(part: Partial<SubscriptionSettings>): SettingsEdit {
  return (settings) => ({ kind: 'changed', settings: { ...settings, ...part } });
}

export function setHour(hour: number): SettingsEdit {
  return (settings) => setFields({ time: `${twoDigits(hour)}:${settings.time.slice(3)}` })(settings);
}

export function setMinute(minute: number): SettingsEdit {
  return (settings) => setFields({ time: `${settings.time.slice(0, 2)}:${twoDigits(minute)}` })(settings);
}

/** Adds a column to the filter, or removes it. */
export function toggleColumn(column: string): SettingsEdit {
  return (settings) => {
    const rest = settings.columns.filter((chosen) => chosen !== column);
    if (rest.length < settings.columns.length) return setFields({ columns: rest })(settings);
    if (rest.length >= MAX_FILTER_COLUMNS) return { kind: 'too-many-columns' };
    return setFields({ columns: [...rest, column] })(settings);
  };
}

/** Words by which a reader requests an empty list. */
const EMPTY_LIST_WORDS = new Set(['无', '没有', '清空', '不限', '全部']);
/** Upper bound, in UTF-16 units, on the text read: 20 words of 30 characters and separators fit many times over. */
const MAX_LIST_LENGTH = 4000;

/** Replaces the words by a list as readers type it (separated by blanks, commas, 、 or lines); 清空 for none. */
export function setWords(field: 'include' | 'exclude', typed: string): SettingsEdit {
  return (settings) => {
    const words = splitWords(typed);
    const [only, ...others] = words;
    if (only === undefined) return { kind: 'no-words' };
    if (others.length === 0 && EMPTY_LIST_WORDS.has(only)) return setFields({ [field]: [] })(settings);
    const long = words.find((word) => Array.from(word).length > MAX_FILTER_WORD_LENGTH);
    if (long !== undefined)
      return { kind: 'word-too-long', word: Array.from(long).slice(0, MAX_FILTER_WORD_LENGTH).join('') };
    if (words.length > MAX_FILTER_WORDS) return { kind: 'too-many-words' };
    return setFields({ [field]: words })(settings);
  };
}

function splitWords(typed: string): string[] {
  const words = typed
    .slice(0, MAX_LIST_LENGTH)
    .normalize('NFC')
    // Control and format characters (zero width, direction) are invisible and match nothing.
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, ' ')
    .split(/[\s,，、;；|。！？…]+/u)
    // A word of punctuation only (。) would match every notice.
    .filter((word) => /\P{P}/u.test(word));
  return [...new Set(words)];
}

function twoDigits(n: number): string {
  return String(n).padStart(2, '0');
}
