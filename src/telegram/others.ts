import { Composer, type Context } from 'grammy';
import { telegramMessages as m } from '../messages/telegram.js';
import { note, reply } from './reply.js';

/** How many albums are remembered; an album's messages come within seconds of one another. */
const ALBUMS_REMEMBERED = 100;

/**
 * The catch-all: in private nothing a person sends stays without an answer; in
 * a group, silence. Edits and service messages (a pinned message, a new title)
 * are nobody's question.
 */
export function otherMessages(): Composer<Context> {
  const composer = new Composer<Context>();
  const inPrivate = composer.chatType('private');
  inPrivate.on('message:text', (ctx) => reply(ctx, note(m.unknownCommand)));

  const albums = new Set<string>();
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
      // Ten photos sent together are one thing said, and answered once.
      if (album !== undefined) {
        if (albums.has(album)) return;
        albums.add(album);
        const [oldest] = albums;
        if (albums.size > ALBUMS_REMEMBERED && oldest !== undefined) albums.delete(oldest);
      }
      await reply(ctx, note(m.textOnly));
    },
  );
  return composer;
}
