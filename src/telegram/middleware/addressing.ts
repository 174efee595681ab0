import type { Message, UserFromGetMe } from 'grammy/types';

/** Fields of a message that decide whether it is addressed to the bot. */
export type AddressedMessage = Pick<
  Message,
  'chat' | 'text' | 'entities' | 'from' | 'sender_chat' | 'reply_to_message'
>;

type BotIdentity = Pick<UserFromGetMe, 'id' | 'username'>;

/** Matches `/latest` and `/latest@some_bot`, also directly before Chinese text, where Telegram marks no command. */
const COMMAND = /^\/([a-z_]{1,32})(?:@([A-Za-z0-9_]{1,64}))?(?![A-Za-z0-9_@])/i;
/** Matches the command that precedes a question. */
const ASK = /^\/ask(?:@[A-Za-z0-9_]+)?(?![A-Za-z0-9_@])\s*/i;

/** Returns the command that a message gives this bot (in lower case) and the text after it; null when there is none. */
export function parseCommand(
  message: Pick<Message, 'text' | 'from' | 'sender_chat'>,
  me: Pick<UserFromGetMe, 'username'>,
): { readonly name: string; readonly argument: string } | null {
  const { text } = message;
  if (text === undefined || isAnotherBot(message)) return null;
  const [whole, name, username = me.username] = COMMAND.exec(text) ?? [];
  if (whole === undefined || name === undefined) return null;
  if (username.toLowerCase() !== me.username.toLowerCase()) return null;
  return { name: name.toLowerCase(), argument: text.slice(whole.length).trim() };
}

/**
 * Returns the question that a message asks the bot, or null when it is not addressed to the bot. In a private chat
 * every text is, except commands other than /ask; in a group only /ask, a mention and a reply to one of the bot's
 * messages; in a channel only /ask. The question may be empty.
 */
export function extractQuestion(message: AddressedMessage, me: BotIdentity): string | null {
  const { text } = message;
  if (text === undefined || isAnotherBot(message)) return null;
  if (text.startsWith('/')) return parseCommand(message, me)?.name === 'ask' ? stripAddressing(message, me) : null;
  if (message.chat.type === 'private') return stripAddressing(message, me);
  if (message.chat.type === 'channel') return null;
  return mentions(message, me).length > 0 || repliesTo(message, me) ? stripAddressing(message, me) : null;
}

/** Returns the text of a question without /ask and without mentions of the bot. */
export function stripAddressing(message: Pick<Message, 'text' | 'entities'>, me: BotIdentity): string {
  let text = message.text ?? '';
  // Backwards, so that the offsets of earlier mentions stay valid.
  for (const { start, end } of mentions(message, me).reverse()) {
    text = `${text.slice(0, start)} ${text.slice(end)}`;
  }
  return text.trim().replace(ASK, '').trim();
}

/**
 * Returns the spans (UTF-16 units) that mention the bot: `text_mention` entities, and @username anywhere in the text,
 * also before a Chinese character, where Telegram marks no mention. Sorted by start, not overlapping.
 */
function mentions(message: Pick<Message, 'text' | 'entities'>, me: BotIdentity): { start: number; end: number }[] {
  const text = message.text ?? '';
  const found = (message.entities ?? [])
    .filter((entity) => entity.type === 'text_mention' && entity.user.id === me.id)
    .map(({ offset, length }) => ({ start: offset, end: offset + length }));
  const name = `@${me.username.toLowerCase()}`;
  const lower = text.toLowerCase();
  for (let at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + name.length)) {
    const end = at + name.length;
    // Within a longer name, an e-mail address or /command@name it is no mention.
    if (!/[a-z0-9_]/.test(lower.charAt(end)) && !/[a-z0-9_/]/.test(lower.charAt(at - 1)))
      found.push({ start: at, end });
  }
  return found.sort((a, b) => a.start - b.start);
}

function repliesTo(message: AddressedMessage, me: BotIdentity): boolean {
  const original = message.reply_to_message;
  // In a forum every message "replies" to the one that opened the topic.
  return original?.from?.id === me.id && original.forum_topic_created === undefined;
}

/** Two bots could answer each other endlessly. Anonymous administrators also write through a bot account. */
function isAnotherBot(message: Pick<Message, 'from' | 'sender_chat'>): boolean {
  return message.from?.is_bot === true && message.sender_chat === undefined;
}
