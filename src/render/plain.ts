import { readerMessages as m } from '../messages/reader.js';
import type { MessageBlock, Message } from './message.js';

/** Renders a message without markup, for programs (`text` of the JSON lines). Dates of notices stay `YYYY-MM-DD`. */
export function renderPlain(message: Message): string {
  return message.map(renderBlock).join('\n');
}

function renderBlock(block: MessageBlock): string {
  switch (block.kind) {
    case 'lead':
    case 'note':
      return block.text;
    case 'computed':
      return `${m.computed.label}：${block.text}`;
    case 'also':
      return `· ${block.text}（《${block.title}》 ${block.date ?? m.undated}）`;
    case 'source':
      return [`《${block.title}》 ${block.date ?? m.undated}`, block.url].filter((line) => line !== null).join('\n');
    case 'quote':
      return `${m.evidence}：${block.text}`;
    case 'due':
      return [`${block.number}. ${block.text}`, block.title, block.url].filter((line) => line !== null).join('\n   ');
    case 'entry':
      return [`${block.number}. ${block.title}（${block.date ?? m.undated}）`, block.url, ...block.remarks]
        .filter((line) => line !== null)
        .join('\n   ');
    case 'choices':
      return block.items.map((item, i) => `${i + 1}. ${item.title}（${item.date ?? m.undated}）`).join('\n');
  }
}
