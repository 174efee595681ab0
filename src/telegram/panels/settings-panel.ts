import { Composer, type Context } from 'grammy';
import {
  MAX_FILTER_COLUMNS,
  MAX_FILTER_WORDS,
  setFields,
  setHour,
  setMinute,
  setWords,
  toggleColumn,
  MAX_FILTER_WORD_LENGTH,
  type SettingsEdit,
} from '../../notify/subscriptions/settings-edits.js';
import type { ChangeResult } from '../../notify/subscriptions/subscriptions.js';
import type { SubscriptionSettings } from '../../domain/subscription.js';
import { commandMessages as m } from '../../messages/commands.js';
import { acknowledge, editInPlace } from '../ui/callback-response.js';
import { requireChatAdmin } from '../middleware/require-chat-admin.js';
import type { ChatTarget } from '../middleware/chat-target.js';
import { note, reply } from '../ui/reply.js';
import type { FeatureDependencies } from '../services.js';
import { columnHash, parseSettingsAction, type SettingsAction, type SettingsView } from './settings-callback-data.js';
import { buildSettingsPanel, summary } from './settings-view.js';

/** Sends the panel as a reply to the message that asked for it; its buttons edit it in place. */
export async function sendSettingsPanel(ctx: Context, settings: SubscriptionSettings): Promise<void> {
  const { message, buttons } = buildSettingsPanel(settings, { view: 'main', page: 0, columns: [] });
  await reply(ctx, message, { replyTo: ctx.message?.message_id, buttons });
}

/** Handles the panel's buttons, for the chat and topic of the panel; in a group only for administrators. */
export function createSettingsHandler(tools: FeatureDependencies): Composer<Context> {
  const { services, log } = tools;
  const composer = new Composer<Context>();
  composer.on('callback_query:data', async (ctx, next) => {
    const action = parseSettingsAction(ctx.callbackQuery.data);
    if (action === null) {
      await next();
      return;
    }
    const target = await requireChatAdmin(ctx, tools);
    if (target === null) return;
    const edit = editOf(action, services.board.listColumns(), await chosenColumns(target));
    const outcome = edit === null ? await present(target) : await services.subscriptions.change(target, edit);
    if (outcome.kind !== 'changed') {
      await acknowledge(ctx, log, refusalText(outcome));
      return;
    }
    const acknowledged = acknowledge(ctx, log, action.kind === 'close' ? m.panelClosed : undefined);
    try {
      await show(ctx, action, outcome.subscription.settings, services.board.listColumns());
    } finally {
      await acknowledged;
    }
  });
  return composer;

  async function present(target: ChatTarget): Promise<ChangeResult> {
    const subscription = await services.subscriptions.get(target);
    return subscription === null ? { kind: 'not-subscribed' } : { kind: 'changed', subscription };
  }

  async function chosenColumns(target: ChatTarget): Promise<readonly string[]> {
    return (await services.subscriptions.get(target))?.settings.columns ?? [];
  }
}

/** Returns the edit that a press asks for; null when it changes no setting. */
function editOf(action: SettingsAction, present: readonly string[], chosen: readonly string[]): SettingsEdit | null {
  switch (action.kind) {
    case 'hour':
      return setHour(action.hour);
    case 'minute':
      return setMinute(action.minute);
    case 'days':
      return setFields({ days: action.days });
    case 'weekday':
      return setFields({ days: 'weekly', weekday: action.weekday });
    case 'column': {
      const column = [...present, ...chosen].find((name) => columnHash(name) === action.mark);
      return column === undefined ? null : toggleColumn(column);
    }
    case 'quiet':
      return setFields({ quietWhenEmpty: action.on });
    case 'deadlines':
      return setFields({ deadlineDays: action.days });
    case 'mode':
      return setFields({ mode: action.mode });
    case 'view':
    case 'words':
    case 'close':
      return null;
  }
}

