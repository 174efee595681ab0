import { describe, expect, it } from 'vitest';
import { linesOf, periodsOf, purposesOf } from './extracting.js';

describe('what a date is for', () => {
  it.each([
    ['公示时间：2024年3月11日至3月15日。', 'publicity 公示时间'],
    ['现将名单予以公示，公示期为3月11日至15日。', 'publicity 公示期'],
    ['自3月11日至15日进行公示。', 'publicity 进行公示'],
    ['一、报名时间 3月11日至15日', 'registration 报名时间'],
    ['网上报名时间：3月11日至15日', 'registration 网上报名时间'],
    ['申报截止时间为3月15日。', 'application 申报截止时间'],
    ['申报书提交时间：3月15日前', 'submission 申报书提交时间'],
    ['请各单位于3月15日前将申报书（一式三份）报送科研处。', 'submission 将申报书（一式三份）报送科研处'],
    ['“选课服务系统”将于3月15日开通。', 'opening 选课服务系统'],
    ['考生可于3月15日9:00起登录报名网站打印准考证。', 'printing 登录报名网站打印准考证'],
    ['3月12日起，考生可登录网站查询考点信息。', 'query 登录网站查询考点信息'],
    ['成绩将于4月10日公布。', 'query 成绩'],
    ['笔试定于3月16日上午9:00在第一教学楼举行。', 'exam 笔试'],
    ['缴费时间：3月15日至20日', 'payment 缴费时间'],
    ['开标时间：2024年3月15日9时30分', 'bidding 开标时间'],
    ['定于3月15日22:00至次日6:00对人民路停水。', 'outage 对人民路停水'],
    ['本办法自2024年4月1日起施行。', 'effective 本办法'],
    ['专家组将于3月18日至20日进行现场评审。', 'evaluation 进行现场评审'],
    ['研讨会3月15日在图书馆举行。', 'activity 研讨会'],
    ['面试时间另行通知。', 'exam 面试时间'],
    ['截至3月5日，已收到申请300份。', 'other 已收到申请300份'],
    ['自2020年举办以来，已有千人参加。', 'other 举办以来'],
    ['2018年10月，学院牵头成立培训联盟。', 'other 学院牵头成立培训联盟'],
    ['于2017年印发的《某某办法》继续执行。', 'cited 印发的《某某办法》继续执行'],
    ['2023年，省政府办公厅印发了《某某意见》。', 'cited 省政府办公厅印发了《某某意见》'],
  ])('is read from %s', (text, expected) => {
    expect(purposesOf(text)).toEqual([expected]);
  });

  it('is told apart for several dates of one sentence', () => {
    expect(
      purposesOf('报名时间：3月1日9:00至3月5日17:00，缴费截止时间：3月6日17:00，准考证打印时间：3月10日-12日。'),
    ).toEqual(['registration 报名时间', 'payment 缴费截止时间', 'printing 准考证打印时间']);
    expect(purposesOf('笔试于3月17日、面试于3月24日进行。')).toEqual(['exam 笔试', 'exam 面试']);
  });

  it('is read from the heading when the label says no more than 时间', () => {
    expect(purposesOf('三、获取采购文件\n时间：2024年3月15日至20日')).toEqual(['bidding 获取采购文件']);
    expect(purposesOf('二、考试时间\n口试：3月18日')).toEqual(['exam 口试']);
  });

  it('is read from the title when there is no heading either', () => {
    expect(purposesOf('公告如下：一、时间3月18日至20日。', { title: '关于开展办学水平督导评估的公告' })).toEqual([
      'evaluation 时间',
    ]);
  });

  it('is not what a document in 《》 is about', () => {
    expect(purposesOf('3月15日前领取《考试报名须知》。')).toEqual(['other 领取《考试报名须知》']);
  });

  it('goes on in the rows of a table that lost its lines', () => {
    expect(purposesOf('停电时间 2024-03-15 07:30-18:30 东风路 2024-03-16 08:00-16:00 解放村')).toEqual([
      'outage 停电时间',
      'outage 解放村',
    ]);
  });
});

