import { describe, expect, it } from 'vitest';
import type { ContactFact } from '../../src/domain/fact.js';
import { containsText, indexedText, toIndexedNotice } from '../../src/index/indexed-notice.js';
import { notice } from '../support/texts.js';

function contact(channel: ContactFact['channel'], normalised: string, ...persons: string[]): ContactFact {
  const at = { start: 0, end: 1 };
  return { kind: 'contact', channel, value: normalised, normalised, persons, role: null, office: null, span: at, at };
}
const stored = (of: ReturnType<typeof notice>, facts: readonly ContactFact[] = []) => ({
  key: 3,
  version: 1,
  notice: of,
  facts,
});

describe('a notice in the index', () => {
  it('has its sentences folded, and their spans in the body', () => {
    const body = 'ＶＲ課程公示。 逾期不候。';
    const { sentences, spans, foldedTitle } = toIndexedNotice(stored(notice('a', '課程', body)));
    expect(sentences).toEqual(['vr课程公示。', '逾期不候。']);
    expect(spans.map(({ start, end }) => body.slice(start, end))).toEqual(['ＶＲ課程公示。', '逾期不候。']);
    expect(foldedTitle).toBe('课程');
  });

  it('has the title as a sentence of its own where the body begins with it', () => {
    const body = '停水通知周一停水。周二恢复。';
    const { spans } = toIndexedNotice(stored(notice('a', '停水通知', body)));
    expect(spans.map(({ start, end }) => body.slice(start, end))).toEqual(['停水通知', '周一停水。', '周二恢复。']);
  });

  it('knows the years of its title, its body and its day, each once', () => {
    const of = notice('a', '2023年体检', '2025年2023年。电话20241234。', { publishedOn: '2024-03-11' });
    expect([...toIndexedNotice(stored(of)).years].sort()).toEqual(['2023', '2024', '2025']);
  });

  it('knows the persons of its contacts, each once', () => {
    const facts = [contact('phone', '83215136', '江小舟', '罗一帆'), contact('email', 'a@b.cn', '江小舟')];
    expect(toIndexedNotice(stored(notice('a', '通知', '正文。'), facts)).people).toEqual(['江小舟', '罗一帆']);
  });

  it('contains what its title or one of its sentences holds', () => {
    const of = toIndexedNotice(stored(notice('a', '停水通知', '周一停水。周二恢复。')));
    expect([containsText(of, '通知'), containsText(of, '恢复'), containsText(of, '停电')]).toEqual([true, true, false]);
    expect(containsText(of, '停水。周二')).toBe(false);
  });
});

describe('the indexed text of a notice', () => {
  it('holds title and body, the title once', () => {
    expect(indexedText(stored(notice('a', '停水通知', '周一停水。')))).toBe('停水通知\n周一停水。');
    expect(indexedText(stored(notice('a', '停水通知', '停水通知 周一停水。')))).toBe('停水通知 周一停水。');
  });

  it('holds the names of attachments that the body does not', () => {
    const attachments = ['名单.docx', '表格.xlsx'].map((name, i) => ({ kind: 'listed' as const, number: i + 1, name }));
    expect(indexedText(stored(notice('a', '通知', '见名单.docx。', { attachments })))).toBe(
      '通知\n见名单.docx。\n表格.xlsx',
    );
  });

  it('holds telephone numbers as one run of digits, with and without the area code', () => {
    const facts = [contact('phone', '02283215136'), contact('fax', '057155550186'), contact('postcode', '300000')];
    expect(
      indexedText(stored(notice('a', '通知', '正文。'), facts))
        .split('\n')
        .slice(2),
    ).toEqual(['02283215136', '83215136', '057155550186', '55550186']);
  });

  it('holds a number without an area code once', () => {
    const facts = [contact('phone', '13912345678'), contact('phone', '13912345678')];
    expect(
      indexedText(stored(notice('a', '通知', '正文。'), facts))
        .split('\n')
        .slice(2),
    ).toEqual(['13912345678']);
  });
});
