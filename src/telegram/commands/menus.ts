import type { Bot } from 'grammy';
import type { BotCommandScope } from 'grammy/types';
import type { Logger } from 'pino';
import { commandTexts } from '../../messages/commands.js';
import type { MenuTexts } from '../services.js';

const EN = 'en';

interface Menu {
  readonly scope: BotCommandScope;
  readonly texts: MenuTexts;
}

/** Commands in the menu of groups; the others are for private chats. */
const GROUP_COMMANDS = [
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

/** Builds the menus: reader commands by default, fewer in groups, admin commands in addition in each admin's chat. */
export function buildMenus(adminIds: Iterable<number>, adminTexts: MenuTexts): Menu[] {
  const groups = Object.fromEntries(GROUP_COMMANDS.map((name) => [name, commandTexts[name]]));
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

/** Sets the command menus. Never rejects: failures are logged, since the bot works without menus. */
export async function publishMenus(api: Bot['api'], menus: readonly Menu[], log: Logger): Promise<void> {
  for (const { scope, texts } of menus) {
    for (const language of [undefined, EN] as const) {
      const commands = Object.entries(texts).map(([command, { about, en }]) => ({
        command,
        description: language === EN ? en : about,
      }));
      try {
        await api.setMyCommands(commands, { scope, ...(language === undefined ? {} : { language_code: language }) });
      } catch (error) {
        // Fails for an admin who never wrote to the bot, since there is no chat yet: a harmless warning.
        log.warn({ err: error, scope: scope.type, language: language ?? 'default' }, '命令菜单未能更新');
      }
    }
  }
}
