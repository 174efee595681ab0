import { describe, expect, it } from 'vitest';
import { item, messagesOf, readContent } from './reading.js';

const long = (text: string): string => text.repeat(Math.ceil(150 / text.length));

describe('a page export', () => {
  it('gives each item its title, date, body and attachment', async () => {
    const { notices, summaries } = await readContent(
      item('春季运动会安排', '03-08', '定于2024年3月15日举行。', '日程表.xlsx') +
        item('停电说明', '03-01', '周六停电。'),
    );
    expect(
      notices.map(({ title, publishedOn, dateOrigin, body, attachments }) => [
        title,
        publishedOn,
        dateOrigin,
        body,
        attachments,
      ]),
    ).toEqual([
      ['春季运动会安排', '2024-03-08', 'signature', '定于2024年3月15日举行。', ['日程表.xlsx']],
      ['停电说明', '2024-03-01', 'neighbour', '周六停电。', []],
    ]);
    expect(notices[0]?.place.line).toBe(9);
    expect(summaries[0]).toMatchObject({ format: 'page-export', encoding: 'utf-8' });
    expect(summaries[0]?.counts).toMatchObject({
      titledItems: 2,
      bodies: 2,
      joinedBodies: 0,
      attachments: 1,
      undated: 0,
    });
  });

  it('leaves out the comment at its top', async () => {
    const { notices, problems } = await readContent(`# 这是说明\n#\n${item('甲', '03-08', '内容。')}`);
    expect(notices).toHaveLength(1);
    expect(problems).toEqual([]);
  });

  it.each([
    ['[03-08]', null],
    ['[ 03-08 ]', null],
    ['[\n2023-03-08\n]', 2023],
    ['［2023年3月8日］', 2023],
    ['[2023.3.8]', 2023],
  ])('reads the date %j', async (date, year) => {
    const { notices } = await readContent(`标题一\n${date}\n正文。`);
    expect(notices[0]).toMatchObject({
      title: '标题一',
      publishedOn: `${year ?? 2024}-03-08`,
      dateOrigin: year === null ? 'clock' : 'stated',
      body: '正文。',
    });
  });

  it.each(['标题二 [03-08]', '标题二[\n03-08 ]', '标题二  2024-03-08\n正文。\n别的标题 [03-07]'])(
    'reads a date at the end of the title: %j',
    async (head) => {
      const { notices } = await readContent(head.includes('正文') ? head : `${head}\n正文。`);
      expect(notices[0]).toMatchObject({ title: '标题二', publishedOn: '2024-03-08', body: '正文。' });
    },
  );

  it('takes a short line set off from above and close to a body for a title without date', async () => {
    const { notices, summaries } = await readContent(
      `${item('甲', '03-08', '第一条的内容。')}${'\n'.repeat(9)}没有日期的一篇评论\n${long('评论的正文在这里，')}完。\n${item('乙', '03-07', '第三条。')}`,
    );
    expect(notices.map(({ title, publishedOn, dateOrigin }) => [title, publishedOn, dateOrigin])).toEqual([
      ['甲', '2024-03-08', 'clock'],
      ['没有日期的一篇评论', null, 'none'],
      ['乙', '2024-03-07', 'clock'],
    ]);
    expect(summaries[0]?.counts.undated).toBe(1);
  });

  it('keeps the headings inside a body of several lines in that body', async () => {
    const { notices } = await readContent(
      `${item('甲', '03-08', '各单位：')}一、时间\n三月八日上午九点开始。\n特别说明\n请带上证件准时到场。\n教务处\n2024年3月7日`,
    );
    expect(notices).toHaveLength(1);
    expect(notices[0]?.body.split('\n')).toHaveLength(7);
    expect(notices[0]?.publishedOn).toBe('2024-03-08');
  });

  it('joins long bodies without a title to the item above', async () => {
    const { notices, summaries } = await readContent(
      `${item('甲', '03-08', long('第一篇，'))}${long('第二篇，')}\n${long('第三篇，')}`,
    );
    expect(notices[0]?.body.split('\n')).toHaveLength(3);
    expect(summaries[0]?.counts).toMatchObject({ bodies: 3, joinedBodies: 2 });
  });

  it('reports what stands above the first item', async () => {
    const { problems } = await readContent(`首页 > 公告\n${item('甲', '03-08', '内容。')}`);
    expect(problems[0]).toMatchObject({ place: { line: 1 }, fatal: false });
    expect(problems[0]?.message).toContain('首页 > 公告');
  });

  it('keeps an item without body and says so', async () => {
    const result = await readContent(`${item('甲', '03-08', '内容。')}只有标题\n[\n03-07 ]\n`);
    expect(result.notices[1]).toMatchObject({ title: '只有标题', body: '', publishedOn: '2024-03-07' });
    expect(messagesOf(result)).toEqual(['只有标题，没有正文。']);
  });

  it.each(['\n[\n03-', '\n[', ''])('keeps the title with which a cut file ends (%j)', async (rest) => {
    const result = await readContent(
      item('甲', '03-08', '内容。') + item('乙', '03-07', '内容。') + '\n'.repeat(9) + '被切断的一条' + rest,
    );
    expect(result.notices[2]).toMatchObject({ title: '被切断的一条', publishedOn: null });
    expect(messagesOf(result)).toEqual(['文件到这里中断，这一条不完整。']);
  });

  it('uses the beginning of the body where a date has no title', async () => {
    const result = await readContent('[03-08]\n食堂今天休息。明天照常。');
    expect(result.notices[0]).toMatchObject({ title: '食堂今天休息', body: '食堂今天休息。明天照常。' });
    expect(result.problems).toHaveLength(1);
  });

  it('reports a list date that no year has', async () => {
    const result = await readContent('标题\n[02-30]\n正文。');
    expect(result.notices[0]).toMatchObject({ publishedOn: null, dateOrigin: 'none' });
    expect(messagesOf(result)[0]).toContain('02-30');
  });
});

