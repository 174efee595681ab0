import { styleText } from 'node:util';
import type { PlainDate } from '../domain/notice.js';
import { formatDay } from '../messages/format-day.js';
import { readerMessages as m } from '../messages/reader.js';
import type { MessageBlock, Message } from './message.js';

/** Renders a message for a terminal; with `colours`, the lead is bold, and computed lines, quotes and notes are dim. */
export function renderTerminal(message: Message, colours: boolean): string {
  const style = (format: 'bold' | 'dim', text: string): string =>
    colours ? styleText(format, text, { validateStream: false }) : text;
  return message.map((block) => renderBlock(block, style)).join('\n');
}

type ApplyStyle = (format: 'bold' | 'dim', text: string) => string;

function renderBlock(block: MessageBlock, style: ApplyStyle): string {
  switch (block.kind) {
    case 'lead':
      return style('bold', block.text);
    case 'computed':
      return style('dim', `  ${m.computed.label}：${block.text}`);
    case 'also':
      return `  · ${block.text}（《${block.title}》 ${day(block.date)}）`;
    case 'source':
      return [`  《${block.title}》 ${day(block.date)}`, block.url === null ? null : `  ${block.url}`]
        .filter((line) => line !== null)
        .join('\n');
    case 'quote':
      return style('dim', `  ${m.evidence}：${block.text.replaceAll('\n', '\n  ')}`);
    case 'note':
      return style('dim', block.text);
    case 'due':
      return [
        `  ${block.number}. ${block.text}`,
        `     ${block.title}`,
        block.url === null ? null : `     ${block.url}`,
      ]
        .filter((line) => line !== null)
        .join('\n');
    case 'entry':
      return [`${block.number}. ${block.title}（${day(block.date)}）`, block.url, ...block.remarks]
        .filter((line) => line !== null)
        .map((line, i) => (i === 0 ? `  ${line}` : `     ${line}`))
        .join('\n');
    case 'choices':
      return block.items.map((item, i) => `  ${(i + 1).toString()}. ${item.title}（${day(item.date)}）`).join('\n');
  }
}

/** Formats a date with its year: a terminal has room, and its lines are copied elsewhere. */
function day(date: PlainDate | null): string {
  return date === null ? m.undated : formatDay(date);
}
