import type { QueuedDelivery } from '../../domain/delivery.js';

/** Part that can be left out so that the rest of a message still arrives. */
export type OmittablePart = 'topic' | 'html' | 'buttons';

type SendableMessage = Pick<QueuedDelivery, 'chatId' | 'threadId' | 'message'>;

/** Returns the message without that part; null when it has no such part. */
export function omitPart({ chatId, threadId, message }: SendableMessage, part: OmittablePart): SendableMessage | null {
  switch (part) {
    case 'topic':
      return threadId === null ? null : { chatId, threadId: null, message };
    case 'buttons':
      return message.buttons.length === 0 ? null : { chatId, threadId, message: { ...message, buttons: [] } };
    case 'html': {
      const html = withoutTags(message.html);
      return html === message.html ? null : { chatId, threadId, message: { ...message, html } };
    }
  }
}

/** Removes tags, and escapes what is left of malformed ones: HTML without markup. */
function withoutTags(html: string): string {
  const text = html.replace(/<\/?[a-z][^<>]*>/gi, '');
  return text
    .replace(/&(?!(?:lt|gt|amp|quot|#\d{1,7}|#x[\da-f]{1,6});)/gi, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