describe('columns of a page export', () => {
  const lists = (): string =>
    item('关于停课的通知', '03-11', '内容。') +
    item('录取结果公示', '02-20', '内容。') +
    item('东山区举办读书节', '03-12', '内容。') +
    item('南湖县修缮校舍', '03-10', '内容。');

  it('begin where a date is later than the one above and take their names from the titles', async () => {
    const { notices, summaries } = await readContent(lists());
    expect(notices.map(({ column }) => column)).toEqual(['公示公告', '公示公告', '区县动态', '区县动态']);
    expect(summaries[0]?.counts.columns).toBe(2);
  });

  it('do not begin where the list goes back into the year before', async () => {
    const { notices } = await readContent(item('甲', '01-05', '内容。') + item('乙', '12-28', '内容。'));
    expect(notices.map(({ publishedOn }) => publishedOn)).toEqual(['2024-01-05', '2023-12-28']);
    expect(new Set(notices.map(({ column }) => column)).size).toBe(1);
  });

  it('begin at a gap clearly wider than the usual one', async () => {
    const { summaries } = await readContent(
      item('甲', '03-11', '内容。') +
        item('乙', '03-10', '内容。') +
        '\n'.repeat(8) +
        item('丙', '03-09', '内容。') +
        item('丁', '03-08', '内容。'),
    );
    expect(summaries[0]?.counts.columns).toBe(2);
  });

  it('are called by number when no name fits', async () => {
    const { notices } = await readContent(item('甲', '03-11', '内容。'));
    expect(notices[0]?.column).toBe('栏目1');
  });
});

describe('the year of a list date', () => {
  const year = async (date: string, body: string, now = '2026-06-01T00:00:00Z'): Promise<unknown> => {
    const { notices } = await readContent(item('甲', date, body), { now: new Date(now) });
    return [notices[0]?.publishedOn, notices[0]?.dateOrigin];
  };

  it('comes from the signature date, also across New Year', async () => {
    expect(await year('01-02', '特此公告。教务处2021年12月30日')).toEqual(['2022-01-02', 'signature']);
    expect(await year('12-31', '特此公告。2022年1月4日??')).toEqual(['2021-12-31', 'signature']);
  });

  it('comes from a full date in the body when the signature is far away', async () => {
    expect(await year('03-06', `公示期为2019年3月6日至2019年3月12日。${'说明。'.repeat(30)}2018年8月1日`)).toEqual([
      '2019-03-06',
      'body',
    ]);
  });

  it('comes from the clock when nothing else tells, and is never later than tomorrow', async () => {
    expect(await year('06-02', '没有日期。')).toEqual(['2026-06-02', 'clock']);
    expect(await year('06-03', '没有日期。')).toEqual(['2025-06-03', 'clock']);
    // 23:00 UTC is the next morning in Shanghai.
    expect(await year('06-03', '没有日期。', '2026-06-01T23:00:00Z')).toEqual(['2026-06-03', 'clock']);
  });

  it('makes 02-29 exist', async () => {
    expect(await year('02-29', '没有日期。')).toEqual(['2024-02-29', 'clock']);
    expect(await year('02-29', '签于2023年2月28日')).toEqual(['2024-02-29', 'clock']);
  });

  it('comes from neighbours in the same list, upwards and downwards', async () => {
    const { notices } = await readContent(
      item('甲', '01-10', '无。') +
        item('乙', '12-20', '签于2021年12月20日') +
        item('丙', '11-01', '无。') +
        item('丁', '12-30', '无。'),
      { now: new Date('2026-06-01T00:00:00Z') },
    );
    expect(notices.map(({ publishedOn }) => publishedOn)).toEqual([
      '2022-01-10',
      '2021-12-20',
      '2021-11-01',
      '2021-12-30',
    ]);
    expect(notices.map(({ dateOrigin }) => dateOrigin)).toEqual(['neighbour', 'signature', 'neighbour', 'neighbour']);
  });
});
