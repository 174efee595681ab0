import type { OwedDelivery } from '../domain/delivery.js';

/** What can be left out so that the rest of a message still arrives. */
export type Reduction = 'topic' | 'html' | 'buttons';

type Parcel = Pick<OwedDelivery, 'chatId' | 'threadId' | 'message'>;

/** The same without that part; null when there is nothing of it to leave out. */
export function reduce({ chatId, threadId, message }: Parcel, part: Reduction): Parcel | null {
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

/** The text of HTML, as HTML in which nothing is markup, whatever was wrong with the tags. */
function withoutTags(html: string): string {
  const text = html.replace(/<\/?[a-z][^<>]*>/gi, '');
  return text
    .replace(/&(?!(?:lt|gt|amp|quot|#\d{1,7}|#x[\da-f]{1,6});)/gi, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
