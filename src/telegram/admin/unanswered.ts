import type { InlineKeyboardMarkup } from 'grammy/types';
import type { QuestionCluster } from '../../operations/unanswered.js';
import { adminMessages } from '../../messages/admin.js';
import type { Message } from '../../render/message.js';
import { acknowledge, editInPlace } from '../ui/callback-response.js';
import { encodeCallbackData } from '../ui/callback-data.js';
import { truncateLabel } from '../../render/button-layout.js';
import { note, reply } from '../ui/reply.js';
import type { AdminButton, AdminCommand } from './dependencies.js';

const m = adminMessages.unanswered;
/** Upper bound on clusters shown: with their buttons, they fill about one phone screen. */
const SHOWN = 8;
const EXAMPLE_LENGTH = 120;

/** `au:<id of a question of the cluster>:<newest id shown>`: questions asked since then stay open. */
const done: AdminButton = {
  prefix: 'au',
  async press(ctx, [id, upTo, ...more], { unanswered: queue, log }) {
    const count = id === undefined || upTo === undefined || more.length > 0 ? 0 : await queue.markDone(id, upTo);
    await acknowledge(ctx, log, count === 0 ? m.gone : m.marked(count));
    const clusters = await queue.clusters();
    await editInPlace(ctx, listOf(clusters), buttonsOf(clusters));
  },
};

export const unanswered: AdminCommand = {
  name: 'unanswered',
  buttons: [done],
  async run(ctx, _argument, { unanswered: queue }) {
    const clusters = await queue.clusters();
    await reply(ctx, listOf(clusters), { buttons: buttonsOf(clusters) });
  },
};

function listOf(clusters: readonly QuestionCluster[]): Message {
  if (clusters.length === 0) return note(m.none);
  const questions = clusters.reduce((sum, { ids }) => sum + ids.length, 0);
  const lines = clusters.slice(0, SHOWN).map(({ newest, ids, refused, votedDown }, i) => {
    const reason = newest.voteReason === null ? '' : m.why(m.reasons[newest.voteReason]);
    return m.line(i + 1, ids.length, `${truncateLabel(newest.question, EXAMPLE_LENGTH)}${reason}`, refused, votedDown);
  });
  const rest = clusters.length - SHOWN;
  return note([m.title(questions, clusters.length), ...lines, ...(rest > 0 ? [m.more(rest)] : []), m.hint].join('\n'));
}

/** Builds a button for each cluster shown; an empty keyboard removes the buttons of the last cluster. */
function buttonsOf(clusters: readonly QuestionCluster[]): InlineKeyboardMarkup {
  return {
    inline_keyboard: clusters
      .slice(0, SHOWN)
      .map(({ newest }, i) => [{ text: m.done(i + 1), callback_data: encodeCallbackData('au', newest.id, newest.id) }]),
  };
}
