import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/domain/answer.js';
import type { Notice } from '../../src/domain/notice.js';
import { loadProgramData } from '../../src/bootstrap/program-data.js';
import { createFactExtractor } from '../../src/ingest/facts/extract-facts.js';
import { asking, isSaid } from '../support/world.js';
import { notice } from '../support/texts.js';

const extract = createFactExtractor(loadProgramData().facts);
const NOW = new Date('2025-03-20T02:00:00Z');

async function said(notices: readonly Notice[], question: string): Promise<Answer> {
  return (await asking(notices, NOW, (of) => [...extract(of)])).ask(question);
}

const text = (answer: Answer): string => (answer.kind === 'answer' ? answer.answer : answer.kind);

const LAST_YEAR = notice(
  '2024',
  '关于2024年青禾杯合唱比赛报名的通知',
  '报名时间：2024年4月1日至4月9日。报名费每队80元。',
  {
    publishedOn: '2024-03-05',
  },
);
const THIS_YEAR = notice(
  '2025',
  '关于2025年青禾杯合唱比赛报名的通知',
  '报名时间：2025年4月2日至4月11日。报名费每队95元。',
  {
    publishedOn: '2025-03-06',
  },
);

describe('of two editions of a notice', () => {
  it('the newest answers a question that names no year', async () => {
    expect(text(await said([LAST_YEAR, THIS_YEAR], '青禾杯合唱比赛报名到哪天截止'))).toContain('4月11日');
  });

  it('the one of the year named, or meant by 去年, answers', async () => {
    expect(text(await said([LAST_YEAR, THIS_YEAR], '2024年青禾杯合唱比赛报名到哪天截止'))).toContain('4月9日');
    expect(text(await said([LAST_YEAR, THIS_YEAR], '去年青禾杯合唱比赛报名到哪天截止'))).toContain('4月9日');
  });
});

describe('a notice that was published again word for word', () => {
  const body = '演出时间：2025年4月12日19时30分。';
  const copies = ['2025-03-01', '2025-03-09', '2025-03-05'].map((publishedOn) =>
    notice(`copy ${publishedOn}`, '关于青禾剧院春季演出的公告', body, { publishedOn }),
  );

  it('is told of as its newest copy, with nothing to choose', async () => {
    const answer = await said(copies, '青禾剧院春季演出公告');
    expect(answer).toMatchObject({ kind: 'answer', notice: { date: '2025-03-09' } });
    expect(answer.candidates.map(({ date }) => date)).toEqual(['2025-03-09', '2025-03-05', '2025-03-01']);
  });
});

describe('an amendment', () => {
  const tender = notice(
    'tender',
    '城东小学课桌椅采购项目公开招标公告',
    '开标时间：2025年4月8日9时30分。开标地点：二楼会议室。',
    {
      publishedOn: '2025-03-10',
    },
  );
  const correction = notice(
    'correction',
    '城东小学课桌椅采购项目更正公告',
    '原开标时间2025年4月8日9时30分，现改为2025年4月15日14时。',
    {
      publishedOn: '2025-03-18',
    },
  );

  it('is what holds, not the notice that it amends', async () => {
    expect(text(await said([tender, correction], '城东小学课桌椅采购哪天开标'))).toContain('4月15日');
  });
});

describe('a table of corrections', () => {
  const tender = notice(
    'tender',
    '城东小学营养午餐配送项目竞争性磋商公告',
    '响应文件提交截止时间：2025年4月8日9时30分。\n磋商地点：第二会议室。\n配送车辆不少于6辆。\n项目预算90万元。',
    { publishedOn: '2025-03-10' },
  );
  const correction = notice(
    'correction',
    '城东小学营养午餐配送项目更正公告',
    [
      '更正内容：',
      ...['序号', '更正项', '更正前内容', '更正后内容'],
      ...['1', '响应文件提交截止时间', '2025年4月8日9时30分', '2025年4月16日14时'],
      ...['2', '磋商地点', '第二会议室', '第五会议室'],
      ...['3', '配送车辆', '不少于6辆', '不少于4辆'],
      '其他内容不变。',
    ].join('\n'),
    { publishedOn: '2025-03-18' },
  );

  it.each([
    ['城东小学营养午餐项目响应文件提交截止时间', '4月16日'],
    ['城东小学营养午餐项目磋商地点在哪', '第五会议室'],
    ['城东小学营养午餐项目配送车辆至少几辆', '不少于4辆'],
    ['城东小学营养午餐项目原来的磋商地点在哪', '第二会议室'],
    ['城东小学营养午餐项目预算多少', '90万元'],
  ])('%s: %s', async (question, wanted) => {
    expect(text(await said([tender, correction], question))).toContain(wanted);
  });
});

