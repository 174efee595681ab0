import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import { DEADLINE_DAYS_CHOICES } from '../../notify/subscriptions/settings-edits.js';
import type { SubscriptionSettings } from '../../domain/subscription.js';
import { commandMessages as m } from '../../messages/commands.js';
import type { Message } from '../../render/message.js';
import { buildPageButtons } from '../ui/offered-notices.js';
import { splitIntoRows, truncateLabel } from '../../render/button-layout.js';
import { columnHash, encodeSettingsAction, type SettingsAction, type SettingsView } from './settings-callback-data.js';

export interface SettingsPanel {
  readonly message: Message;
  readonly buttons: InlineKeyboardMarkup;
}

const COLUMNS_A_PAGE = 8;
const MINUTE_STEP = 5;

/** Builds the panel: the settings in words, and the buttons of one view. */
export function buildSettingsPanel(
  settings: SubscriptionSettings,
  { view, page, columns }: { view: SettingsView; page: number; columns: readonly string[] },
): SettingsPanel {
  const asked = VIEW_PROMPTS[view];
  return {
    message: [...summary(settings), ...(asked === null ? [] : [{ kind: 'note', text: `\n${asked}` } as const])],
    buttons: { inline_keyboard: rowsOf(settings, view, page, columns) },
  };
}

const VIEW_PROMPTS: Record<SettingsView, string | null> = {
  main: null,
  hour: m.panel.pickHour,
  minute: m.panel.pickMinute,
  days: m.panel.pickDays,
  columns: m.panel.pickColumns,
  deadlines: m.panel.pickDeadlines,
};

/** Builds the message that states the settings. */
export function summary(settings: SubscriptionSettings): Message {
  const { mode, columns, include, exclude, quietWhenEmpty, deadlineDays } = settings;
  const lines = [
    m.panel.mode[mode],
    ...(mode === 'digest' ? [m.panel.when(scheduleText(settings))] : []),
    m.panel.columns(columns),
    m.panel.include(include),
    m.panel.exclude(exclude),
    ...(mode === 'digest' ? [m.panel.quiet(quietWhenEmpty), m.panel.deadlines(deadlineDays)] : []),
  ];
  return [
    { kind: 'lead', text: m.panel.title },
    { kind: 'note', text: lines.join('\n') },
  ];
}

/** Formats the schedule: `每天 08:00`, `每周五 18:30`. */
export function scheduleText({ days, weekday, time }: SubscriptionSettings): string {
  return m.panel.at(days === 'weekly' ? m.panel.days.weekly(weekday) : m.panel.days[days], time);
}

function rowsOf(
  settings: SubscriptionSettings,
  view: SettingsView,
  page: number,
  columns: readonly string[],
): InlineKeyboardButton[][] {
  switch (view) {
    case 'main':
      return mainRows(settings);
    case 'hour':
      return [
        ...splitIntoRows(
          Array.from({ length: 24 }, (_, hour) => hourButton(hour, settings)),
          6,
        ),
        back,
      ];
    case 'minute':
      return [
        ...splitIntoRows(
          Array.from({ length: 60 / MINUTE_STEP }, (_, i) => minuteButton(i, settings)),
          6,
        ),
        back,
      ];
    case 'days':
      return [...dayRows(settings), back];
    case 'columns':
      return columnRows(settings, page, columns);
    case 'deadlines':
      return [
        DEADLINE_DAYS_CHOICES.map((days) =>
          button(m.buttons.deadlineDays(days), { kind: 'deadlines', days }, days === settings.deadlineDays),
        ),
        back,
      ];
  }
}

function mainRows({ mode, quietWhenEmpty }: SubscriptionSettings): InlineKeyboardButton[][] {
  const texts = m.buttons;
  const schedule = [
    [button(texts.time, viewAction('hour')), button(texts.days, viewAction('days'))],
    [
      button(quietWhenEmpty ? texts.quiet.on : texts.quiet.off, { kind: 'quiet', on: !quietWhenEmpty }),
      button(texts.deadlines, viewAction('deadlines')),
    ],
  ];
  const other = mode === 'digest' ? 'immediate' : 'digest';
  return [
    ...(mode === 'digest' ? schedule : []),
    [button(texts.columns, viewAction('columns'))],
    [
      button(texts.include, { kind: 'words', field: 'include' }),
      button(texts.exclude, { kind: 'words', field: 'exclude' }),
    ],
    [button(texts.mode[mode], { kind: 'mode', mode: other })],
    [button(texts.close, { kind: 'close' })],
  ];
}

function dayRows({ days, weekday }: SubscriptionSettings): InlineKeyboardButton[][] {
  const weekdays = [1, 2, 3, 4, 5, 6, 7].map((day) =>
    button(m.buttons.weekday(day), { kind: 'weekday', weekday: day }, days === 'weekly' && weekday === day),
  );
  return [
    [
      button(m.buttons.daily, { kind: 'days', days: 'daily' }, days === 'daily'),
      button(m.buttons.workdays, { kind: 'days', days: 'workdays' }, days === 'workdays'),
    ],
    ...splitIntoRows(weekdays, 4),
  ];
}

/** Builds a page of columns. Includes chosen columns that no longer have notices, so that they can be deselected. */
function columnRows(
  { columns: chosen }: SubscriptionSettings,
  page: number,
  present: readonly string[],
): InlineKeyboardButton[][] {
  const all = [...new Set([...present, ...chosen])];
  const pages = Math.max(1, Math.ceil(all.length / COLUMNS_A_PAGE));
  const at = Math.min(page, pages - 1);
  const rows = all
    .slice(at * COLUMNS_A_PAGE, (at + 1) * COLUMNS_A_PAGE)
    .map((column) => [
      button(truncateLabel(column), { kind: 'column', mark: columnHash(column), page: at }, chosen.includes(column)),
    ]);
  const pageButtons = buildPageButtons(at, pages, (to) =>
    encodeSettingsAction({ kind: 'view', view: 'columns', page: to }),
  );
  return [...rows, ...(pageButtons.length === 0 ? [] : [pageButtons]), back];
}

function hourButton(hour: number, { time }: SubscriptionSettings): InlineKeyboardButton {
  return button(String(hour).padStart(2, '0'), { kind: 'hour', hour }, Number(time.slice(0, 2)) === hour);
}

function minuteButton(i: number, { time }: SubscriptionSettings): InlineKeyboardButton {
  const minute = i * MINUTE_STEP;
  return button(String(minute).padStart(2, '0'), { kind: 'minute', minute }, Number(time.slice(3)) === minute);
}

function viewAction(view: SettingsView): SettingsAction {
  return { kind: 'view', view, page: 0 };
}

function button(label: string, action: SettingsAction, isChosen = false): InlineKeyboardButton {
  return { text: isChosen ? m.buttons.chosen(label) : label, callback_data: encodeSettingsAction(action) };
}

const back: InlineKeyboardButton[] = [button(m.buttons.back, viewAction('main'))];
