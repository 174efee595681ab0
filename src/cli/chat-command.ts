import { createInterface } from 'node:readline/promises';
import type { AskService } from '../answering/ask-service.js';
import { createTurn, Conversation } from '../answering/conversation/conversation.js';
import { chatMessages as m } from '../messages/cli.js';
import { readerMessages as reader } from '../messages/reader.js';
import { composeMessage, composeOpening, type Message } from '../render/message.js';
import { renderTerminal } from '../render/terminal.js';
import type { Io } from './io.js';

const FAREWELLS = new Set(['退出', '再见', 'exit', 'quit', ':q']);

/**
 * Runs the terminal chat: one question a line, until the input ends, Ctrl-C, or 退出. A bare number chooses among the
 * notices that the last message listed.
 */
export async function runTerminalChat(ask: AskService, io: Io, greeting: readonly string[]): Promise<void> {
  for (const line of greeting) io.out(line);
  const lines = createInterface({
    input: io.input,
    ...(io.terminal === null ? {} : { output: io.terminal }),
    prompt: m.prompt,
  });
  lines.on('SIGINT', () => {
    lines.close();
  });
  const conversation = new Conversation();
  let listed: ListedNotices | null = null;
  lines.prompt();
  for await (const line of lines) {
    const text = line.trim();
    if (FAREWELLS.has(text.toLowerCase())) break;
    if (/^\/[a-z]/i.test(text)) io.out(`${m.noCommands}\n`);
    else if (text !== '') {
      const answered = await reply(text, listed, ask, conversation);
      io.out(`${renderTerminal(answered.message, io.terminal !== null)}\n`);
      listed = answered.listed;
    }
    lines.prompt();
  }
  lines.close();
  io.out(m.farewell);
}

/** Ids of the notices that the last message listed, in their order, and the question they were listed for. */
interface ListedNotices {
  readonly question: string;
  readonly ids: readonly string[];
}

async function reply(
  text: string,
  previous: ListedNotices | null,
  ask: AskService,
  conversation: Conversation,
): Promise<{ message: Message; listed: ListedNotices | null }> {
  const chosen = previous === null ? null : await chooseFrom(previous, text, ask, conversation);
  if (chosen !== null) return { message: chosen, listed: previous };
  const message = composeMessage(await ask.ask(text, conversation));
  return { message, listed: findListedNotices(text, message) };
}

/** Answers the listed question from the chosen notice, or shows its opening; null when `text` chooses none. */
async function chooseFrom(
  { question, ids }: ListedNotices,
  text: string,
  ask: AskService,
  conversation: Conversation,
): Promise<Message | null> {
  const id = /^[0-9]{1,2}$/.test(text) ? ids[Number(text) - 1] : undefined;
  const key = id === undefined ? null : ask.keyOf(id);
  if (key === null) return null;
  const answer = await ask.askNotice(question, key);
  if (answer?.kind === 'answer') {
    conversation.last = createTurn(question, answer);
    return composeMessage(answer);
  }
  const stored = await ask.notice(key);
  return stored === null ? null : composeOpening(stored.notice, reader.notInNotice);
}

function findListedNotices(question: string, message: Message): ListedNotices | null {
  const choices = message.find((block) => block.kind === 'choices');
  return choices === undefined ? null : { question, ids: choices.items.map(({ id }) => id) };
}