describe('the holder of a post or a prize', () => {
  const clinic = notice(
    'clinic',
    '柳桥镇卫生院免费体检公告',
    '体检时间：2025年4月8日。带队医生江小舟，电话5550 1234。',
    {
      publishedOn: '2025-03-10',
    },
  );

  it('is nobody where the notice names no such post', async () => {
    expect(isSaid(await said([clinic], '柳桥镇卫生院院长是谁'))).toBe(false);
    expect(text(await said([clinic], '柳桥镇卫生院体检带队医生是谁'))).toContain('江小舟');
  });
});

describe('the numbers of two schools that one title names', () => {
  const both = notice(
    'both',
    '青禾老年大学及市民夜校春季招生简章',
    '报名时间：2025年4月1日至4月9日。\n咨询：老年大学 5550123（教务处 江老师）；夜校 5550456。',
    { publishedOn: '2025-03-10' },
  );

  // 夜校 stands in the notice without 市民: a word of the question longer than that of the notice counts half.
  it.fails('are told apart by a part of a name', async () => {
    expect(text(await said([both], '市民夜校咨询电话是多少'))).toContain('5550456');
  });

  it('are told apart', async () => {
    expect(text(await said([both], '老年大学咨询电话是多少'))).toContain('5550123');
  });
});

describe('a part that a notice is about', () => {
  const east = notice('east', '东湖校区图书馆清明节开放安排', '4月4日闭馆，4月5日起照常开放。', {
    publishedOn: '2025-03-15',
  });

  it('is not another part of the same', async () => {
    expect(isSaid(await said([east], '南岭校区图书馆清明节哪天闭馆'))).toBe(false);
    expect(text(await said([east], '东湖校区图书馆清明节哪天闭馆'))).toContain('4月4日');
  });
});

describe('an amount', () => {
  const show = notice(
    'show',
    '关于青禾美术馆春季特展售票的公告',
    '特展展出画作128幅。普通票每张60元，学生票每张30元。展厅每场限200人。',
    { publishedOn: '2025-03-01' },
  );

  it('is the one in the unit that was asked for', async () => {
    expect(text(await said([show], '青禾美术馆特展学生票多少钱'))).toContain('30元');
    expect(text(await said([show], '青禾美术馆特展有多少幅画作'))).toContain('128幅');
    expect(text(await said([show], '青禾美术馆特展每场限多少人'))).toContain('200人');
  });

  it('of money is not made of other numbers', async () => {
    const free = notice('talk', '关于青禾讲堂第三讲的通知', '讲座设座位120个，提前一天预约。', {
      publishedOn: '2025-03-02',
    });
    expect(isSaid(await said([free], '青禾讲堂第三讲票价多少钱'))).toBe(false);
  });
});

describe('a notice of something else of the kind is not meant', () => {
  const RESTED = notice(
    'holiday',
    '青禾图书馆2025年国庆节开放安排',
    '10月1日至3日闭馆，10月4日起每天9:00至17:00开放。逾期罚款每天1元。',
    { publishedOn: '2025-03-01' },
  );
  const BUSES = notice(
    'buses',
    '关于调整9路、K5路公交线路的公告',
    '9路延长至青禾湖，末班车21:30。K5路末班车20:00，12、15路不变。停水影响1—4号楼，不影响6号楼。',
    { publishedOn: '2025-03-02' },
  );
  const INSURED = notice('insured', '南岭区2025年度居民医保参保缴费公告', '2024年9月1日开始缴费，个人缴费每人400元。', {
    publishedOn: '2025-03-03',
  });
  const SCHOLARS = notice('scholars', '青禾大学2024-2025学年奖学金名单公示', '获奖学生：邬青禾、柏知远。', {
    publishedOn: '2025-03-04',
  });
  const all = [RESTED, BUSES, INSURED, SCHOLARS];

  it.each([
    '青禾图书馆过年期间几点开门',
    '7路末班车几点',
    '南岭区2024年度居民医保个人交多少钱',
    '北溪县居民医保个人交多少钱',
    '青禾大学2023-2024学年奖学金名单有谁',
  ])('%s', async (question) => {
    expect(isSaid(await said(all, question))).toBe(false);
  });

  it.each([
    ['青禾图书馆国庆几点开门', '9:00至17:00'],
    ['K5路末班车几点', '20:00'],
    ['南岭区2025年度居民医保个人交多少钱', '400元'],
  ])('%s: %s', async (question, expected) => {
    expect(text(await said(all, question))).toContain(expected);
  });
});

describe('a question that asks the same of two things', () => {
  it('is answered from a notice for each', async () => {
    const first = notice('x', '关于青禾杯书法展评结果的公示', '公示期为2025年3月3日至3月7日。');
    const second = notice('y', '关于白鹭渡口改造项目评议结果的公示', '公示期为2025年3月10日至3月14日。');
    const answer = await said([first, second], '青禾杯书法展评和白鹭渡口改造的公示期分别到哪天');
    expect(answer).toMatchObject({ kind: 'answer', also: [{ notice: { id: 'y' } }] });
    expect(text(answer)).toContain('3月7日');
    expect(answer.kind === 'answer' && answer.also[0]?.answer).toContain('3月14日');
  });
});
