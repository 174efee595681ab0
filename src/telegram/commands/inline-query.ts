import { Composer, type Context } from 'grammy';
import type { InlineQueryResultArticle } from 'grammy/types';
import { composePin } from '../../operations/pins.js';
import type { Answer, NullAnswerReason } from '../../domain/answer.js';
import { commandMessages as m } from '../../messages/commands.js';
import { formatDay } from '../../messages/format-day.js';
import { readerMessages as reader } from '../../messages/reader.js';
import { composeMessage, composeOpening, type Message } from '../../render/message.js';
import { truncateLabel } from '../../render/button-layout.js';
import { renderTelegram } from '../../render/telegram-html.js';
import { note } from '../ui/reply.js';
import type { FeatureDependencies } from '../services.js';

/** How long Telegram caches results: people type the same beginnings; notices change a few times a day. */
const CACHE_SECONDS = 60;
/** Upper bound on candidates: each is read from the store and rendered while someone types. */
const MOST_CANDIDATES = 5;
/** Characters that a client shows of a result: one line of title, two lines of description. */
const TITLE_LENGTH = 40;
const DESCRIPTION_LENGTH = 100;
const NO_QUESTION: ReadonlySet<NullAnswerReason> = new Set(['chitchat', 'empty-question']);

/** Answers inline queries, in any chat while one types: first the answer, then the nearest notices. */
export function createInlineQueryHandler({ services, log, now }: FeatureDependencies): Composer<Context> {
  const composer = new Composer<Context>();
  composer.on('inline_query', async (ctx) => {
    const question = ctx.inlineQuery.query.trim();
    try {
      const results = question === '' ? [helpResult()] : await resultsFor(question);
      await ctx.answerInlineQuery(results, { cache_time: CACHE_SECONDS });
    } catch (error) {
      // Not reported to the reader: further typing sends a new query.
      log.warn({ update: ctx.update.update_id, err: error }, '内联查询未能回答');
    }
  });
  return composer;

  async function resultsFor(question: string): Promise<InlineQueryResultArticle[]> {
    const pin = services.pins.pinFor(question);
    if (pin !== null) return [article(`p${pin.id}`, pin.answer, pin.question, composePin(pin))];
    const answer = await services.ask.ask(question);
    // Not a question: the same help as for an empty query.
    if (answer.kind === 'none' && NO_QUESTION.has(answer.reason)) return [helpResult()];
    const shown = answer.kind === 'answer' ? answer.notice.id : null;
    const others = answer.candidates.filter(({ id }) => id !== shown).slice(0, MOST_CANDIDATES);
    const openings = await Promise.all(others.map(({ id }) => openingResult(id)));
    return [bestResult(answer, now()), ...openings.flatMap((result) => result ?? [])];
  }

  async function openingResult(id: string): Promise<InlineQueryResultArticle | null> {
    const key = services.ask.keyOf(id);
    const stored = key === null ? null : await services.ask.notice(key);
    if (stored === null) return null;
    const { title, publishedOn } = stored.notice;
    return article(
      `n${stored.key}`,
      title,
      publishedOn === null ? reader.undated : formatDay(publishedOn, now()),
      composeOpening(stored.notice, reader.opening),
      now(),
    );
  }
}

function bestResult(answer: Answer, now: Date): InlineQueryResultArticle {
  const message = composeMessage(answer);
  if (answer.kind === 'answer') return article('answer', answer.answer, `《${answer.notice.title}》`, message, now);
  const [lead] = message;
  // The lead asks which notice is meant, or says why there is no answer.
  return article(answer.kind, lead?.kind === 'lead' ? lead.text : '', '', message, now);
}

function helpResult(): InlineQueryResultArticle {
  return article('help', m.inline.helpTitle, m.inline.helpDescription, note(m.inline.helpText));
}

/** @param message only its first part is sent, because a chosen result is one message */
function article(
  id: string,
  title: string,
  description: string,
  message: Message,
  now?: Date,
): InlineQueryResultArticle {
  return {
    type: 'article',
    id,
    title: truncateLabel(title, TITLE_LENGTH),
    ...(description === '' ? {} : { description: truncateLabel(description, DESCRIPTION_LENGTH) }),
    input_message_content: {
      message_text: renderTelegram(message, now)[0]?.html ?? title,
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
    },
  };
}
