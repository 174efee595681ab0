import { dataFiles, readDataFile } from '../../../../src/bootstrap/data-files.js';
import { describe, expect, it } from 'vitest';
import { createTableFinder } from '../../../../src/ingest/facts/table/find-tables.js';
import { tableRulesSchema } from '../../../../src/ingest/facts/table/rules.js';

const find = createTableFinder(readDataFile(`${dataFiles.directory}tables.json`, tableRulesSchema));
const body = (...lines: readonly string[]): string => lines.join('\n');
/** Each table's header, then its rows; cells between |. */
const shown = (text: string): string[][] =>
  find(text).map(({ columns, rows }) => [
    columns.map(({ name }) => name).join('|'),
    ...rows.map(({ cells }) => cells.map((cell) => cell.text).join('|')),
  ]);
/** Keys of each row of the first table; what is carried down with ^. */
const keysOf = (text: string): string[][] =>
  (find(text)[0]?.rows ?? []).map(({ keys }) => keys.map((key) => `${key.isCarried ? '^' : ''}${key.text}`));
const kindsOf = (...cells: readonly string[]): string[] =>
  (find(body('项目\t内容\t备注', cells.join('\t')))[0]?.rows[0]?.cells ?? []).map(({ kind }) => kind);

describe('a table with one cell a line', () => {
  it('needs two rows that fit the header', () => {
    const header = ['姓名', '成绩'];
    expect(shown(body(...header, '江小舟', '88', '罗一帆', '91'))).toEqual([['姓名|成绩', '江小舟|88', '罗一帆|91']]);
    expect(shown(body(...header, '江小舟', '88'))).toEqual([]);
  });

  it('ends where a line is a sentence or a label', () => {
    const rows = ['姓名', '成绩', '江小舟', '88', '罗一帆', '91'];
    expect(shown(body(...rows, '特此公告。', '2024'))).toEqual([['姓名|成绩', '江小舟|88', '罗一帆|91']]);
    expect(shown(body(...rows, '联系人：', '2024'))).toEqual([['姓名|成绩', '江小舟|88', '罗一帆|91']]);
  });

  it('ends where a row is of other kinds than the first', () => {
    const rows = ['姓名', '成绩', '江小舟', '88', '罗一帆', '91', '请按时', '报到'];
    expect(shown(body(...rows))).toEqual([['姓名|成绩', '江小舟|88', '罗一帆|91']]);
  });

  it('may have rows of any kind where serial numbers hold them together', () => {
    const rows = ['序号', '更正项', '更正前', '1', '开标时间', '4月8日', '2', '开标地点', '东楼201'];
    expect(shown(body(...rows))).toEqual([['序号|更正项|更正前', '1|开标时间|4月8日', '2|开标地点|东楼201']]);
  });

  it('has the most columns that the rows fit', () => {
    expect(shown(body('姓名', '学院', '成绩', '江小舟', '信息学院', '88', '罗一帆', '文学院', '91'))[0]?.[0]).toBe(
      '姓名|学院|成绩',
    );
  });
});

describe('a table with rows under a header, split by blanks', () => {
  it('needs two known columns, and half of all', () => {
    expect(shown(body('姓名 成绩', '江小舟 88'))).toEqual([['姓名|成绩', '江小舟|88']]);
    expect(shown(body('甲方 乙方', '江小舟 88'))).toEqual([]);
    expect(shown(body('姓名 甲 乙 丙 丁', '江小舟 1 2 3 4'))).toEqual([]);
    expect(shown(body('姓名 成绩 甲 乙 丙', '江小舟 1 2 3 4'))).toEqual([]);
  });

  it('keeps a line that does not fit as a row without cells', () => {
    expect(shown(body('姓名 成绩 备注', '江小舟 88 优', '罗一帆 91'))).toEqual([
      ['姓名|成绩|备注', '江小舟|88|优', ''],
    ]);
  });

  it('ends at a heading or a labelled line', () => {
    expect(shown(body('姓名 成绩', '江小舟 88', '二、 其他 事项', '罗一帆 91'))).toEqual([['姓名|成绩', '江小舟|88']]);
    expect(shown(body('姓名 成绩', '江小舟 88', '说明： 见附件', '罗一帆 91'))).toEqual([['姓名|成绩', '江小舟|88']]);
  });

  it('takes no person and no addressee for a column', () => {
    expect(shown(body('王医生 李医生', '周一 周二'))).toEqual([]);
    expect(shown(body('各单位 各部门', '甲 88'))).toEqual([]);
  });

  it('reads what stands in brackets behind a column as a note', () => {
    const [table] = find(body('类别 学费（元/年）', '文科 4400'));
    expect(table?.columns.map(({ name, note }) => [name, note])).toEqual([
      ['类别', ''],
      ['学费', '元/年'],
    ]);
  });

  it('knows its serial columns and its columns of people', () => {
    const [table] = find(body('序号 联系人 电话', '1 江小舟 5555-0186'));
    expect(table?.columns.map(({ isSerial, isPerson }) => [isSerial, isPerson])).toEqual([
      [true, false],
      [false, true],
      [false, false],
    ]);
  });
});

