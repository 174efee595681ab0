import type { Context } from 'grammy';
import { extrasOf, type AnswerExtras } from '../app/answer-extras.js';
import type { Answer, FoundAnswer } from '../domain/answer.js';
import { composeMessage } from '../render/message.js';
import { buttonsUnder } from './answer-buttons.js';
import { offersUnder } from './buttons.js';
import { placeOf } from './place.js';
import { reply } from './reply.js';
import type { Tools } from './services.js';

export interface Answered {
  readonly question: string;
  readonly answer: Answer;
  /** The message that asked: a button finds its question there. */
  readonly replyTo: number | undefined;
}

/**
 * Sends an answer with its buttons; before, logs the question and remembers what is told, lest a crash lose a later
 * correction. Only the sending can fail it.
 */
export async function sendAnswer(
  ctx: Context,
  { question, answer, replyTo }: Answered,
  { services, shown, log, now }: Tools,
): Promise<void> {
  const message = composeMessage(answer);
  const [extras, questionId] = await Promise.all([
    answer.kind === 'answer' ? rememberedExtras(ctx, answer, { services, log }) : null,
    isWorthVoting(answer) ? logged(ctx, question, answer, services) : null,
  ]);
  const offers = offersUnder(answer, message, services.ask);
  const buttons = buttonsUnder({ extras, offers, questionId });
  const sent = await reply(ctx, message, { replyTo, buttons, now: now() });
  if (sent !== null && ctx.chatId !== undefined) shown.remember(ctx.chatId, sent, offers);
}

async function rememberedExtras(
  ctx: Context,
  answer: FoundAnswer,
  tools: Pick<Tools, 'services' | 'log'>,
): Promise<AnswerExtras | null> {
  const { ask, reminders } = tools.services;
  const extras = await extrasOf(answer, ask, reminders);
  await rememberTold(ctx, extras, tools);
  return extras;
}

/** Small talk and what cannot be read as a question are not for the admins. */
function isWorthVoting(answer: Answer): boolean {
  return answer.kind !== 'none' || !['chitchat', 'empty-question', 'too-long'].includes(answer.reason);
}

function logged(
  ctx: Context,
  question: string,
  answer: Answer,
  { journal }: Tools['services'],
): Promise<number | null> {
  const { chatId, from } = ctx;
  return chatId === undefined || from === undefined
    ? Promise.resolve(null)
    : journal.log({ userId: from.id, chatId }, question, answer);
}

async function rememberTold(
  ctx: Context,
  extras: AnswerExtras | null,
  { services, log }: Pick<Tools, 'services' | 'log'>,
): Promise<void> {
  const place = placeOf(ctx);
  if (extras === null || place === null) return;
  try {
    await services.readers.told(place, place.type, extras.stored, extras.periods);
  } catch (error) {
    log.warn({ update: ctx.update.update_id, err: error }, '未能记下告知过的期限');
  }
}
