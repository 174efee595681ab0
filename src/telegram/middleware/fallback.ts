import { Composer, type Context } from 'grammy';
import { LRUCache } from 'lru-cache';
import { telegramMessages as m } from '../../messages/telegram.js';
import { note, reply } from '../ui/reply.js';

/** Upper bound on remembered album ids; the messages of an album arrive within seconds. */
const ALBUMS_REMEMBERED = 100;

/**
 * Handles messages that no other feature handled: in a private chat answers each of them, in a group none. Ignores
 * edits and service messages (a pinned message, a new title).
 */
export function createFallbackHandler(): Composer<Context> {
  const composer = new Composer<Context>();
  const inPrivate = composer.chatType('private');
  inPrivate.on('message:text', (ctx) => reply(ctx, note(m.unknownCommand)));

  const albums = new LRUCache<string, true>({ max: ALBUMS_REMEMBERED });
  inPrivate.on(
    [
      'message:file',
      'message:contact',
      'message:location',
      'message:venue',
      'message:poll',
      'message:dice',
      'message:game',
      'message:story',
    ],
    async (ctx) => {
      const album = ctx.message.media_group_id;
      // Each photo of an album is a message of its own; the album is answered once.
      if (album !== undefined) {
        if (albums.has(album)) return;
        albums.set(album, true);
      }
      await reply(ctx, note(m.textOnly));
    },
  );
  return composer;
}
