import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataFiles, readDataFile } from '../../../../src/bootstrap/data-files.js';
import { tableRulesSchema } from '../../../../src/ingest/facts/table/rules.js';
import { createTableFinder } from '../../../../src/ingest/facts/table/find-tables.js';

const find = createTableFinder(readDataFile(`${dataFiles.directory}tables.json`, tableRulesSchema));
const body = (...lines: readonly string[]): string => lines.join('\n');
/** Each table's header, then its rows; cells between |. */
const shown = (text: string): string[][] =>
  find(text).map(({ columns, rows }) => [
    columns.map(({ name }) => name).join('|'),
    ...rows.map(({ cells }) => cells.map((cell) => cell.text).join('|')),
  ]);
/** What names each row of the first table: what is carried down with ^, its own name behind →. */
const named = (text: string): string[] =>
  (find(text)[0]?.rows ?? []).map(
    ({ keys, name }) =>
      `${keys.map((key) => `${key.isCarried ? '^' : ''}${key.text}`).join(' ')} → ${name === null ? '' : text.slice(name.start, name.end)}`,
  );

describe('tables with tabs between their cells', () => {
  it('keep what is empty in its place, and need no column that is known', () => {
    expect(
      shown(body('门诊安排如下：', '\t周一\t周二\t周三', '心内科\t王医生\t\t李医生', '骨科\t\t赵医生\t', '特此公告。')),
    ).toEqual([['|周一|周二|周三', '心内科|王医生||李医生', '骨科||赵医生|']]);
    expect(shown(body('一等奖\t二等奖\t三等奖', '江小舟\t罗一帆\t计一然', '麦青青\t鲁平川\t—'))).toEqual([
      ['一等奖|二等奖|三等奖', '江小舟|罗一帆|计一然', '麦青青|鲁平川|—'],
    ]);
  });

  it('keep blanks inside a cell', () => {
    expect(
      shown(body('场馆\t周二至周五\t周六、周日', '自习室\t9:00 — 21:00\t8:30 — 22:00', '阅览室\t9:00\t闭馆')),
    ).toEqual([['场馆|周二至周五|周六、周日', '自习室|9:00 — 21:00|8:30 — 22:00', '阅览室|9:00|闭馆']]);
  });

  it('have no named columns where the first line is like those below', () => {
    expect(shown(body('城关卫生院\t环城路3号\t4421-511', '渡口卫生院\t老街81号\t4421-522'))).toEqual([
      ['||', '城关卫生院|环城路3号|4421-511', '渡口卫生院|老街81号|4421-522'],
    ]);
    expect(shown(body('甲片区\t育才小学', '乙片区\t江畔小学', '丙片区\t会展路小学'))).toEqual([
      ['|', '甲片区|育才小学', '乙片区|江畔小学', '丙片区|会展路小学'],
    ]);
  });

  it('may have lost the blanks before a header or behind a row', () => {
    expect(shown(body('上午\t下午', '周一\t书法班\t国画班', '周二\t合唱团\t舞蹈队'))).toEqual([
      ['|上午|下午', '周一|书法班|国画班', '周二|合唱团|舞蹈队'],
    ]);
    expect(shown(body('岗位\t人数\t备注', '护士\t10\t大专', '药师\t2'))).toEqual([
      ['岗位|人数|备注', '护士|10|大专', '药师|2|'],
    ]);
  });

  it('begin at the line that names the columns, and end where the next names others', () => {
    expect(shown(body('首页\t通知\t正文', '姓名\t考号\t成绩', '江小舟\t001\t88', '罗一帆\t002\t91'))).toEqual([
      ['姓名|考号|成绩', '江小舟|001|88', '罗一帆|002|91'],
    ]);
    expect(shown(body('岗位\t人数', '护士\t10', '药师\t2', '科室\t电话', '护理部\t5555-0186'))).toEqual([
      ['岗位|人数', '护士|10', '药师|2'],
      ['科室|电话', '护理部|5555-0186'],
    ]);
  });

  it('are not found in labels, marked points and indents', () => {
    for (const text of [
      body('联系人：江小舟\t电话：55550001', '地址：东路1号\t邮编：300000'),
      body('1.\t请各单位认真组织', '2.\t请按时报送', '3.\t逾期不候'),
      body('●\t请各单位认真组织', '●\t请按时报送'),
      body('会议\t请各单位认真组织。', '报名\t请按时报送材料。'),
      body('\t各单位：', '\t现将有关事项通知如下。'),
      body('发布单位\t教务处'),
    ])
      expect(shown(text), text).toEqual([]);
  });
});

