import { createInterface } from 'node:readline';
import type { AskService } from '../answering/ask-service.js';
import type { Conversation } from '../answering/conversation/conversation.js';
import { toAnswerLine } from '../render/answer-line.js';
import { composeMessage } from '../render/message.js';
import { renderTerminal } from '../render/terminal.js';
import type { Io } from './io.js';

/** Answers one question and prints the message, or one JSON line. */
export async function askOnce(
  question: string,
  ask: AskService,
  io: Io,
  json: boolean,
  conversation?: Conversation,
): Promise<void> {
  if (json) io.out(await jsonLine(question, ask, conversation));
  else io.out(renderTerminal(composeMessage(await ask.ask(question, conversation)), io.terminal !== null));
}

/** Answers each line of the input, in order; blank lines are skipped. With a conversation, the lines are its turns. */
export async function askEachLine(ask: AskService, io: Io, json: boolean, conversation?: Conversation): Promise<void> {
  for await (const line of createInterface({ input: io.input, crlfDelay: Infinity })) {
    const question = line.replace(/^\uFEFF/, '').trim();
    if (question === '') continue;
    await askOnce(question, ask, io, json, conversation);
  }
}

async function jsonLine(question: string, ask: AskService, conversation?: Conversation): Promise<string> {
  const start = performance.now();
  const answer = await ask.ask(question, conversation);
  return JSON.stringify(toAnswerLine(question, answer, performance.now() - start));
}
