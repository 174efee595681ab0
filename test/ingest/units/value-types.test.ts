import { describe, expect, it } from 'vitest';
import { hasValue, VALUE_TYPES, type ValueType } from '../../../src/domain/answer-unit.js';
import { valueTypesOf } from '../../../src/ingest/units/value-types.js';
import { fold } from '../../../src/text/fold.js';

/** For each type texts that state it, and behind / such that do not. */
const CASES: Readonly<Record<ValueType, string>> = {
  day: '5月6日 2025-05-06 5月下旬 / 6号楼 第5条',
  'span-of-time': '5月6日至8日 9:00-11:30 报名截止 期间 / 5月6日',
  clock: '8：30 上午九点 / 第3条 2小时',
  weekday: '周三 星期日 双休日 / 周边 一周',
  duration: '3个工作日 半年 45分钟 / 高一年级',
  money: '３００元 免费 12.5万元 / 3000人',
  count: '20名 三所 余票5张 / 五月 2025',
  share: '30％ 七折 百分之五 1:3 / 30',
  phone: '0571-55550186 13800138000 12345 / 2025 123456',
  email: 'ZB@example.gov / @某人',
  web: 'https://a.cn www.example 官网 / 网络',
  account: '开户行 帐号 / 号码',
  address: '东山路8号 3号楼 报告厅 / 大学',
  person: '联系人：江小舟 王老师 / 江小舟',
  office: '市财政局（南楼） 教务处 / 结局如何',
  'document-number': '江政发〔2025〕3号 第12号 / 3号',
  code: 'ab-1024 001234 / 12 2025年',
  condition: '须满18周岁 不得代办 凡本市居民 / 如下',
  step: '登录后填写 携带证件 / 关于',
  reason: '因检修 由于天气 为了安全 / 因此 作为',
  ruling: '予以批准 改为线上 / 公示',
  enumeration: '甲、乙、丙 （一）甲（二）乙 包括 / 甲、乙',
  end: '5月6日截止 6月1日前报送 至8日 / 报名',
  start: '即日起 自3月1日 开始报名 / 起火 5月6日',
  change: '改为线上 延期举行 由3层迁至5层 / 更多',
  refusal: '不得报考 谢绝参观 概不退费 / 不少',
  permission: '可以代办 无需预约 年龄不限 / 可能',
  material: '身份证 复印件 户口簿 / 资料室',
  grade: '一等奖 总分 90分 / 90分钟',
  'quoted-name': '《城市园林设计》 “三改” / 三改',
};

describe.each(VALUE_TYPES)('values of the type %s', (type) => {
  const [stated = [], others = []] = CASES[type].split(' / ').map((texts) => texts.split(' '));
  it.each(stated)('are stated by %s', (text) => {
    expect(hasValue(valueTypesOf(fold(text)), type)).toBe(true);
  });
  it.each(others)('are not stated by %s', (text) => {
    expect(hasValue(valueTypesOf(fold(text)), type)).toBe(false);
  });
});

it('reads the beginning of a long text only', () => {
  expect(hasValue(valueTypesOf(`${'甲'.repeat(790)}免费`), 'money')).toBe(true);
  expect(valueTypesOf(`${'甲'.repeat(800)}免费`)).toBe(0);
});