describe('tables with other marks between their cells', () => {
  it('are found under known columns', () => {
    const rows = [
      ['课程', '教师', '时间'],
      ['书法', '江小舟', '周二'],
    ];
    for (const mark of ['\u3000', '   ', ' / ', ' | ', '｜', ' ; '])
      expect(shown(body('安排如下。', ...rows.map((cells) => cells.join(mark)), '请准时到场。')), mark).toEqual([
        ['课程|教师|时间', '书法|江小舟|周二'],
      ]);
  });

  it('are found where three lines agree', () => {
    for (const mark of ['\u3000', '  ', ' / ', ' | ', '｜', ' ; ']) {
      const lines = ['甲村 12户 张三', '乙村 8户 李四', '丙村 9户 王五'].map((line) => line.replaceAll(' ', mark));
      expect(shown(body(...lines)), mark).toEqual([['||', '甲村|12户|张三', '乙村|8户|李四', '丙村|9户|王五']]);
      expect(shown(body(...lines.slice(1))), mark).toEqual([]);
    }
  });

  it('have two columns only if one is of values', () => {
    expect(shown(body('实验小学　5555-0186', '海港小学　5555-0187', '翠屏小学　5555-0188'))).toHaveLength(1);
    expect(shown(body('通知 / Notice', '注意 / Attention', '出口 / Exit'))).toEqual([]);
  });

  it('may be framed and ruled', () => {
    expect(shown(body('| 班次 | 谁来 |', '|---|:--:|', '| 早班 | 江小舟 |'))).toEqual([['班次|谁来', '早班|江小舟']]);
    expect(shown(body('｜时段｜教练｜场地｜', '｜早班｜江小舟｜1号｜', '｜｜罗一帆｜2号｜'))).toEqual([
      ['时段|教练|场地', '早班|江小舟|1号', '|罗一帆|2号'],
    ]);
  });

  it('are not found in prose', () => {
    for (const text of [
      body('请登录系统 / 点击报名 / 提交。', '请上传照片 / 身份证 / 学历证。', '请等待审核 / 短信 / 通知。'),
      body('首页 | 新闻 | 通知', '当前位置 | 首页'),
      body('各单位　各部门', '现将有关事项　通知如下', '请遵照　执行'),
      body('6月9日　下列单位报送：', '详见附件'),
    ])
      expect(shown(text), text).toEqual([]);
  });
});

describe('rows', () => {
  it('are told by the columns that it takes together', () => {
    expect(
      named(
        body(
          '科室\t星期\t医生\t诊室',
          '心血管内科\t周一\t江小舟\t201',
          '心血管内科\t周三\t罗一帆\t201',
          '骨科\t周三\t计一然\t305',
        ),
      ),
    ).toEqual(['心血管内科 周一 → 心血管内科\t周一', '心血管内科 周三 → 心血管内科\t周三', '骨科 周三 → 骨科\t周三']);
    expect(named(body('序号\t岗位\t人数\t学历', '1\t麻醉科医师\t2\t硕士', '2\t护士\t10\t大专'))).toEqual([
      '麻醉科医师 → 麻醉科医师',
      '护士 → 护士',
    ]);
  });

  it('are told by words beside a date', () => {
    expect(named(body('日期｜线路｜范围', '5月6日｜东山线｜东山村', '5月7日｜西山线｜西山村'))).toEqual([
      '5月6日 东山线 → 东山线',
      '5月7日 西山线 → 西山线',
    ]);
  });

  it('take from above what merged cells say once, and keep their own places', () => {
    const text = body(
      '科室\t星期\t时段\t医生',
      '心内科\t周一\t上午\t江小舟',
      '\t周三\t下午\t罗一帆',
      '骨科\t周三\t下午\t计一然',
      '\t\t晚上\t麦青青',
    );
    expect(named(text)).toEqual([
      '心内科 周一 上午 → 心内科\t周一\t上午',
      '^心内科 周三 下午 → 周三\t下午',
      '骨科 周三 下午 → 骨科\t周三\t下午',
      '^骨科 ^周三 晚上 → 晚上',
    ]);
    const [, second] = find(text)[0]?.rows ?? [];
    expect(second && text.slice(second.start, second.end)).toBe('周三\t下午\t罗一帆');
    expect(second?.cells[0]).toMatchObject({ text: '', kind: 'empty' });
    expect(second?.keys[0]).toMatchObject({ column: 0, start: text.indexOf('心内科') });
  });

  it('may have left out the cells that were merged', () => {
    const text = body('科室\t时间\t医生', '内科\t周一上午\t江医生', '周二上午\t罗医生', '外科\t周三上午\t计医生');
    expect(shown(text)[0]).toContain('|周二上午|罗医生');
    expect(named(text)[1]).toBe('^内科 周二上午 → 周二上午');
  });

  it('take nothing from above in a sum', () => {
    expect(named(body('序号\t岗位\t人数', '1\t护士\t10', '2\t药师\t2', '合计\t\t12')).at(-1)).toBe(' → ');
  });
});

describe('any text', () => {
  const piece = fc.constantFrom(
    '\t',
    '\n',
    '\u3000',
    '  ',
    ' / ',
    '|',
    '｜',
    ' ; ',
    '内科',
    '王医生',
    '周一',
    '姓名',
    '电话',
  );
  const more = fc.constantFrom('5555-0186', '18', '3月1日', '—', '---', '。', '：', '1.', '');

  it('has rows in order whose cells and keys are what stands in their places', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, more), { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        let end = 0;
        for (const { columns, rows } of find(text)) {
          for (const row of rows) {
            expect(row.start).toBeGreaterThanOrEqual(end);
            expect(row.end).toBeGreaterThan(row.start);
            end = row.end;
            if (row.cells.length > 0) expect(row.cells).toHaveLength(columns.length);
            for (const cell of [...row.cells, ...row.keys]) expect(text.slice(cell.start, cell.end)).toBe(cell.text);
          }
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
