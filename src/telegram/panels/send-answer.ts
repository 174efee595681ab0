import type { Context } from 'grammy';
import { readAnswerExtras, type AnswerExtras } from '../ui/answer-extras.js';
import type { Answer, FoundAnswer } from '../../domain/answer.js';
import { composeMessage } from '../../render/message.js';
import { buildAnswerButtons } from './answer-buttons.js';
import { selectOfferedNotices } from '../ui/offered-notices.js';
import { chatTargetOf } from '../middleware/chat-target.js';
import { reply } from '../ui/reply.js';
import type { FeatureDependencies } from '../services.js';

export interface AnsweredQuestion {
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
  { question, answer, replyTo }: AnsweredQuestion,
  { services, offerPages, log, now }: FeatureDependencies,
): Promise<void> {
  const message = composeMessage(answer);
  const [extras, questionId] = await Promise.all([
    answer.kind === 'answer' ? rememberedExtras(ctx, answer, { services, log }) : null,
    isWorthVoting(answer) ? logQuestion(ctx, question, answer, services) : null,
  ]);
  const offers = selectOfferedNotices(answer, message, services.ask);
  const buttons = buildAnswerButtons({ extras, offers, questionId });
  const sent = await reply(ctx, message, { replyTo, buttons, now: now() });
  if (sent !== null && ctx.chatId !== undefined) offerPages.remember(ctx.chatId, sent, offers);
}

async function rememberedExtras(
  ctx: Context,
  answer: FoundAnswer,
  tools: Pick<FeatureDependencies, 'services' | 'log'>,
): Promise<AnswerExtras | null> {
  const { ask, reminders } = tools.services;
  const extras = await readAnswerExtras(answer, ask, reminders);
  await recordAnnounced(ctx, extras, tools);
  return extras;
}

/** Returns false for small talk and for texts that are not a readable question: admins need no votes on them. */
function isWorthVoting(answer: Answer): boolean {
  return answer.kind !== 'none' || !['chitchat', 'empty-question', 'too-long'].includes(answer.reason);
}

function logQuestion(
  ctx: Context,
  question: string,
  answer: Answer,
  { journal }: FeatureDependencies['services'],
): Promise<number | null> {
  const { chatId, from } = ctx;
  return chatId === undefined || from === undefined
    ? Promise.resolve(null)
    : journal.log({ userId: from.id, chatId }, question, answer);
}

async function recordAnnounced(
  ctx: Context,
  extras: AnswerExtras | null,
  { services, log }: Pick<FeatureDependencies, 'services' | 'log'>,
): Promise<void> {
  const target = chatTargetOf(ctx);
  if (extras === null || target === null) return;
  try {
    await services.chats.recordAnnounced(target, target.type, extras.stored, extras.periods);
  } catch (error) {
    log.warn({ update: ctx.update.update_id, err: error }, '未能记下告知过的期限');
  }
}
