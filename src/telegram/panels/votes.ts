import { Composer, type Context } from 'grammy';
import type { InlineKeyboardButton, InlineKeyboardMarkup } from 'grammy/types';
import { commandMessages as m } from '../../messages/commands.js';
import { splitIntoRows } from '../../render/button-layout.js';
import { VOTE_REASONS } from '../../store/state-store.js';
import { acknowledge, editButtons, getPressedKeyboard } from '../ui/callback-response.js';
import { encodeCallbackData, decodeCallbackData } from '../ui/callback-data.js';
import type { FeatureDependencies } from '../services.js';

const UP = 'vu';
/** Prefix; followed by the question's id and, once a reason is given, its index in `VOTE_REASONS`. */
const DOWN = 'vd';
const PREFIXES = [UP, DOWN];
/** As many reasons as fit side by side on a phone. */
const REASONS_A_ROW = 3;

export function buildVoteRow(questionId: number): InlineKeyboardButton[] {
  return [
    { text: m.buttons.up, callback_data: encodeCallbackData(UP, questionId) },
    { text: m.buttons.down, callback_data: encodeCallbackData(DOWN, questionId) },
  ];
}

type Vote =
  | { readonly kind: 'up'; readonly id: number }
  | { readonly kind: 'down'; readonly id: number; readonly reason: (typeof VOTE_REASONS)[number] | null };

function voteIn(data: string): Vote | null {
  const up = decodeCallbackData(data, UP);
  const [upId] = up ?? [];
  if (upId !== undefined) return up?.length === 1 ? { kind: 'up', id: upId } : null;
  const [id, reasonIndex, ...more] = decodeCallbackData(data, DOWN) ?? [];
  if (id === undefined || more.length > 0) return null;
  if (reasonIndex === undefined) return { kind: 'down', id, reason: null };
  const reason = VOTE_REASONS[reasonIndex];
  return reason === undefined ? null : { kind: 'down', id, reason };
}

/** Handles 👍 and 👎, the latter with a choice of reasons. Votes go to the admins and never into the ranking. */
export function createVoteHandler({ services, log }: FeatureDependencies): Composer<Context> {
  const composer = new Composer<Context>();
  composer.on('callback_query:data', async (ctx, next) => {
    const vote = voteIn(ctx.callbackQuery.data);
    if (vote === null) {
      await next();
      return;
    }
    const reason = vote.kind === 'down' ? vote.reason : null;
    if (!(await services.journal.vote(vote.id, ctx.from.id, vote.kind, reason))) {
      await acknowledge(ctx, log, m.vote.notYours);
      return;
    }
    const asksWhy = vote.kind === 'down' && vote.reason === null;
    await acknowledge(ctx, log, asksWhy ? m.vote.why : vote.kind === 'up' ? m.vote.thanks : m.vote.noted);
    const present = getPressedKeyboard(ctx);
    if (present !== null) await editButtons(ctx, replaceVoteRows(present, asksWhy ? reasonRows(vote.id) : []));
  });
  return composer;
}

function reasonRows(id: number): InlineKeyboardButton[][] {
  const buttons = VOTE_REASONS.map((reason, i) => ({
    text: m.vote.reasons[reason],
    callback_data: encodeCallbackData(DOWN, id, i),
  }));
  return splitIntoRows(buttons, REASONS_A_ROW);
}

function replaceVoteRows(
  { inline_keyboard: rows }: InlineKeyboardMarkup,
  rest: InlineKeyboardButton[][],
): InlineKeyboardMarkup {
  const isVote = (button: InlineKeyboardButton): boolean =>
    'callback_data' in button && PREFIXES.some((prefix) => decodeCallbackData(button.callback_data, prefix) !== null);
  return { inline_keyboard: [...rows.filter((row) => !row.every(isVote)), ...rest] };
}
