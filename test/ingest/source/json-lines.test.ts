import { describe, expect, it } from 'vitest';
import { messagesOf, readContent } from './reading.js';

const line = (record: unknown): string => `${JSON.stringify(record)}\n`;

describe('JSON Lines', () => {
  it('keeps the fields of a record', async () => {
    const { notices, problems, summaries } = await readContent(
      line({
        id: ' a-1 ',
        title: '标题',
        date: '2024-03-11',
        column: '公告',
        body: '正文\u2028第二行',
        url: 'https://example.org/1',
        attachments: ['表.docx', { name: '名单.pdf' }],
        extra: 1,
      }) + line({ id: 17, title: '二', body: '正文' }),
    );
    expect(problems).toEqual([]);
    expect(notices[0]).toEqual({
      id: 'a-1',
      title: '标题',
      publishedOn: '2024-03-11',
      dateOrigin: 'stated',
      column: '公告',
      body: '正文\u2028第二行',
      attachments: ['表.docx', '名单.pdf'],
      url: 'https://example.org/1',
      place: { file: notices[0]?.place.file, line: 1 },
    });
    expect(notices[1]).toMatchObject({ id: '17', publishedOn: null, dateOrigin: 'none', column: null, url: null });
    expect(summaries[0]).toMatchObject({
      format: 'json-lines',
      counts: { titledItems: 2, bodies: 2, attachments: 2, undated: 1 },
    });
  });

  it.each([
    ['2024/3/1', '2024-03-01'],
    ['2024年3月1日', '2024-03-01'],
    ['2024-03-01T20:00:00Z', '2024-03-02'],
    ['2024-03-01 20:00', '2024-03-01'],
    ['2024-03-01T23:30:00+08:00', '2024-03-01'],
    ['2024-02-29', '2024-02-29'],
  ])('reads the date %s', async (date, day) => {
    const { notices } = await readContent(line({ title: '甲', body: '乙', date }));
    expect(notices[0]?.publishedOn).toBe(day);
  });

  it.each(['2024-02-30', '2023-02-29', '昨天', 20240301])(
    'keeps a notice whose date %s does not exist, without it',
    async (date) => {
      const result = await readContent(line({ title: '甲', body: '乙', date }));
      expect(result.notices[0]).toMatchObject({ publishedOn: null, dateOrigin: 'none' });
      expect(messagesOf(result)[0]).toContain('date');
    },
  );

  it('goes on after lines that it cannot read, naming line and field', async () => {
    const result = await readContent(
      `# 说明\n{"title": "断\n\n[1]\n{"id":"x"}\n${line({ body: '没有标题。但有正文。' })}${line({ title: '没有正文' })}${line({ title: ['不对'], body: '正文', url: 'javascript:alert(1)', attachments: '一个' })}`,
    );
    expect(result.problems.map(({ place, message }) => [place.line, message.slice(0, 12)])).toEqual([
      [2, '这一行不是完整的 JSO'],
      [4, '这一行不是 JSON 对'],
      [5, '缺少 title 和 b'],
      [6, '缺少 title，改用正'],
      [7, '缺少 body，只有标题'],
      [8, '字段 title 不对（'],
      [8, '字段 url 不对（应是'],
      [8, '字段 attachmen'],
      [8, '缺少 title，改用正'],
    ]);
    expect(result.notices.map(({ title }) => title)).toEqual(['没有标题', '没有正文', '正文']);
    expect(result.summaries[0]?.counts.problems).toBe(9);
  });

  it('is recognised by the lines that follow when the first is broken', async () => {
    const { notices } = await readContent(`"title": "断掉的半行"}\n${line({ title: '甲', body: '乙' }).repeat(3)}`);
    expect(notices).toHaveLength(3);
  });

  it('tolerates a byte order mark and CRLF', async () => {
    const { notices, problems } = await readContent(`\uFEFF${line({ title: '甲', body: '乙' }).replace('\n', '\r\n')}`);
    expect(notices[0]?.title).toBe('甲');
    expect(problems).toEqual([]);
  });

  it('yields records of the same id in order and reports the repetition', async () => {
    const result = await readContent(
      line({ id: 'x', title: '旧', body: '一' }) + line({ id: 'x', title: '新', body: '二' }),
    );
    expect(result.notices.map(({ title }) => title)).toEqual(['旧', '新']);
    expect(result.problems[0]).toMatchObject({ place: { line: 2 } });
    expect(messagesOf(result)[0]).toContain('第 1 行');
  });

  it('does not read a line that is too long', async () => {
    const result = await readContent(
      line({ title: '甲', body: '长'.repeat(2_000) }) + line({ title: '乙', body: '短' }),
      { maxLineBytes: 1_000 },
    );
    expect(result.notices.map(({ title }) => title)).toEqual(['乙']);
    expect(result.problems[0]?.place.line).toBe(1);
  });
});
