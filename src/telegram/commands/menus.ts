import type { Bot } from 'grammy';
import type { BotCommandScope } from 'grammy/types';
import type { Logger } from 'pino';
import { commandTexts } from '../../messages/commands.js';

/** A command as it stands in a menu; `about` for Chinese and all languages without a text of their own. */
export type MenuTexts = Readonly<Record<string, { readonly about: string; readonly en: string }>>;

const EN = 'en';

interface Menu {
  readonly scope: BotCommandScope;
  readonly texts: MenuTexts;
}

/** What a group has use for; the rest is for each reader's own chat. */
const IN_GROUPS = [
  'ask',
  'latest',
  'deadlines',
  'digest',
  'subscribe',
  'settings',
  'unsubscribe',
  'reminders',
  'help',
] as const;

/** Readers see theirs, groups fewer, each admin in the chat with the bot the admin's besides. */
export function menusFor(adminIds: Iterable<number>, adminTexts: MenuTexts): Menu[] {
  const groups = Object.fromEntries(IN_GROUPS.map((name) => [name, commandTexts[name]]));
  return [
    { scope: { type: 'default' }, texts: commandTexts },
    { scope: { type: 'all_private_chats' }, texts: commandTexts },
    { scope: { type: 'all_group_chats' }, texts: groups },
    ...[...adminIds].map((chatId): Menu => ({
      scope: { type: 'chat', chat_id: chatId },
      texts: { ...adminTexts, ...commandTexts },
    })),
  ];
}

/** The command menu is a convenience: without it the bot works all the same. Never rejects. */
export async function offerMenus(api: Bot['api'], menus: readonly Menu[], log: Logger): Promise<void> {
  for (const { scope, texts } of menus) {
    for (const language of [undefined, EN] as const) {
      const commands = Object.entries(texts).map(([command, { about, en }]) => ({
        command,
        description: language === EN ? en : about,
      }));
      try {
        await api.setMyCommands(commands, { scope, ...(language === undefined ? {} : { language_code: language }) });
      } catch (error) {
        // An admin who never wrote to the bot has no chat with it yet: one needless warning a start.
        log.warn({ err: error, scope: scope.type, language: language ?? 'default' }, '命令菜单未能更新');
      }
    }
  }
}