async function show(
  ctx: Context,
  action: SettingsAction,
  settings: SubscriptionSettings,
  columns: readonly string[],
): Promise<void> {
  if (action.kind === 'close') {
    await editInPlace(ctx, summary(settings));
  } else if (action.kind === 'words') {
    // In a group the input field opens only for the person the prompt replies to: the one who asked for the panel.
    await askForWords(ctx, action.field, settings, ctx.chat?.type === 'private' ? undefined : getPanelRequestId(ctx));
  } else {
    const { message, buttons } = buildSettingsPanel(settings, { ...viewAfter(action), columns });
    await editInPlace(ctx, message, buttons);
  }
}

/** Asks for words in a force-reply message, by which `createWordReplyHandler` recognises the answer. `before` is put above it. */
async function askForWords(
  ctx: Context,
  field: Field,
  settings: SubscriptionSettings,
  replyTo: number | undefined,
  before = '',
): Promise<void> {
  await reply(ctx, note(`${before}${m.wordsPrompt[field]}\n${m.wordsPrompt.how(settings[field])}`), {
    replyTo,
    buttons: {
      force_reply: true,
      selective: ctx.chat?.type !== 'private',
      input_field_placeholder: m.wordsPrompt.placeholder,
    },
  });
}

/** Returns the id of the message that the panel replies to: the one that asked for it. */
function getPanelRequestId({ callbackQuery }: Context): number | undefined {
  const panel = callbackQuery?.message;
  return panel !== undefined && 'reply_to_message' in panel ? panel.reply_to_message.message_id : undefined;
}

/** Returns the view that the panel shows after a press. */
function viewAfter(action: SettingsAction): { view: SettingsView; page: number } {
  if (action.kind === 'view') return action;
  if (action.kind === 'hour') return { view: 'minute', page: 0 };
  if (action.kind === 'column') return { view: 'columns', page: action.page };
  return { view: 'main', page: 0 };
}

/** Handles replies to the prompt for words. Recognises the prompt by its text, so that a restart loses nothing. */
export function createWordReplyHandler(tools: FeatureDependencies): Composer<Context> {
  const composer = new Composer<Context>();
  composer.on('message:text', async (ctx, next) => {
    const prompt = ctx.message.reply_to_message;
    const field = FIELDS.find((name) => prompt?.text?.includes(m.wordsPrompt[name]) === true);
    const isOurs = prompt?.from?.id === ctx.me.id;
    if (field === undefined || !isOurs || ctx.message.text.startsWith('/')) {
      await next();
      return;
    }
    const target = await requireChatAdmin(ctx, tools);
    if (target === null) return;
    const { subscriptions } = tools.services;
    const outcome = await subscriptions.change(target, setWords(field, ctx.message.text));
    const replyTo = ctx.message.message_id;
    if (outcome.kind !== 'changed') {
      const present = await subscriptions.get(target);
      if (present === null) await reply(ctx, note(refusalText(outcome)), { replyTo });
      else await askForWords(ctx, field, present.settings, replyTo, `${refusalText(outcome)}\n\n`);
      return;
    }
    const { settings } = outcome.subscription;
    await reply(ctx, note(m.wordsTaken(settings[field])), { replyTo });
    await sendSettingsPanel(ctx, settings);
  });
  return composer;
}

const FIELDS = ['include', 'exclude'] as const;
type Field = (typeof FIELDS)[number];

function refusalText(refused: Exclude<ChangeResult, { kind: 'changed' }>): string {
  switch (refused.kind) {
    case 'not-subscribed':
      return m.notSubscribed;
    case 'no-words':
      return m.noWords;
    case 'too-many-words':
      return m.tooManyWords(MAX_FILTER_WORDS);
    case 'word-too-long':
      return m.wordTooLong(refused.word, MAX_FILTER_WORD_LENGTH);
    case 'too-many-columns':
      return m.tooManyColumns(MAX_FILTER_COLUMNS);
  }
}
