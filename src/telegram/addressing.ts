import type { Message, UserFromGetMe } from 'grammy/types';

/** What is read of a message to tell whether it is meant for the bot. */
export type AddressedMessage = Pick<
  Message,
  'chat' | 'text' | 'entities' | 'from' | 'sender_chat' | 'reply_to_message'
>;

type Me = Pick<UserFromGetMe, 'id' | 'username'>;

/** `/ask`, `/ask@some_bot`, also glued to Chinese, which Telegram does not mark as a command. */
const ASK = /^\/ask(?:@([A-Za-z0-9_]+))?(?![A-Za-z0-9_@])\s*/i;

/**
 * The question a message puts to the bot, or null when it is not meant for it.
 * In private everything but a command is; in a group only /ask, a mention and
 * a reply to one of the bot's messages. The question may be empty.
 */
export function questionFor(message: AddressedMessage, me: Me): string | null {
  const { text } = message;
  if (text === undefined || isAnotherBot(message)) return null;
  const asked = ASK.exec(text);
  if (asked !== null) return isOrAbsent(asked[1], me) ? questionText(message, me) : null;
  if (text.startsWith('/')) return null;
  if (message.chat.type === 'private') return questionText(message, me);
  if (message.chat.type === 'channel') return null;
  return mentions(message, me).length > 0 || repliesTo(message, me) ? questionText(message, me) : null;
}

/** The words of a question without the ways of addressing the bot. */
export function questionText(message: Pick<Message, 'text' | 'entities'>, me: Me): string {
  let text = message.text ?? '';
  // From the end, so that the places of the earlier ones stay right.
  for (const { start, end } of mentions(message, me).reverse()) {
    text = `${text.slice(0, start)} ${text.slice(end)}`;
  }
  return text.trim().replace(ASK, '').trim();
}

/**
 * Where the bot is mentioned: by @username anywhere in the text, also where
 * Telegram sees no mention because a Chinese character follows, or by name
 * (`text_mention`). In order, not overlapping.
 */
function mentions(message: Pick<Message, 'text' | 'entities'>, me: Me): { start: number; end: number }[] {
  const text = message.text ?? '';
  const found = (message.entities ?? [])
    .filter((entity) => entity.type === 'text_mention' && entity.user.id === me.id)
    .map(({ offset, length }) => ({ start: offset, end: offset + length }));
  const name = `@${me.username.toLowerCase()}`;
  const lower = text.toLowerCase();
  for (let at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + name.length)) {
    const end = at + name.length;
    // Within a longer name, an address or /command@name it is no mention.
    if (!/[a-z0-9_]/.test(lower.charAt(end)) && !/[a-z0-9_/]/.test(lower.charAt(at - 1)))
      found.push({ start: at, end });
  }
  return found.sort((a, b) => a.start - b.start);
}

function repliesTo(message: AddressedMessage, me: Me): boolean {
  const original = message.reply_to_message;
  // In a forum every message "replies" to the one that opened the topic.
  return original?.from?.id === me.id && original.forum_topic_created === undefined;
}

/** Answering bots could go on for ever. Anonymous administrators also write through a bot account. */
function isAnotherBot(message: AddressedMessage): boolean {
  return message.from?.is_bot === true && message.sender_chat === undefined;
}

function isOrAbsent(username: string | undefined, me: Me): boolean {
  return username === undefined || username.toLowerCase() === me.username.toLowerCase();
}
