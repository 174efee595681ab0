import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyRepairs, EditBuffer } from '../../../src/ingest/repair/edit-buffer.js';
import { repairNotice } from '../../../src/ingest/repair/repair-notice.js';
import { withSuspicious } from '../../../src/ingest/repair/rules.js';
import { clean, notice, PHRASE, rules } from './cleaning.js';

const damaged = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '?',
        '??',
        ' ',
        '　　',
        '　',
        '\u00a0',
        '\t',
        '\n\t',
        '\n',
        '\r\n',
        '\u200b',
        '\u0000',
        '\ud800',
        '&lt;',
        '&amp;',
        'amp;',
        '&',
        ';',
        '&#63;',
        '&nbsp;',
        '#x3',
        '&#',
      ),
      fc.constantFrom(
        PHRASE,
        '雷速',
        '体育比分',
        '直播',
        '雷速 体育?比分直播',
        '雷速體育比分直播',
        '总书记',
        '部长',
        '门',
        '提出',
        '亚博官网',
      ),
      fc.constantFrom(
        '什么',
        '吗',
        '教',
        '师',
        '处',
        '。',
        '；',
        '，',
        '”',
        '附件：',
        '附件2：',
        '附件.',
        '1.',
        '2.',
        '3.',
        '2024年3月1日',
        '名单.docx',
        '.doc',
        'http://a.cn/',
        'www.',
        'a@b.cn',
        'A',
        '3',
        '内容说明',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

const withPhrase = withSuspicious(rules, ['亚博官网']);

describe('cleaning anything', () => {
  it('records changes that turn the received text into the cleaned one, sorted and disjoint', () => {
    fc.assert(
      fc.property(
        damaged,
        damaged,
        fc.array(
          damaged.map((name) => name.replaceAll('\n', '')),
          { maxLength: 3 },
        ),
        (title, body, attachments) => {
          const repaired = repairNotice(notice({ title, body, attachments }), withPhrase);
          const of = (field: string) => repaired.repairs.filter((repair) => repair.field === field);
          expect(applyRepairs(title, of('title'))).toBe(repaired.title);
          expect(applyRepairs(body, of('body'))).toBe(repaired.body);
          const received = { title, body, attachment: attachments.join('\n') };
          for (const field of ['title', 'body', 'attachment'] as const) {
            let end = 0;
            for (const { at, from, to } of of(field)) {
              expect(received[field].slice(at, at + from.length)).toBe(from);
              expect(from).not.toBe(to);
              expect(at).toBeGreaterThanOrEqual(end);
              end = at + from.length;
            }
          }
          const names = repaired.attachments.filter(({ kind }) => kind === 'file').map(({ name }) => name);
          for (const name of applyRepairs(received.attachment, of('attachment')).split('\n')) {
            if (name !== '') expect(names.some((file) => name.endsWith(file))).toBe(true);
          }
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it('changes nothing more the second time', () => {
    fc.assert(
      fc.property(damaged, damaged, (title, body) => {
        const once = repairNotice(notice({ title, body }), withPhrase);
        const twice = repairNotice(notice({ title: once.title, body: once.body }), withPhrase);
        expect(twice.repairs).toEqual([]);
      }),
      { numRuns: 1_500 },
    );
  });

  it('leaves no injected phrase, whatever lies between its characters', () => {
    fc.assert(
      fc.property(damaged, (body) => {
        const cleaned = clean(body, withPhrase).body.replace(/[\s?？]/g, '');
        expect(cleaned).not.toMatch(/雷速[体體]育比分直播|亚博官网/);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    '?',
    '什么?',
    PHRASE,
    '（',
    '附件：1.',
    '&amp;',
    '&#',
    '教 ',
    '　?',
    '名单.docx ',
    '\u0000',
    '2024年',
    '体育',
    '雷速 ',
    'http://a?',
    '。?',
    '内科\t周一\n',
    '东厅　　1号\n',
  ])('takes about a second at most for a megabyte of %j', (text) => {
    const body = text.repeat(Math.ceil(1_000_000 / text.length));
    const begin = performance.now();
    clean(body, withPhrase);
    expect(performance.now() - begin).toBeLessThan(10_000);
  });
});

describe('a draft', () => {
  it('gives the same text as applying each pass by itself', () => {
    const pass = fc.array(fc.tuple(fc.nat(30), fc.nat(4), fc.constantFrom('', 'x', 'yz', '\n')), { maxLength: 5 });
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.array(pass, { maxLength: 5 }), (received, passes) => {
        const draft = new EditBuffer(received);
        let expected = received;
        for (const wanted of passes) {
          let end = 0;
          const edits = wanted
            .map(([at, length, to]) => ({
              start: Math.min(at, expected.length),
              end: Math.min(at + length, expected.length),
              to,
              rule: 'r',
            }))
            .sort((a, b) => a.start - b.start || a.end - b.end)
            .filter((edit, i, all) => {
              const fits =
                edit.start >= end &&
                (i === 0 || edit.start > (all[i - 1]?.start ?? -1)) &&
                (edit.start < edit.end || edit.to !== '');
              if (fits) end = edit.end;
              return fits;
            });
          for (const edit of [...edits].reverse())
            expected = expected.slice(0, edit.start) + edit.to + expected.slice(edit.end);
          draft.apply(edits);
          expect(draft.text).toBe(expected);
        }
        expect(applyRepairs(received, draft.repairs('body'))).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });
});
