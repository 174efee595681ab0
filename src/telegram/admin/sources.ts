import type { RunStatus } from '../../operations/status.js';
import { adminMessages } from '../../messages/admin.js';
import { note, reply } from '../ui/reply.js';
import { localTime } from './run-text.js';
import type { AdminCommand } from './dependencies.js';

const m = adminMessages.sources;

export const sources: AdminCommand = {
  name: 'sources',
  async run(ctx, _argument, tools) {
    if (tools.sources.length === 0) {
      await reply(ctx, note(m.none));
      return;
    }
    const runs = await tools.lastRuns();
    const now = tools.now();
    const lines = tools.sources.map(({ number, name }, i) => m.line(number, name, runText(runs[i] ?? null, now)));
    await reply(ctx, note([m.title, ...lines].join('\n')));
  },
};

function runText(run: RunStatus | null, now: Date): string {
  if (run === null) return m.never;
  const at = localTime(run.endedAt, now);
  return run.result.kind === 'done'
    ? m.done(at, run.result.new, run.result.changed)
    : m.failed(at, run.result.reason ?? m.unknownReason);
}
