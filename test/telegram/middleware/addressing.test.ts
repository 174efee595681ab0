import type { Message } from 'grammy/types';
import { describe, expect, it } from 'vitest';
import { extractQuestion, type AddressedMessage } from '../../../src/telegram/middleware/addressing.js';
import { clientEntities } from '../../support/telegram-html.js';

const ME = { id: 77, username: 'Bulletin_Bot' };

function said(text: string, more: Record<string, unknown> = {}): AddressedMessage {
  const message = {
    chat: { id: 1, type: 'private', first_name: '甲' },
    from: { id: 1, is_bot: false, first_name: '甲' },
    text,
    entities: clientEntities(text),
    ...more,
  };
  return message as unknown as Message;
}
const inGroup = { chat: { id: -1, type: 'supergroup', title: '群' } };
const byBot = (id: number, more = {}) => ({ reply_to_message: { from: { id, is_bot: true }, ...more } });

describe('in private', () => {
  it.each([
    ['公示到哪天？', '公示到哪天？'],
    ['/ask 公示到哪天？', '公示到哪天？'],
    ['/ask', ''],
    ['/ask公示到哪天？', '公示到哪天？'],
    ['/ASK@bulletin_bot\n公示到哪天？', '公示到哪天？'],
    ['@bulletin_bot 公示到哪天？', '公示到哪天？'],
    ['/ask@other_bot 公示到哪天？', null],
    ['/asking 公示', null],
    ['/start', null],
  ])('%j asks %j', (text, question) => {
    expect(extractQuestion(said(text), ME)).toBe(question);
  });
});

describe('in a group', () => {
  it.each([
    ['small talk is not for the bot', '公示到哪天？', null],
    ['a command is', '/ask 公示到哪天？', '公示到哪天？'],
    ['a command with its name is', '/ask@bulletin_bot 公示到哪天？', '公示到哪天？'],
    ["another bot's command is not", '/ask@other_bot 公示到哪天？', null],
    ['a mention is, and goes', '@bulletin_bot 公示到哪天？', '公示到哪天？'],
    ['a mention in capitals at the end is', '公示到哪天？ @BULLETIN_BOT', '公示到哪天？'],
    ['a mention glued to Chinese is, though Telegram marks none', '你好@bulletin_bot公示到哪天？', '你好 公示到哪天？'],
    ['a longer name is not', '@bulletin_bot2 公示到哪天？', null],
    ['a mail address is not', 'mail@bulletin_bot 公示', null],
    ['a mention alone asks nothing yet', '@bulletin_bot', ''],
  ])('%s', (_, text, question) => {
    expect(extractQuestion(said(text, inGroup), ME)).toBe(question);
  });

  it('a mention by name, without a username, is meant for the bot', () => {
    const entities = [
      { type: 'text_mention', offset: 0, length: 3, user: { id: 77, is_bot: true, first_name: '公告君' } },
    ];
    expect(extractQuestion(said('公告君 电话多少', { ...inGroup, entities }), ME)).toBe('电话多少');
  });

  it('a reply to one of its messages is meant for it, a reply to another message is not', () => {
    expect(extractQuestion(said('电话呢', { ...inGroup, ...byBot(77) }), ME)).toBe('电话呢');
    expect(extractQuestion(said('电话呢', { ...inGroup, ...byBot(78) }), ME)).toBeNull();
  });

  it('a message in a forum topic that the bot opened is no reply to it', () => {
    const inTopic = byBot(77, { forum_topic_created: { name: '公告', icon_color: 0 } });
    expect(extractQuestion(said('电话呢', { ...inGroup, ...inTopic }), ME)).toBeNull();
  });

  it('other bots are not answered, anonymous administrators are', () => {
    const bot = { ...inGroup, from: { id: 5, is_bot: true, first_name: '机' } };
    expect(extractQuestion(said('/ask 电话', bot), ME)).toBeNull();
    expect(extractQuestion(said('/ask 电话', { ...bot, sender_chat: inGroup.chat }), ME)).toBe('电话');
  });
});
