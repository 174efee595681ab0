import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Fact } from '../../../src/domain/fact.js';
import type { Notice } from '../../../src/domain/notice.js';
import type { NoticeRecord, NoticeStore, StoredNotice } from '../../../src/store/notice-store.js';

/** A record whose content hash follows from its title and body, as the real one does. */
export function record(
  id: string,
  body: string,
  facts: readonly Fact[] = [],
  notice: Partial<Notice> = {},
): NoticeRecord {
  const title = notice.title ?? `关于${id}的通知`;
  return {
    notice: {
      id,
      title,
      publishedOn: null,
      dateOrigin: 'none',
      column: null,
      body,
      attachments: [],
      url: null,
      raw: { title, body, attachments: [] },
      repairs: [],
      contentHash: createHash('sha256').update(`${title}\n${body}`).digest('hex'),
      ...notice,
    },
    facts,
  };
}

/** Everything a record can hold, with what stores get wrong: quotes, NUL, astral and full-width characters, empty strings. */
export const course = record(
  'tj-2024-03-08-01',
  `公示期为3月8日至15日。“引号”'单'"双" ?%_\\ \u0000 𠮷\u3000联系电话：022-83215339\r\n`,
  [
    {
      kind: 'document-number',
      value: '津教政办〔2024〕12号',
      title: '“办法”',
      span: { start: 0, end: 12 },
      at: { start: 1, end: 12 },
    },
    {
      kind: 'attachment',
      number: 2,
      name: '名单.xlsx',
      span: { start: 12, end: 40 },
      at: { start: 14, end: 18 },
    },
    { kind: 'attachment', number: null, name: '', span: { start: 0, end: 0 }, at: { start: 0, end: 0 } },
    {
      kind: 'period',
      type: 'publicity',
      label: '公示期',
      start: { date: '2024-03-08', time: null },
      end: { date: '2024-03-15', time: '24:00' },
      yearInferred: true,
      workingDays: { stated: 5, actual: null },
      span: { start: 0, end: 13 },
      at: { start: 4, end: 12 },
    },
    {
      kind: 'contact',
      channel: 'phone',
      value: '022-83215339',
      normalised: '02283215339',
      persons: ['甲某', '𠮷某'],
      role: null,
      office: '职教处',
      span: { start: 13, end: 40 },
      at: { start: 20, end: 32 },
    },
    {
      kind: 'item',
      form: 'point',
      name: "单'双",
      listOf: '',
      list: 0,
      number: 3,
      total: null,
      span: { start: 0, end: 12 },
      at: { start: 3, end: 6 },
    },
    {
      kind: 'quantity',
      value: 2.85,
      unit: '%',
      of: '\u0000',
      span: { start: 0, end: 12 },
      at: { start: 3, end: 6 },
    },
  ],
  {
    title: '2024年在线精品课程公示',
    publishedOn: '2024-03-08',
    dateOrigin: 'body',
    column: '公示公告',
    url: 'https://jy.tj.gov.cn/x?a=1&b=2',
    attachments: [
      { kind: 'file', number: null, name: '在线精品课程.docx' },
      { kind: 'listed', number: 1, name: '附件1：申报表' },
    ],
    raw: { title: '2024年在线精品课程公示?', body: '公示期为??3月8日', attachments: ['在线精品课程.docx', ''] },
    repairs: [
      { rule: 'lost-space', field: 'body', at: 4, from: '??', to: '' },
      { rule: 'injected', field: 'title', at: 14, from: '?', to: '' },
    ],
  },
);
export const exam = record('exam', '考试时间为4月20日。');
export const roster = record('roster', '名单见附件。', [
  { kind: 'attachment', number: 1, name: '名单', span: { start: 0, end: 6 }, at: { start: 0, end: 2 } },
]);

/** `count` notices of `length` characters each, with one fact. */
export function many(count: number, length: number, salt = ''): NoticeRecord[] {
  return Array.from({ length: count }, (_, i) =>
    record(`n${String(i)}`, `${salt}第${String(i)}号${'通知正文'.repeat(Math.ceil(length / 4))}`.slice(0, length), [
      {
        kind: 'document-number',
        value: `津教〔2024〕${String(i)}号`,
        title: '',
        span: { start: 0, end: 10 },
        at: { start: 0, end: 10 },
      },
    ]),
  );
}

export async function collect(store: NoticeStore): Promise<StoredNotice[]> {
  const found: StoredNotice[] = [];
  for await (const notice of store.all()) found.push(notice);
  return found;
}

/** Runs `use` with a new folder that is removed afterwards. */
export async function inFolder<T>(use: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'bulletin-store-'));
  try {
    return await use(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