describe('a date that takes the place of another', () => {
  const correction = { title: '青禾小学课桌椅采购项目更正公告', publishedOn: '2025-04-01' };

  it.each(['开标时间，由2025年4月8日9时改为2025年4月15日14时。', '开标时间由2025年4月8日9时调整为2025年4月15日14时。'])(
    'is for what the first is for: %s',
    (body) => {
      expect(purposesOf(body, correction)).toEqual(['bidding 开标时间', 'bidding 开标时间']);
    },
  );

  it('is not one that only stands behind another', () => {
    const body = '获取文件时间为2025年4月8日。开标时间为2025年4月15日14时。';
    expect(periodsOf(body, correction).map(({ label }) => label)).toEqual(['获取文件时间', '开标时间']);
  });
});

describe('the label', () => {
  it('is no neighbour: neither who is addressed, nor a row, nor the last point', () => {
    expect(purposesOf('亲爱的用户：\n停水时间：3月15日22:00至3月16日6:00')).toEqual(['outage 停水时间']);
    expect(purposesOf('各位同学：\n缴费时间另行通知。')).toEqual(['payment 缴费时间']);
    expect(purposesOf('东山校区 14000 900\n【时间】3月15日至20日', { title: '缴纳学费的通知' })).toEqual([
      'payment 时间',
    ]);
    expect(purposesOf('8.江小舟，女，教师。\n公示时间：3月15日至20日')).toEqual(['publicity 公示时间']);
    expect(purposesOf('江人社字〔2024〕12号\n本办法有效期两年。')).toEqual(['effective 本办法有效期']);
  });

  it('is the heading in 【】 or the words with a colon right before', () => {
    expect(purposesOf('【报名】3月15日至20日，网上填表。')).toEqual(['registration 报名']);
    expect(purposesOf('一、报名时间\n3月15日至20日')).toEqual(['registration 报名时间']);
    expect(purposesOf('二、培训时间和地点\n第一期：3月15日—18日\n第二期：3月22日—25日')).toEqual([
      'activity 第一期',
      'activity 第二期',
    ]);
  });

  it('in a table is what the row names', () => {
    expect(
      purposesOf('科目 日期 时间\n语文 3月15日 9:00—11:30\n数学 3月16日 9:00—11:00', { title: '考试安排' }),
    ).toEqual(['exam 语文', 'exam 数学']);
    expect(purposesOf('停电日期｜时间｜线路\n3月15日｜8:00—12:00｜东山线\n3月16日｜9:00—11:00｜西山线')).toEqual([
      'outage 东山线',
      'outage 西山线',
    ]);
    expect(linesOf(periodsOf('日期 类别 地点 报到时间\n3月15日 甲组 东楼 7:30前\n3月16日 乙组 西楼 7:00前'))).toContain(
      'registration /2024-03-15 07:30 甲组 东楼',
    );
  });
});

describe('the date under the text', () => {
  const signed = (body: string): string[] => linesOf(periodsOf(body));

  it('stands on the last line, with or without the issuer', () => {
    expect(signed('请遵照执行。\n某市教育局\n2024年3月11日')).toEqual(['signature 2024-03-11']);
    expect(signed('请遵照执行。\n某市教育局 二〇二四年三月十一日')).toEqual(['signature 2024-03-11']);
    expect(signed('请遵照执行。 某市教育局 2024年3月11日')).toEqual(['signature 2024-03-11']);
  });

  it('may be followed by attachments or by a copy line', () => {
    expect(signed('请遵照执行。\n某市教育局\n2024年3月11日\n附件：报名表')).toEqual(['signature 2024-03-11']);
    expect(signed('请遵照执行。\n某市教育局\n2024年3月11日\n（此件公开发布）')).toEqual(['signature 2024-03-11']);
  });

  it('is not a date that the text names', () => {
    expect(signed('开标时间：\n2024年3月15日')).toEqual(['bidding 2024-03-15 开标时间']);
    expect(signed('培训时间：2024年3月15日')).toEqual(['activity 2024-03-15 培训时间']);
  });
});

describe('the span', () => {
  it('is the sentence, and the words of the date lie within it', () => {
    const body = '现将有关事项通知如下。报名时间为3月11日至15日，逾期不候。';
    const [fact] = periodsOf(body);
    expect(body.slice(fact?.span.start, fact?.span.end)).toBe('报名时间为3月11日至15日，逾期不候。');
    expect(body.slice(fact?.at.start, fact?.at.end)).toBe('3月11日至15日');
  });
});
