import { describe, expect, it } from 'vitest';
import { dataFiles, readDataFile } from '../../../../src/bootstrap/data-files.js';
import { tableRulesSchema } from '../../../../src/ingest/facts/table/rules.js';
import { createTableFinder } from '../../../../src/ingest/facts/table/find-tables.js';

const find = createTableFinder(readDataFile(`${dataFiles.directory}tables.json`, tableRulesSchema));
/** Header, then each row with its name in front; cells between |. */
const shown = (body: string): string[][] =>
  find(body).map(({ columns, rows }) => [
    columns.map(({ name, note }) => (note === '' ? name : `${name}[${note}]`)).join('|'),
    ...rows.map(({ name, cells }) =>
      [name === null ? '-' : body.slice(name.start, name.end), ...cells.map(({ text }) => text)].join('|'),
    ),
  ]);

describe('tables of copied page text', () => {
  it('have a header line and rows below', () => {
    expect(shown('收费如下：\n类别 学费（元/年） 住宿费（元/年）\n文科 4400 900\n工科 5200 900\n请按时缴纳。')).toEqual(
      [['类别|学费[元/年]|住宿费[元/年]', '文科|文科|4400|900', '工科|工科|5200|900']],
    );
  });

  it('may have a heading before the header, ｜ between cells and a number before each row', () => {
    expect(shown('【日程】 日期｜时间｜线路\n5月6日｜8:00—12:00｜东山线\n5月7日｜9:00—11:00｜西山线')[0]).toEqual([
      '日期|时间|线路',
      '东山线|5月6日|8:00—12:00|东山线',
      '西山线|5月7日|9:00—11:00|西山线',
    ]);
    expect(shown('序号 姓名 成绩\n1 江小舟 88\n2 罗一帆 91')).toEqual([
      ['序号|姓名|成绩', '江小舟|1|江小舟|88', '罗一帆|2|罗一帆|91'],
    ]);
  });

  it('keep a value whole that has a blank in it', () => {
    expect(
      shown('阶段 时间 备注\n初选 2025-02-24 13:00—02-26 12:00 网上\n复选 2025-03-01 10:00—03-03 16:00 现场'),
    ).toEqual([
      ['阶段|时间|备注', '初选|初选|2025-02-24 13:00—02-26 12:00|网上', '复选|复选|2025-03-01 10:00—03-03 16:00|现场'],
    ]);
  });

  it('may have lost their line breaks', () => {
    expect(
      shown(
        '安排如下：课程名称 日期 时间 地点 高等代数 2月22日 8:30—10:30 东楼201 大学物理 2月23日 14:00—16:00 西楼305。其他事项另行通知。',
      ),
    ).toEqual([
      [
        '课程名称|日期|时间|地点',
        '高等代数|高等代数|2月22日|8:30—10:30|东楼201',
        '大学物理|大学物理|2月23日|14:00—16:00|西楼305',
      ],
    ]);
    expect(shown('科目 联系人 电话 数学 江小舟 0571-5555 0186 物理 计一然 0571-5555 0187')).toEqual([
      ['科目|联系人|电话', '数学 江小舟|数学|江小舟|0571-5555 0186', '物理 计一然|物理|计一然|0571-5555 0187'],
    ]);
  });

  it('may have each cell on a line of its own', () => {
    expect(
      shown('学院\n接收专业\n名额\n考核方式\n信息学院\n软件工程\n18\n机试\n文学院\n新闻学\n12\n面试\n特此通知。'),
    ).toEqual([
      [
        '学院|接收专业|名额|考核方式',
        '信息学院\n软件工程|信息学院|软件工程|18|机试',
        '文学院\n新闻学|文学院|新闻学|12|面试',
      ],
    ]);
  });

  it('are not found in prose, lists of labels and empty forms', () => {
    for (const body of [
      '请各单位按时间、地点参加活动。',
      '企业名称\n姓名\n职务\n手机\n',
      '时间 地点 时间 地点 时间 地点',
      '联系人：江小舟 电话：55550001',
      '校团委 文学院\n2025年4月8日',
    ])
      expect(shown(body), body).toEqual([]);
  });
});
