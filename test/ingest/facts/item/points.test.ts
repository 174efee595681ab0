import { describe, expect, it } from 'vitest';
import { listsIn } from './kit.js';

const points = (body: string) => listsIn(body).filter(({ form }) => form === 'point');

describe('points with other marks', () => {
  it('may be ❶, A. or a bullet that opens each line', () => {
    expect(listsIn('调整如下：\n❶ 6路：延长。\n❷ 18路：撤销。')[0]?.names).toEqual(['6路', '18路']);
    expect(listsIn('缴费方式：\nA. 微信缴费；\nB. 现场刷卡；')[0]?.names).toEqual(['微信缴费', '现场刷卡']);
    expect(listsIn('活动安排：\n★ 主题：山海\n★ 组别：个人组\n★ 奖项：一等奖2名')).toEqual([
      { form: 'point', listOf: '活动安排', total: null, names: ['主题', '组别', '奖项'], numbers: [null, null, null] },
    ]);
    expect(listsIn('· 4月5日 9:00—17:00，开放\n· 4月6日 8:00—22:00，恢复')[0]?.names).toEqual([
      '4月5日 9:00—17:00',
      '4月6日 8:00—22:00',
    ]);
  });
});

describe('numbered points', () => {
  it.each([
    ['（一）报名。网上进行。（二）缴费。现场缴纳。（三）考试。统一组织。', ['报名', '缴费', '考试']],
    [
      '一、招聘岗位\n详见附件。\n二、报名方式\n网上报名。\n三、联系方式\n见官网。',
      ['招聘岗位', '报名方式', '联系方式'],
    ],
    ['1.投标人须知；2.评标办法；3.合同条款。', ['投标人须知', '评标办法', '合同条款']],
    ['一是抓好宣传。二是严格检查。三是及时报告。', ['抓好宣传', '严格检查', '及时报告']],
    ['第一，明确责任。第二，细化措施。', ['明确责任', '细化措施']],
    ['首先做好登记。其次核对信息。最后统一归档。', ['做好登记', '核对信息', '统一归档']],
    ['①关闭阀门②储备用水③留意通知', ['关闭阀门', '储备用水', '留意通知']],
    [
      '注意事项 1、请提前十五分钟到场 2、请勿携带手机 3、请保持安静',
      ['请提前十五分钟到场', '请勿携带手机', '请保持安静'],
    ],
    ['（1）原件；（2）复印件。', ['原件', '复印件']],
  ])('are found in %s', (body, names) => {
    expect(points(body).map((list) => list.names)).toContainEqual(names);
    expect(points(body)[0]?.numbers).toEqual(names.map((_, i) => i + 1));
  });

  it('nests lists as they are written', () => {
    const body =
      '一、条件（一）年龄。不限。（二）学历。本科。二、程序（一）初审。一是看材料；二是看资格。（二）复审。一是面谈；二是体检。三、附则。';
    expect(points(body).map(({ names }) => names)).toEqual([
      ['条件', '程序', '附则'],
      ['年龄', '学历'],
      ['初审', '复审'],
      ['看材料', '看资格'],
      ['面谈', '体检'],
    ]);
  });

  it('says what the points are', () => {
    expect(points('会议提出三项任务。一是补短板。二是强弱项。三是抓落实。')[0]?.listOf).toBe('任务');
    expect(points('请准备以下材料：1.申请表；2.承诺书。')[0]?.listOf).toBe('材料');
    expect(points('一、范围。全市。二、联系方式\n1.教务处\n2.学生处')[1]?.listOf).toBe('联系方式');
  });

  it('takes a code behind a heading as the number that it is', () => {
    const [list] = points('拟设2个项目，具体如下。（一）课堂创新（01）。面向教师。（二）数字素养（02）。面向骨干。');
    expect(list).toMatchObject({ listOf: '项目', names: ['课堂创新', '数字素养'], numbers: [1, 2] });
  });

  it('leaves the list of attachments to the attachments', () => {
    expect(points('附件：1.报名表\n2.承诺书')).toEqual([]);
  });

  it('takes no decimals, versions, single marks and grades for points', () => {
    for (const body of ['增长1.5倍，达到2.85万人。', '一、二年级学生参加。', '统一、规范。', '第一条街道', '3.14活动'])
      expect(points(body)).toEqual([]);
  });

  it('cuts a heading that runs on', () => {
    const [list] = points(`一、总则${'各单位要认真组织'.repeat(3)}，${'逐级落实'.repeat(20)}。二、其他。`);
    expect(list?.names[0]?.length).toBeLessThanOrEqual(60);
  });
});
