import type { RunStatus, Status } from '../../operations/status.js';
import { adminMessages } from '../../messages/admin.js';
import { note, reply } from '../ui/reply.js';
import { localTime, secondsBetween, stageText } from './run-text.js';
import type { AdminCommand } from './dependencies.js';

const m = adminMessages.status;
const MINUTE_MS = 60_000;
const MEBIBYTE = 1024 * 1024;

export const status: AdminCommand = {
  name: 'status',
  async run(ctx, _argument, tools) {
    await reply(ctx, [{ kind: 'lead', text: m.title }, ...note(statusText(await tools.status(), tools.now()))]);
  },
};

function statusText(status: Status, now: Date): string {
  const { notices, indexed, indexFits, running, runs, chats } = status;
  return [
    m.version(status.version, upText(status.upMs)),
    notices === 0 ? m.sample : m.notices(notices, indexed, indexFits),
    ...(running === null ? [] : [m.running(localTime(running.startedAt, now), stageText(running))]),
    ...(runs.length === 0 ? [m.noRuns] : [m.runs, ...runs.map((run) => runText(run, now))]),
    m.queue(status.deliveries),
    m.chats(chats.active, chats.inactive, status.subscriptions),
    m.memory(Math.round(status.memoryBytes / MEBIBYTE)),
    ...(status.calendarEnds === null ? [] : [status.calendarEnds]),
  ].join('\n');
}

function upText(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? m.hours(hours, minutes % 60) : m.days(Math.floor(hours / 24), hours % 24);
}

function runText({ startedAt, endedAt, sources, result }: RunStatus, now: Date): string {
  const outcome = result.kind === 'done' ? m.ran(result.new, result.changed) : m.failed;
  const names = sources.map((path) => path.split(/[/\\]/).at(-1) ?? path);
  return m.run(localTime(startedAt, now), secondsBetween(startedAt, endedAt), names, outcome);
}