describe('a table on one line', () => {
  it('needs two rows with a value that is not text', () => {
    expect(shown('姓名 成绩 江小舟 88 罗一帆 91')).toEqual([['姓名|成绩', '江小舟|88', '罗一帆|91']]);
    expect(shown('姓名 成绩 江小舟 88')).toEqual([]);
    expect(shown('姓名 学院 江小舟 信息 罗一帆 文学')).toEqual([]);
  });

  it('may follow a heading and end with a sentence', () => {
    expect(shown('考试安排：姓名 成绩 江小舟 88 罗一帆 91。请核对。')).toEqual([
      ['姓名|成绩', '江小舟|88', '罗一帆|91'],
    ]);
  });

  it('may begin with a column that is not known', () => {
    expect(shown('场馆名 时间 电话 东馆 8:00 5555-0186 西馆 9:00 5555-0187')).toEqual([
      ['场馆名|时间|电话', '东馆|8:00|5555-0186', '西馆|9:00|5555-0187'],
    ]);
  });

  it('joins a day and its hours into one cell', () => {
    expect(shown('科目 时间 数学 3月1日 8:00 物理 3月2日 9:00')).toEqual([
      ['科目|时间', '数学|3月1日 8:00', '物理|3月2日 9:00'],
    ]);
  });
});

describe('a table with tabs', () => {
  it('fills a short row behind, or in front where it then resembles the row above', () => {
    expect(shown(body('岗位\t人数\t备注', '护士\t10\t大专', '药师\t2'))[0]?.[2]).toBe('药师|2|');
    expect(shown(body('科室\t联系人\t电话', '教务科\t江小舟\t5555-0186', '罗一帆\t5555-0187'))[0]?.[2]).toBe(
      '|罗一帆|5555-0187',
    );
  });

  it('may hold whole sentences in its cells', () => {
    const text = '请于三日内携带本人身份证原件到东门服务大厅办理。';
    expect(shown(body('环节\t要求', `申请\t${text}`, '领取\t凭证'))).toEqual([
      ['环节|要求', `申请|${text}`, '领取|凭证'],
    ]);
  });

  it('numbers its rows by a nameless column of 1, 2, 3', () => {
    const [table] = find(body('\t姓名\t成绩', '1\t江小舟\t88', '2\t罗一帆\t91'));
    expect(table?.columns.map(({ isSerial }) => isSerial)).toEqual([true, false, false]);
  });
});

describe('a cell', () => {
  it.each([
    ['18', 'number'],
    ['1,200', 'number'],
    ['0.5', 'number'],
    ['18人', 'measure'],
    ['800-1200元', 'measure'],
    ['83215136', 'phone'],
    ['022-83215136', 'phone'],
    ['0571-5555 0186', 'phone'],
    ['13912345678', 'phone'],
    ['3月15日', 'date'],
    ['2024-03-15', 'date'],
    ['2024年3月15日', 'date'],
    ['8:30', 'time'],
    ['上午9时', 'time'],
    ['无', 'empty'],
    ['—', 'empty'],
    ['江小舟', 'text'],
    ['东楼201', 'text'],
  ])('%s is of the kind %s', (text, kind) => {
    expect(kindsOf('甲', text, '乙')[1]).toBe(kind);
  });
});

describe('the keys of a row', () => {
  it('are its first cell where that distinguishes it', () => {
    expect(keysOf(body('科室\t电话', '教务科\t5555-0186', '学生科\t5555-0187'))).toEqual([['教务科'], ['学生科']]);
  });

  it('are as many cells as it takes', () => {
    expect(
      keysOf(body('科室\t时间\t医生', '心内科\t周一\t王医生', '心内科\t周三\t李医生', '骨科\t周一\t赵医生')),
    ).toEqual([
      ['心内科', '周一'],
      ['心内科', '周三'],
      ['骨科', '周一'],
    ]);
  });

  it('are neither serial numbers nor amounts', () => {
    expect(keysOf(body('序号\t姓名\t成绩', '1\t江小舟\t88', '2\t罗一帆\t91'))).toEqual([['江小舟'], ['罗一帆']]);
  });

  it('are no serial numbers in words either', () => {
    expect(keysOf(body('序号\t姓名\t成绩', '一\t江小舟\t88', '二\t罗一帆\t91'))).toEqual([['江小舟'], ['罗一帆']]);
  });

  it('are carried down into the cells that a merged cell leaves empty', () => {
    expect(
      keysOf(body('科室\t时间\t电话', '心内科\t周一\t5555-0186', '\t周三\t5555-0187', '骨科\t周一\t5555-0188')),
    ).toEqual([
      ['心内科', '周一'],
      ['^心内科', '周三'],
      ['骨科', '周一'],
    ]);
  });

  it('are the people of a row only where nothing else comes first', () => {
    expect(keysOf(body('科室\t联系人\t电话', '教务科\t江小舟\t5555-0186', '\t罗一帆\t5555-0187'))).toEqual([
      ['教务科'],
      ['^教务科'],
    ]);
    expect(keysOf(body('联系人\t电话', '江小舟\t5555-0186', '罗一帆\t5555-0187'))).toEqual([['江小舟'], ['罗一帆']]);
  });
});
