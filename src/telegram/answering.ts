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
  /** Id of the message that asked; button presses find the question through it. */
  readonly replyTo: number | undefined;
}

/**
 * Sends an answer with its buttons. Before that, logs the question and records the announced periods, so that a crash
 * cannot lose a later correction; failures of these two writes are only logged.
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

/** Returns false for small talk and for texts that are not a readable question: admins need no votes on them. */
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
