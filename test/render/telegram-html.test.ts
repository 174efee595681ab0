import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageBlock, Message } from '../../src/render/message.js';
import { renderPlain } from '../../src/render/plain.js';
import { renderTelegram } from '../../src/render/telegram-html.js';
import { readFormatted } from '../support/telegram-html.js';

const TELEGRAM_TEXT_LIMIT = 4096;

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc
    .array(fc.constantFrom('<b>', '</b>', '&amp;', '&#60;', '"', '&', '<', '。', '，', '\n', '😀', '\ud83d', '公示'), {
      maxLength: 300,
    })
    .map((pieces) => pieces.join('')),
  fc
    .tuple(fc.constantFrom('字', '😀', '公示。', '<', 'a，'), fc.integer({ min: 1, max: 9000 }))
    .map(([s, n]) => s.repeat(n)),
);
const url = fc.option(
  fc.oneof(fc.webUrl(), hostile, fc.constant('javascript:alert(1)'), fc.constant('https://a.cn/?x="><b>&y=1')),
);
const date = fc.option(fc.constant('2024-03-11'));
const block: fc.Arbitrary<MessageBlock> = fc.oneof(
  fc.record({ kind: fc.constant('lead' as const), text: hostile }),
  fc.record({ kind: fc.constant('quote' as const), text: hostile }),
  fc.record({ kind: fc.constant('note' as const), text: hostile }),
  fc.record({ kind: fc.constant('source' as const), title: hostile, date, url }),
  fc.record({
    kind: fc.constant('choices' as const),
    items: fc.array(fc.record({ id: hostile, title: hostile, date, score: fc.constant(1) }), { maxLength: 3 }),
  }),
);

const seen = (text: string): string =>
  text
    .replaceAll('\r', '')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/\s/g, '');

describe('a message for Telegram', () => {
  it('is valid HTML within the limit in every part, and loses and adds no word', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 5 }), (message) => {
        const parts = renderTelegram(message);
        const texts = parts.map((part) => {
          // Refuses what Telegram refuses: bad markup, too long, empty; and trims as it does.
          const { text } = readFormatted({ text: part.html, parse_mode: 'HTML' }, 'text', 'too long');
          expect(text.length).toBeLessThanOrEqual(part.plainLength);
          expect(part.plainLength).toBeLessThanOrEqual(TELEGRAM_TEXT_LIMIT);
          expect(text).not.toMatch(/\p{Surrogate}/u);
          return text;
        });
        expect(seen(texts.join(''))).toBe(seen(expected(message)));
      }),
      { numRuns: 150 },
    );
  });

  it('shows the fact in bold, then the linked title with its date, then the quote', () => {
    const [part] = renderTelegram([
      { kind: 'lead', text: '3月15日 <截止>' },
      { kind: 'source', title: '课程 & 公示', date: '2024-03-11', url: 'https://a.cn/?b=1&c="2"' },
      { kind: 'quote', text: '公示至3月15日。' },
    ]);
    expect(part?.html).toBe(
      '<b>3月15日 &lt;截止&gt;</b>\n\n<a href="https://a.cn/?b=1&amp;c=&quot;2&quot;">《课程 &amp; 公示》</a> 2024年3月11日\n' +
        '<blockquote>公示至3月15日。</blockquote>',
    );
  });

  it('folds a long quote and leaves a title without a web address unlinked', () => {
    const [part] = renderTelegram([
      { kind: 'source', title: '甲', date: null, url: 'javascript:alert(1)' },
      { kind: 'quote', text: '字'.repeat(121) },
    ]);
    expect(part?.html).toMatch(/^《甲》 日期未注明\n<blockquote expandable>字+<\/blockquote>$/);
  });

  it('leaves the year of a date out only where it is that of the clock', () => {
    const source = { kind: 'source', title: '甲', date: '2024-03-11', url: null } as const;
    const at = (now?: string) => renderTelegram([source], now === undefined ? undefined : new Date(now))[0]?.html;
    expect(at()).toBe('《甲》 2024年3月11日');
    expect(at('2024-12-31T15:59:00Z')).toBe('《甲》 3月11日');
    expect(at('2024-12-31T16:00:00Z')).toBe('《甲》 2024年3月11日');
  });

  it('splits a long quote after a sentence and closes and reopens the quote', () => {
    const sentence = `${'公'.repeat(99)}。`;
    const parts = renderTelegram([{ kind: 'quote', text: sentence.repeat(60) }]);
    expect(parts).toHaveLength(2);
    for (const { html } of parts) expect(html).toMatch(/^<blockquote expandable>公.*。<\/blockquote>$/);
  });
});

/** The words by the plain renderer, with what Telegram shows otherwise: links in the title, quotes by a bar. */
function expected(message: Message): string {
  return message
    .map((one) => {
      if (one.kind === 'quote') return one.text;
      return renderPlain([one.kind === 'source' ? { ...one, url: null } : one]);
    })
    .join('\n')
    .replaceAll('2024-03-11', '2024年3月11日');
}
