import { adminMessages } from '../../messages/admin.js';
import { acknowledge, editInPlace } from '../ui/callback-response.js';
import { encodeCallbackData } from '../ui/callback-data.js';
import { note, reply, type MessageContext } from '../ui/reply.js';
import type { AdminButton, AdminCommand, AdminDependencies, PressContext } from './dependencies.js';

const m = adminMessages.broadcast;

const confirm: AdminButton = {
  prefix: 'ab',
  press: (ctx, numbers, tools) => reportDecision(ctx, tools, () => begin(numbers, ctx.from.id, tools)),
};

const cancel: AdminButton = {
  prefix: 'ax',
  press: (ctx, [id, ...more], tools) =>
    reportDecision(ctx, tools, () => {
      const isTheirs = id !== undefined && more.length === 0 && tools.broadcasts.cancel(id, ctx.from.id);
      return Promise.resolve({ text: isTheirs ? m.cancelled : m.expired, isFinal: true });
    }),
};

export const broadcast: AdminCommand = {
  name: 'broadcast',
  buttons: [confirm, cancel],
  async run(ctx, argument, tools) {
    if (argument === '') {
      await reply(ctx, note(m.usage));
      return;
    }
    const prepared = await tools.broadcasts.prepare(ctx.from.id, argument);
    switch (prepared.kind) {
      case 'too-long':
        await reply(ctx, note(m.tooLong));
        return;
      case 'no-chats':
        await reply(ctx, note(m.noChats));
        return;
      case 'ready':
        await preview(ctx, prepared);
    }
  },
};

/** Sends the number of chats, then the text as readers will see it, with the buttons to confirm or cancel. */
async function preview(
  ctx: MessageContext,
  {
    id,
    chats,
    preview: message,
  }: Extract<Awaited<ReturnType<AdminDependencies['broadcasts']['prepare']>>, { kind: 'ready' }>,
): Promise<void> {
  await reply(ctx, note(m.preview(chats)));
  await reply(ctx, message, {
    buttons: {
      inline_keyboard: [
        [
          { text: m.confirm, callback_data: encodeCallbackData('ab', id) },
          { text: m.cancel, callback_data: encodeCallbackData('ax', id) },
        ],
      ],
    },
  });
}

interface Decision {
  readonly text: string;
  /** False when the same button may be pressed again. */
  readonly isFinal: boolean;
}

async function begin(
  [id, ...more]: readonly number[],
  userId: number,
  { broadcasts, runInBackground }: AdminDependencies,
): Promise<Decision> {
  if (id === undefined || more.length > 0) return { text: m.expired, isFinal: true };
  const confirmed = await broadcasts.confirm(id, userId);
  if (confirmed.kind !== 'begun') return { text: m[confirmed.kind], isFinal: confirmed.kind === 'expired' };
  runInBackground(confirmed.finished);
  return { text: m.begun(confirmed.chats), isFinal: true };
}

/** Shows the outcome over the chat and, if final, in place of the preview, so that nobody presses again. */
async function reportDecision(
  ctx: PressContext,
  { log }: AdminDependencies,
  decide: () => Promise<Decision>,
): Promise<void> {
  const { text, isFinal } = await decide();
  await acknowledge(ctx, log, text);
  if (isFinal) await editInPlace(ctx, note(text), { inline_keyboard: [] });
}
