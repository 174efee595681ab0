import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createQuantityExtractor } from '../../../../src/ingest/facts/quantity/extract-quantities.js';
import { quantityRules } from '../item/kit.js';
import { misplaced, sourceOf } from '../kit.js';

const extract = createQuantityExtractor(quantityRules);
const quantitiesIn = (body: string) => extract(sourceOf(body));
/** [literal, value, unit, of] of each. */
const shown = (body: string) =>
  quantitiesIn(body).map(({ at, value, unit, of }) => [body.slice(at.start, at.end), value, unit, of]);

describe('quantities', () => {
  it.each([
    [
      '共认定60门课程（中职20门，高职40门）。',
      [
        ['60门', 60, '门', '课程'],
        ['20门', 20, '门', '中职'],
        ['40门', 40, '门', '高职'],
      ],
    ],
    ['培训标准为人均480元/天。', [['人均480元/天', 480, '元/天', '培训标准']]],
    ['新增学位1.25万个。', [['1.25万个', 12500, '个', '学位']]],
    ['录像保存期限不得少于60日。', [['不得少于60日', 60, '日', '录像保存期限']]],
    ['每天安排45分钟大课间活动。', [['45分钟', 45, '分钟', '大课间活动']]],
    [
      '开展不少于2周（80学时）的集中培训。',
      [
        ['不少于2周', 2, '周', '集中培训'],
        ['80学时', 80, '学时', '集中培训'],
      ],
    ],
    ['近七成企业复工。', [['近七成', 7, '成', '企业']]],
    ['达标率95%以上。', [['95%以上', 95, '%', '达标率']]],
    ['征收率为千分之五。', [['千分之五', 5, '千分之', '征收率']]],
    ['整改措施三百二十一条。', [['三百二十一条', 321, '条', '整改措施']]],
    [
      '选派两名教师，支教半年。',
      [
        ['两名', 2, '名', '教师'],
        ['半年', 0.5, '年', '支教'],
      ],
    ],
    ['预算金额1,280,000元。', [['1,280,000元', 1280000, '元', '预算金额']]],
    ['吸引160余名家长参加。', [['160余名', 160, '名', '家长']]],
    ['录制十几门视频课程。', [['十几门', null, '门', '视频课程']]],
    ['招收30-40名学员。', [['30-40名', null, '名', '学员']]],
    ['一式五份寄送。', [['五份', 5, '份', '一式']]],
    ['公示5个工作日。', [['5个工作日', 5, '个工作日', '公示']]],
    ['停水时间约8小时。', [['约8小时', 8, '小时', '停水时间']]],
    ['提出六项要求。', [['六项', 6, '项', '要求']]],
  ])('are found in %s', (body, expected) => {
    expect(shown(body)).toEqual(expected);
  });

  it.each([
    ['预算金额：1,860,000.00元', [['1,860,000.00元', 1860000, '元', '预算金额']]],
    ['最高限价186.5万元。', [['186.5万元', 1865000, '元', '最高限价']]],
    ['会务费￥1,200。', [['￥1,200', 1200, '元', '会务费']]],
    ['报名费30元/人次。', [['30元/人次', 30, '元/人次', '报名费']]],
    ['重修费每学分80元。', [['每学分80元', 80, '元', '重修费']]],
    ['每人考务费100元。', [['100元', 100, '元', '考务费']]],
    [
      '全程22.1公里，共8.5小时。',
      [
        ['22.1公里', 22.1, '公里', '全程'],
        ['8.5小时', 8.5, '小时', ''],
      ],
    ],
    ['年龄不超过40周岁。', [['不超过40周岁', 40, '周岁', '年龄']]],
    ['滞纳金百分之五。', [['百分之五', 5, '百分之', '滞纳金']]],
    [
      '二等奖4名，500元。',
      [
        ['4名', 4, '名', '二等奖'],
        ['500元', 500, '元', '二等奖'],
      ],
    ],
    [
      '限额由每月900元提高到1200元。',
      [
        ['每月900元', 900, '元', '限额'],
        ['1200元', 1200, '元', '限额'],
      ],
    ],
    ['答辩评分（20%）', [['20%', 20, '%', '答辩评分']]],
    ['化验员 2名，大专以上', [['2名', 2, '名', '化验员']]],
    ['停止预约7天。', [['7天', 7, '天', '停止预约']]],
    ['违约3次。', [['3次', 3, '次', '违约']]],
    [
      '60—79岁12元。',
      [
        ['60—79岁', null, '岁', ''],
        ['12元', 12, '元', '60—79岁'],
      ],
    ],
  ])('are found in %s', (body, expected) => {
    expect(shown(body)).toEqual(expected);
  });

  it('in tables take unit and name from column and row', () => {
    expect(shown('类别 学费（元/学期） 人数\n普通本科（文科） 2400 60\n艺术类本科 5000 20')).toEqual([
      ['2400', 2400, '元/学期', '普通本科（文科） 学费'],
      ['60', 60, '人', '普通本科（文科） 人数'],
      ['5000', 5000, '元/学期', '艺术类本科 学费'],
      ['20', 20, '人', '艺术类本科 人数'],
    ]);
    expect(
      shown('房源 套数 租金\n东山公寓 130套 每平方米18元\n西山公寓 62套 每平方米16元').map((one) => one[3]),
    ).toEqual(['东山公寓 套数', '东山公寓 租金', '西山公寓 套数', '西山公寓 租金']);
    expect(shown('岗位\t学历\t招聘人数\n内科医师\t硕士\t2\n\t本科\t3').map((one) => one[3])).toEqual([
      '内科医师 硕士 招聘人数',
      '内科医师 本科 招聘人数',
    ]);
    expect(
      shown('标段 中标单位 中标金额（万元）\n一标段 甲建设公司 438.65\n二标段 乙建设公司 312.78')[0]?.slice(1, 3),
    ).toEqual([4386500, '元']);
  });

  it('takes no dates, ordinals, years, times, telephone numbers, codes and slogans for quantities', () => {
    for (const body of [
      '2024年3月11日至15日举行。',
      '第43届博览会第二次会议。',
      '3月17日开考，9:00起入场，14时30分结束。',
      '电话：022-60000000，13800000000。',
      '地址：平安路50号2号楼2410室（邮编300000）。',
      '增强“四个意识”。',
      '党的二十大精神。',
      '执行一级响应，二期工程，高一年级。',
      '购买ST18装配线、N95口罩。',
      '《三十个故事》',
      '一个都不能少，一种可能。',
      '十分重要。',
      '江教〔2024〕3号。',
      '二〇二五年三月十日',
    ])
      expect(shown(body)).toEqual([]);
  });

  it('comes back from any number, unit and limit', () => {
    const number = fc.oneof(
      fc.integer({ min: 2, max: 99_999 }),
      fc.integer({ min: 1, max: 9999 }).map((n) => n / 100),
    );
    fc.assert(
      fc.property(
        number,
        fc.constantFrom('名', '万元', '门', '分钟', '%', '平方米', '学时'),
        fc.constantFrom('', '不少于', '最多', '约'),
        (n, unit, before) => {
          const body = `其中${before}${String(n)}${unit}。`;
          const [found] = quantitiesIn(body);
          expect(found?.value).toBeCloseTo(unit === '万元' ? n * 10_000 : n, 4);
          expect(body.slice(found?.at.start, found?.at.end)).toBe(`${before}${String(n)}${unit}`);
        },
      ),
    );
  });

  it('any text gives quantities that stand where they say, and never an error', () => {
    const piece = fc.constantFrom(
      ...'0123456789.,一二两三十百千万半几多余个门元%/天年月日第（）“”《》的，。；'.split(''),
      '不少于',
      '以上',
      '个工作日',
      '百分之',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(piece, { maxLength: 60 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (body) => {
        const found = quantitiesIn(body);
        expect(misplaced(body, found)).toBeNull();
        expect(found.every(({ value }) => value === null || Number.isFinite(value))).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });
});
