import { createHash } from 'node:crypto';
import { DEADLINE_DAYS_CHOICES } from '../../notify/subscriptions/settings-edits.js';
import type { SubscriptionSettings } from '../../domain/subscription.js';
import { encodeCallbackData, decodeCallbackData } from '../ui/callback-data.js';

/** Action of a panel button. Never names a chat: it applies to the chat that the button stands in. */
export type SettingsAction =
  | { readonly kind: 'view'; readonly view: SettingsView; readonly page: number }
  | { readonly kind: 'hour'; readonly hour: number }
  | { readonly kind: 'minute'; readonly minute: number }
  | { readonly kind: 'days'; readonly days: 'daily' | 'workdays' }
  | { readonly kind: 'weekday'; readonly weekday: number }
  /** Names a column by its hash: names can exceed the limit on callback data, and their order changes. */
  | { readonly kind: 'column'; readonly mark: number; readonly page: number }
  | { readonly kind: 'quiet'; readonly on: boolean }
  | { readonly kind: 'deadlines'; readonly days: number }
  | { readonly kind: 'mode'; readonly mode: SubscriptionSettings['mode'] }
  | { readonly kind: 'words'; readonly field: 'include' | 'exclude' }
  | { readonly kind: 'close' };

export const VIEWS = ['main', 'hour', 'minute', 'days', 'columns', 'deadlines'] as const;
export type SettingsView = (typeof VIEWS)[number];

const DAYS = ['daily', 'workdays'] as const;
const MODES = ['digest', 'immediate'] as const;
const FIELDS = ['include', 'exclude'] as const;
const PREFIX = {
  view: 'sv',
  hour: 'sh',
  minute: 'sm',
  days: 'sd',
  weekday: 'sw',
  column: 'sc',
  quiet: 'sq',
  deadlines: 'sl',
  mode: 'so',
  words: 'sp',
  close: 'sx',
} as const satisfies Record<SettingsAction['kind'], string>;

export function encodeSettingsAction(action: SettingsAction): string {
  const prefix = PREFIX[action.kind];
  switch (action.kind) {
    case 'view':
      return encodeCallbackData(prefix, VIEWS.indexOf(action.view), action.page);
    case 'hour':
      return encodeCallbackData(prefix, action.hour);
    case 'minute':
      return encodeCallbackData(prefix, action.minute);
    case 'days':
      return encodeCallbackData(prefix, DAYS.indexOf(action.days));
    case 'weekday':
      return encodeCallbackData(prefix, action.weekday);
    case 'column':
      return encodeCallbackData(prefix, action.mark, action.page);
    case 'quiet':
      return encodeCallbackData(prefix, action.on ? 1 : 0);
    case 'deadlines':
      return encodeCallbackData(prefix, action.days);
    case 'mode':
      return encodeCallbackData(prefix, MODES.indexOf(action.mode));
    case 'words':
      return encodeCallbackData(prefix, FIELDS.indexOf(action.field));
    case 'close':
      return prefix;
  }
}

/** Parses callback data; null for any that `encodeSettingsAction` would not write. */
export function parseSettingsAction(data: string): SettingsAction | null {
  for (const kind of KINDS) {
    const numbers = decodeCallbackData(data, PREFIX[kind]);
    if (numbers === null) continue;
    const action = actionOf(kind, numbers);
    return action !== null && encodeSettingsAction(action) === data ? action : null;
  }
  return null;
}

const KINDS = Object.keys(PREFIX) as SettingsAction['kind'][];

function actionOf(kind: SettingsAction['kind'], [first = -1, second = -1]: readonly number[]): SettingsAction | null {
  switch (kind) {
    case 'view': {
      const view = VIEWS[first];
      return view === undefined || second < 0 ? null : { kind, view, page: second };
    }
    case 'hour':
      return first >= 0 && first < 24 ? { kind, hour: first } : null;
    case 'minute':
      return first >= 0 && first < 60 ? { kind, minute: first } : null;
    case 'days': {
      const days = DAYS[first];
      return days === undefined ? null : { kind, days };
    }
    case 'weekday':
      return first >= 1 && first <= 7 ? { kind, weekday: first } : null;
    case 'column':
      return first < 0 || second < 0 ? null : { kind, mark: first, page: second };
    case 'quiet':
      return first === 0 || first === 1 ? { kind, on: first === 1 } : null;
    case 'deadlines':
      return DEADLINE_DAYS_CHOICES.some((days) => days === first) ? { kind, days: first } : null;
    case 'mode': {
      const mode = MODES[first];
      return mode === undefined ? null : { kind, mode };
    }
    case 'words': {
      const field = FIELDS[first];
      return field === undefined ? null : { kind, field };
    }
    case 'close':
      return { kind };
  }
}

/** Returns the first 48 bits of the name's SHA-256; no two columns of a site share them by chance. */
export function columnHash(column: string): number {
  return Number.parseInt(createHash('sha256').update(column).digest('hex').slice(0, 12), 16);
}
