import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepareDeadlines, selectUpcoming } from '../../../src/notify/deadlines.js';
import { composeAlert, composeDigest } from '../../../src/notify/digests/digest-message.js';
import { collectNewNotices } from '../../../src/notify/digests/digest-planner.js';
import { createMemoryStore } from '../../../src/store/notices/memory-notice-store.js';
import type { NoticeRecord } from '../../../src/store/notice-store.js';
import { checkReplyMarkup, readFormatted } from '../../support/telegram-html.js';
import { notice, period, rules, shanghai, storedAs, subscription } from '../cast.js';

const FROM = shanghai('2024-03-10 08:00');
const NOW = shanghai('2024-03-11 08:00');

async function digestOf(records: readonly NoticeRecord[], days = 7, older: readonly NoticeRecord[] = []) {
  const store = createMemoryStore();
  await store.save(older);
  const cursor = await store.newestKey();
  await store.save(records);
  const someone = subscription(1, { cursor });
  const news = (await collectNewNotices([someone], await store.newestKey(), store)).get(someone);
  if (news === undefined) throw new Error('nothing was gathered');
  const deadlines = selectUpcoming(prepareDeadlines(await store.after(0, 100_000), NOW, rules), NOW, days);
  return composeDigest({ from: FROM, to: NOW, news, deadlines, deadlineDays: days }, rules);
}
const textOf = (messages: readonly { html: string }[]): string =>
  messages.map(({ html }) => html.replace(/<[^>]*>/g, '')).join('\n---\n');

