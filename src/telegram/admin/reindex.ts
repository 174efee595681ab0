import { selectSources } from '../../ingest/pipeline/configured-sources.js';
import { adminMessages } from '../../messages/admin.js';
import { note, reply, type MessageContext } from '../ui/reply.js';
import { ProgressMessage } from './progress-message.js';
import { endText, localTime, progressText, stageText } from './run-text.js';
import type { AdminCommand, AdminDependencies } from './dependencies.js';

const m = adminMessages.reindex;
/** Matches `--dry-run`, also with a dash, which Telegram's keyboards make of two hyphens. */
const DRY_RUN = /^(?:--|—|–)dry[-_]?run$/i;

export const reindex: AdminCommand = {
  name: 'reindex',
  async run(ctx, argument, tools) {
    const words = argument.split(/\s+/).filter((word) => word !== '');
    const dryRun = words.some((word) => DRY_RUN.test(word));
    const wanted = words.filter((word) => !DRY_RUN.test(word)).join(' ');
    if (tools.sources.length === 0) {
      await reply(ctx, note(m.noSources));
      return;
    }
    const sources = selectSources(tools.sources, wanted);
    if (sources === null) {
      const names = tools.sources.map(({ number, name }) => `${number} ${name}`);
      await reply(ctx, note(`${m.unknownSource(names)}\n${m.usage}`));
      return;
    }
    await begin(ctx, { sources, dryRun }, tools);
  },
};

/** Starts a run and returns; while it continues, other commands and questions are answered. */
async function begin(
  ctx: MessageContext,
  request: Parameters<AdminDependencies['reindexer']['start']>[0],
  tools: AdminDependencies,
): Promise<void> {
  const { api, chatId } = ctx;
  const { now, log, editIntervalMs } = tools;
  let progress: ProgressMessage | null = null;
  const started = tools.reindexer.start(request, (state) => {
    progress?.update(progressText(state, now()));
  });
  if (started.kind === 'stopping') {
    await reply(ctx, note(m.stopping));
    return;
  }
  if (started.kind === 'running') {
    await reply(ctx, note(m.alreadyRunning(localTime(started.state.startedAt, now()), stageText(started.state))));
    return;
  }
  const names = request.sources.map(({ name }) => name);
  const { message_id: messageId } = await ctx.reply(m.starting(names, request.dryRun));
  const message = new ProgressMessage(api, { chatId, messageId }, log, editIntervalMs);
  progress = message;
  tools.runInBackground(started.finished.then((end) => message.finish(endText(end, request.dryRun))));
}
