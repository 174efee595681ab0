import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { omitPart } from '../../../src/notify/delivery/attempt-delivery.js';
import { readFormatted } from '../../support/telegram-html.js';

const parcel = (html: string) => ({
  chatId: -2001,
  threadId: 5,
  message: { html, buttons: [[{ text: '看', data: 'n:1' }]] },
});

describe('a message without the part that Telegram objects to', () => {
  it('keeps all the rest', () => {
    const whole = parcel('<b>今日摘要</b> &lt;3 <a href="https://a.cn/?b=1&amp;c">公示</a>');
    expect(omitPart(whole, 'topic')).toEqual({ ...whole, threadId: null });
    expect(omitPart(whole, 'buttons')?.message).toEqual({ html: whole.message.html, buttons: [] });
    expect(omitPart(whole, 'html')?.message).toEqual({
      html: '今日摘要 &lt;3 公示',
      buttons: whole.message.buttons,
    });
  });

  it('says when there is nothing of it to leave out, so that nothing is tried twice', () => {
    expect(omitPart({ ...parcel('文'), threadId: null }, 'topic')).toBeNull();
    expect(omitPart({ ...parcel('文'), message: { html: '文', buttons: [] } }, 'buttons')).toBeNull();
    expect(omitPart(parcel('甲 &amp; 乙'), 'html')).toBeNull();
  });

  it('without markup is always taken, whatever was wrong with it', () => {
    const bits = fc.constantFrom(
      '<b>',
      '</b>',
      '</i>',
      '<',
      '>',
      '&',
      '&lt;',
      '&nbsp;',
      '"',
      '公示',
      '<a href="',
      '<x y=1>',
    );
    fc.assert(
      fc.property(fc.array(bits, { maxLength: 12 }), (parts) => {
        const html = omitPart(parcel(`文${parts.join('')}`), 'html')?.message.html ?? parts.join('');
        const { text, entities } = readFormatted({ text: `文${html}`, parse_mode: 'HTML' }, 'text', 'too long');
        expect(text).toContain('文');
        expect(entities).toEqual([]);
      }),
    );
  });
});