describe('a digest', () => {
  it('says its period, counts, groups by column, and tells the deadlines', async () => {
    const { messages, announced } = await digestOf(
      [
        notice('在线课程公示', [period('publicity', '2024-03-11', '2024-03-15', '公示时间')], {
          publishedOn: '2024-03-11',
        }),
        notice('开学典礼', [], { column: '教育动态', publishedOn: '2024-03-10', url: 'https://example.cn/1' }),
        notice('名单公布', [], { publishedOn: '2024-03-09' }),
      ],
      7,
      [
        notice('教师报名', [period('registration', null, '2024-03-13 17:00', '报名截止')], {
          publishedOn: '2024-03-01',
        }),
      ],
    );
    expect(textOf(messages)).toBe(
      [
        '通知摘要',
        '',
        '从 3月10日 08:00 到 3月11日 08:00',
        '新通知 3 份',
        '【公示公告】2 份',
        '1. 在线课程公示（3月11日）',
        '    公示截止：3月15日（周五），还有 4 天',
        '2. 名单公布（3月9日）',
        '【教育动态】1 份',
        '3. 开学典礼（3月10日）',
        '今后 7 天内截止或开始：',
        '4. 报名截止：3月13日（周三）17:00，还有 2 天',
        '    教师报名',
        '· 公示截止：3月15日（周五），还有 4 天（第 1 条）',
      ].join('\n'),
    );
    expect(messages[0]?.html).toContain('<a href="https://example.cn/1">开学典礼</a>');
    expect(messages[0]?.buttons).toEqual([
      [
        { text: '1', data: 'n:2' },
        { text: '2', data: 'n:4' },
        { text: '3', data: 'n:3' },
        { text: '4', data: 'n:1' },
      ],
    ]);
    expect(new Set(announced.map(({ fact }) => fact.label))).toEqual(new Set(['公示时间', '报名截止']));
  });

  it('says that there is nothing new', async () => {
    const { messages } = await digestOf([]);
    expect(textOf(messages)).toBe('通知摘要\n\n从 3月10日 08:00 到 3月11日 08:00\n这段时间没有新的通知。');
    expect(messages[0]?.buttons).toEqual([]);
  });

  it('has a button for each notice that it lists, new or due, by its number, and says how to see the rest', async () => {
    const fresh = Array.from({ length: 30 }, (_, i) =>
      notice(`新${i}`, [], { publishedOn: '2024-03-10', url: i % 2 === 0 ? 'https://example.cn/' : null }),
    );
    const old = Array.from({ length: 12 }, (_, i) =>
      notice(`旧${i}`, [period('payment', null, `2024-03-${12 + (i % 5)}`)]),
    );
    const { messages } = await digestOf(fresh, 7, old);
    const text = textOf(messages);
    expect(text).toContain('新通知 30 份');
    expect(text).toContain('还有 10 份没有列出，发送 /latest 查看。');
    expect(text).toContain('还有 2 项没有列出，发送 /deadlines 查看。');
    const buttons = messages.at(-1)?.buttons ?? [];
    const numbers = Array.from({ length: 30 }, (_, i) => `${i + 1}`);
    expect(buttons.map((row) => row.length)).toEqual([5, 5, 5, 5, 5, 5]);
    expect(buttons.flat().map((button) => button.text)).toEqual(numbers);
    expect([...text.matchAll(/^(\d+)\. /gm)].map(([, number]) => number)).toEqual(numbers);
  });

  it('is well-formed within the limits, and each listed notice can be opened, whatever the notices hold', async () => {
    const hostile = fc.string({
      unit: fc.constantFrom('<', '>', '&', '"', '公', '\u202e', '\u200b', '𠮷', '\ud800', '\n', '%', "'", '长标题'),
      maxLength: 300,
    });
    const some = fc.record({
      title: hostile,
      column: fc.option(hostile),
      url: fc.option(fc.constantFrom('https://example.cn/?a=1&b="2"', 'javascript:alert(1)', 'https://example.cn/x')),
      end: fc.option(fc.constantFrom('2024-03-11', '2024-03-12 10:00', '2024-03-18', '2024-04')),
      label: hostile,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(some, { maxLength: 40 }), async (notices) => {
        const records = notices.map(({ title, column, url, end, label }, i) =>
          notice(title, end === null ? [] : [period('application', null, end, label)], { id: `n${i}`, column, url }),
        );
        const { messages } = await digestOf(records.slice(0, 25), 7, records.slice(25));
        const labels = messages.flatMap(({ buttons }) => buttons.flat().map(({ text }) => text));
        const entries = messages.flatMap(({ html }) => html.split('\n').filter((line) => /^\d+\. /.test(line)));
        expect(entries.map((line) => line.slice(0, line.indexOf('.')))).toEqual(labels);
        for (const { html, buttons } of messages) {
          const { text } = readFormatted({ text: html, parse_mode: 'HTML' }, 'text', 'too long');
          expect(text.length).toBeLessThanOrEqual(4096);
          checkReplyMarkup({
            inline_keyboard: buttons.map((row) =>
              row.map((button) => ({ text: button.text, ...('data' in button ? { callback_data: button.data } : {}) })),
            ),
          });
          for (const button of buttons.flat()) {
            expect(button).toHaveProperty('data', expect.stringMatching(/^n:\d+$/));
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('an alert', () => {
  it('names the notice, and its first deadlines', () => {
    const facts = [1, 2, 3, 4, 5].map((day) => period('registration', null, `2024-03-1${day} 12:00`, `第${day}批报名`));
    const stored = storedAs(7, notice('招聘', facts, { publishedOn: '2024-03-11', url: 'https://example.cn/7' }));
    const { messages, announced } = composeAlert(stored, NOW, rules);
    expect(textOf(messages)).toBe(
      [
        '新通知',
        '',
        '《招聘》 3月11日',
        '第1批报名截止：3月11日（周一）12:00，今天',
        '第2批报名截止：3月12日（周二）12:00，明天',
        '第3批报名截止：3月13日（周三）12:00，还有 2 天',
      ].join('\n'),
    );
    expect(messages[0]?.buttons).toEqual([[{ text: '查看通知', data: 'n:7' }]]);
    expect(announced).toHaveLength(3);
  });
});
