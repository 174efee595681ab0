import { describe, expect, it } from 'vitest';
import type { MessageBlock } from '../../src/render/message.js';
import { noticeButton, renderOutgoing } from '../../src/render/outgoing-message.js';
import { renderPlain } from '../../src/render/plain.js';
import { renderTerminal } from '../../src/render/terminal.js';

const entry: MessageBlock = {
  kind: 'entry',
  number: 3,
  title: '关于<招聘>的公告',
  date: '2024-03-11',
  url: 'https://example.cn/?a=1&b=2',
  remarks: ['报名截止', '考试开始'],
};

describe('an owed message', () => {
  it('is one part with its buttons, or several with the buttons under the last', () => {
    const buttons = [[noticeButton(3, '甲')]];
    expect(renderOutgoing([{ kind: 'note', text: '短' }], buttons)).toEqual([{ html: '短', buttons }]);
    const parts = renderOutgoing([{ kind: 'note', text: '公示。'.repeat(3_000) }], buttons);
    expect(parts.map((part) => part.buttons.length)).toEqual([0, 0, 1]);
    expect(renderOutgoing([{ kind: 'note', text: ' ' }], buttons)).toEqual([]);
  });

  it('shows an entry with its link and remarks in every front', () => {
    expect(renderOutgoing([entry], [], new Date('2024-03-12T00:00:00Z'))[0]?.html).toBe(
      '3. <a href="https://example.cn/?a=1&amp;b=2">关于&lt;招聘&gt;的公告</a>（3月11日）\n    报名截止\n    考试开始',
    );
    const plain = '3. 关于<招聘>的公告（2024-03-11）\n   https://example.cn/?a=1&b=2\n   报名截止\n   考试开始';
    expect(renderPlain([entry])).toBe(plain);
    expect(renderTerminal([entry], false).replace(/^ {2}/gm, '')).toBe(plain.replace('2024-03-11', '2024年3月11日'));
    expect(renderPlain([{ ...entry, date: null, url: null, remarks: [] }])).toBe('3. 关于<招聘>的公告（日期未注明）');
  });
});

describe('a deadline in a list', () => {
  const due: MessageBlock = {
    kind: 'due',
    number: 2,
    text: '报名截止：3月15日',
    title: '<招聘>',
    url: 'https://example.cn/',
  };

  it('says first when, then which notice, in every front', () => {
    const [part] = renderOutgoing([due]);
    expect(part?.html).toBe('2. <b>报名截止：3月15日</b>\n    <a href="https://example.cn/">&lt;招聘&gt;</a>');
    const plain = '2. 报名截止：3月15日\n   <招聘>\n   https://example.cn/';
    expect(renderPlain([due])).toBe(plain);
    expect(renderTerminal([due], false).replace(/^ {2}/gm, '')).toBe(plain);
  });
});

describe('a button of a notice', () => {
  it('is labelled in one line of whole characters, and never empty', () => {
    expect(noticeButton(12, '1. 短')).toEqual({ text: '1. 短', data: 'n:12' });
    expect(noticeButton(12, `  甲\n${'乙'.repeat(40)}`)).toMatchObject({ text: `甲 ${'乙'.repeat(21)}…` });
    expect(noticeButton(12, '👨‍👩‍👧'.repeat(30))).toMatchObject({ text: expect.stringMatching(/^(?:👨‍👩‍👧)+…$/u) as string });
    for (const nothing of ['', ' \n', '\ud800', '\u200b\u200b'])
      expect(noticeButton(1, nothing)).toMatchObject({ text: '…' });
  });
});
