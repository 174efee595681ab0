import { describe, expect, it } from 'vitest';
import { contactsIn, linesOf } from './kit.js';

/** Layouts of real notices with invented people and numbers. */
describe('people and their numbers', () => {
  const layouts: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'numbers with blanks inside, named by what they are for, without a word for telephone',
      '【联系】缴费查询 0571-5555 882，缓缴 0571-5555 861（资助科 江小舟）',
      ['phone | 0571-5555 882 | - | 缴费查询 | -', 'phone | 0571-5555 861 | 江小舟 | 缓缴 | 资助科'],
    ],
    [
      'a mobile number with blanks behind people who divide the work',
      '会务组：江小舟（投稿），139 0000 7788；罗一帆（食宿与交通），0571-8555 0233。',
      ['phone | 139 0000 7788 | 江小舟 | 投稿 | 会务组', 'phone | 0571-8555 0233 | 罗一帆 | 食宿与交通 | 会务组'],
    ],
    [
      'schools before their numbers, each on its line',
      '学校电话\n东山实验小学　0571-3360 201\n西山小学　0571-3360 202',
      ['phone | 0571-3360 201 | - | 东山实验小学 | -', 'phone | 0571-3360 202 | - | 西山小学 | -'],
    ],
    [
      'lines inside the house',
      '教务科 江小舟，电话（内线）6120；技术问题找江老师，分机802。',
      ['phone | 6120 | 江小舟 | - | 教务科', 'phone | 分机802 | 江老师 | 技术问题 | -'],
    ],
    [
      'a table of subject, teacher and number',
      '科目 联系人 电话 数学 江小舟 0571-5555 0186 物理 罗一帆 0571-5555 0187',
      ['phone | 0571-5555 0186 | 江小舟 | 数学 | -', 'phone | 0571-5555 0187 | 罗一帆 | 物理 | -'],
    ],
    [
      'subjects in brackets behind teachers',
      '联系人：江小舟（高数、线代），5555 4330；罗一禾（英语、物理），5555 4331。',
      ['phone | 5555 4330 | 江小舟 | 高数、线代 | -', 'phone | 5555 4331 | 罗一禾 | 英语、物理 | -'],
    ],
    [
      'an office with its part in the brackets behind',
      '咨询电话：0571-5555 0119（作战训练科，只解答体能问题）',
      ['phone | 0571-5555 0119 | - | 只解答体能问题 | 作战训练科'],
    ],
    [
      'whom to ask for what, in prose',
      '通关事宜请联系江小舟 13900000001，减免税事宜请联系罗婧13900000002。联系电话见上。',
      ['phone | 13900000001 | 江小舟 | 通关事宜 | -', 'phone | 13900000002 | 罗婧 | 减免税事宜 | -'],
    ],
    [
      'titles of every kind',
      '找我们：书画课堂 小江老师 188 0000 4130；老年食堂 罗姐 188 0000 4131。',
      ['phone | 188 0000 4130 | 小江老师 | 书画课堂 | -', 'phone | 188 0000 4131 | 罗姐 | 老年食堂 | -'],
    ],
    [
      'a list of people, each with a part and a number',
      '联系人：江小舟（高职），55550136；\n罗一帆（中职），55550139。',
      ['phone | 55550136 | 江小舟 | 高职 | -', 'phone | 55550139 | 罗一帆 | 中职 | -'],
    ],
    [
      'the same under 联系电话',
      '联系电话：江小舟（本科），55550136；罗一帆（专科），55550139。',
      ['phone | 55550136 | 江小舟 | 本科 | -', 'phone | 55550139 | 罗一帆 | 专科 | -'],
    ],
    [
      'two people sharing a number',
      '联系人：江小舟，罗一帆；联系电话：55550127。',
      ['phone | 55550127 | 江小舟+罗一帆 | - | -'],
    ],
    [
      'two people sharing two numbers',
      '联系人：江小舟、罗一帆；联系电话13800000001，022-55552893',
      ['phone | 13800000001 | 江小舟+罗一帆 | - | -', 'phone | 022-55552893 | 江小舟+罗一帆 | - | -'],
    ],
    [
      'names joined by 和, names set with a blank',
      '联系人：江小舟和罗一帆、方 圆 电 话：0571-85550001',
      ['phone | 0571-85550001 | 江小舟+罗一帆+方 圆 | - | -'],
    ],
    [
      'titles instead of names',
      '咨询电话：江老师：13800000001；李副主任：13800000002',
      ['phone | 13800000001 | 江老师 | 咨询 | -', 'phone | 13800000002 | 李副主任 | 咨询 | -'],
    ],
    ['the name behind the number', '电话：55550001（江老师）', ['phone | 55550001 | 江老师 | - | -']],
    [
      'one name behind two numbers',
      '联系电话：55550001、55550002（江小舟）。',
      ['phone | 55550001 | 江小舟 | - | -', 'phone | 55550002 | 江小舟 | - | -'],
    ],
    [
      'name and office behind the number, after a blank',
      '报名咨询电话：010-55550001 江老师；技术支持电话：010-55550002 罗老师。',
      ['phone | 010-55550001 | 江老师 | 报名咨询 | -', 'phone | 010-55550002 | 罗老师 | 技术支持 | -'],
    ],
    [
      'numbered offices, each on its lines',
      '六、联系方式\n1.滨江市教委\n职业教育处 联系人：江小舟；联系电话：022-55550136\n教师处 联系人：罗一帆；联系电话：022-55550127\n2.滨江市培训项目管理办公室\n联系人：方圆、齐悦；联系电话13800000001，022-55552893',
      [
        'phone | 022-55550136 | 江小舟 | - | 职业教育处',
        'phone | 022-55550127 | 罗一帆 | - | 教师处',
        'phone | 13800000001 | 方圆+齐悦 | - | 滨江市培训项目管理办公室',
        'phone | 022-55552893 | 方圆+齐悦 | - | 滨江市培训项目管理办公室',
      ],
    ],
    [
      'a table whose cells became lines of words',
      '处室 联系人 电话\n职业教育处 江小舟 55550136\n教师处 罗一帆 55550127\n财务处 方圆 55550128',
      [
        'phone | 55550136 | 江小舟 | - | 职业教育处',
        'phone | 55550127 | 罗一帆 | - | 教师处',
        'phone | 55550128 | 方圆 | - | 财务处',
      ],
    ],
    [
      'a numbered table in one line',
      '序号 姓名 职称 联系电话 1 江小舟 主治医师 三级 13800000001 2 罗一帆 副主任医师 13800000002',
      ['phone | 13800000001 | 江小舟 | - | -', 'phone | 13800000002 | 罗一帆 | - | -'],
    ],
    [
      'number in brackets behind each name',
      '政策咨询服务： 江小舟（55550033，13800000001） 罗婧（55550026） 监督举报电话：55550110',
      [
        'phone | 55550033 | 江小舟 | 政策咨询服务 | -',
        'phone | 13800000001 | 江小舟 | 政策咨询服务 | -',
        'phone | 55550026 | 罗婧 | 政策咨询服务 | -',
        'phone | 55550110 | - | 监督举报 | -',
      ],
    ],
    [
      'parts with a colon and no word for telephone',
      '报名咨询：江老师 55550001\n技术支持：022-55550002，罗一帆',
      ['phone | 55550001 | 江老师 | 报名咨询 | -', 'phone | 022-55550002 | - | 技术支持 | -'],
    ],
    [
      'districts before numbers in a row',
      '各区联系电话：河东区 55550001 南山区55550002',
      ['phone | 55550001 | - | 河东区 | -', 'phone | 55550002 | - | 南山区 | -'],
    ],
    [
      'an office of the issuer, called ours',
      '有关事项请与我委职业教育处联系，联系人：江舟，电话：55550001。',
      ['phone | 55550001 | 江舟 | - | 职业教育处'],
    ],
    [
      'office and person in one word',
      '联系人：合作司江舟，电话010-55557437；人事处罗老师：010-55557438',
      ['phone | 010-55557437 | 江舟 | - | 合作司', 'phone | 010-55557438 | 罗老师 | - | 人事处'],
    ],
    [
      'offices before numbers, without people',
      '联系电话：人事管理科0597-5553313、工资福利科0597-5553318',
      ['phone | 0597-5553313 | - | - | 人事管理科', 'phone | 0597-5553318 | - | - | 工资福利科'],
    ],
    [
      'a clause in brackets that names office, person and number',
      '给予补贴。（对接部门：区科信局；联系人：江小舟、罗一帆；联系电话：55559405、55559406）',
      ['phone | 55559405 | 江小舟+罗一帆 | - | 区科信局', 'phone | 55559406 | 江小舟+罗一帆 | - | 区科信局'],
    ],
    [
      'people who divide the work but share the number',
      '联系人：江小舟（高职）、罗一帆（中职），电话：55550001。',
      ['phone | 55550001 | 江小舟 | 高职 | -', 'phone | 55550001 | 罗一帆 | 中职 | -'],
    ],
    [
      'a hotline of its own after a person',
      '联系人：江小舟；联系电话：55550001；监督电话：55550002。',
      ['phone | 55550001 | 江小舟 | - | -', 'phone | 55550002 | - | 监督 | -'],
    ],
    [
      'tender: parties with address, person and number',
      '1.采购人信息\n名 称：滨江市第二医院\n地 址：滨江市河西路8号\n联系方式：022-55550001\n2.采购代理机构信息\n名 称：云帆招标有限公司\n地 址：滨江市东楼大厦3层\n联系方式：022-55550002\n3.项目联系方式\n项目联系人：江工\n电 话：022-55550003',
      [
        'phone | 022-55550001 | - | - | 滨江市第二医院',
        'phone | 022-55550002 | - | - | 云帆招标有限公司',
        'phone | 022-55550003 | 江工 | - | -',
      ],
    ],
    [
      'cities before numbers are parts, not people',
      '受理电话公布如下：\n岳阳：0730-5558618\n常德：0736-5551026',
      ['phone | 0730-5558618 | - | 岳阳 | -', 'phone | 0736-5551026 | - | 常德 | -'],
    ],
  ];

  it.each(layouts)('%s', (_name, body, expected) => {
    expect(linesOf(body, 'phone')).toEqual(expected);
  });

  it('names the office that the sentence before sends readers to', () => {
    const body = '如有异议，请以书面方式向市教育局人事处反映。联系人：江小舟；联系电话：55550127。';
    expect(linesOf(body)).toEqual([
      'none | - | - | - | 市教育局人事处',
      'phone | 55550127 | 江小舟 | - | 市教育局人事处',
    ]);
  });

  it('tells a whose-number by the words before 电话', () => {
    const body = '滨江市价格举报电话：12345、12315市教委收费监督电话：55551402、55551403';
    expect(linesOf(body)).toEqual([
      'phone | 12345 | - | 滨江市价格举报 | -',
      'phone | 12315 | - | 滨江市价格举报 | -',
      'phone | 55551402 | - | 收费监督 | 市教委',
      'phone | 55551403 | - | 收费监督 | 市教委',
    ]);
    expect(linesOf('滨江市督导室监督举报电话：022—55555153。')).toEqual([
      'phone | 022—55555153 | - | 监督举报 | 滨江市督导室',
    ]);
  });

  it('shares mail, address and postcode among all whom the list names', () => {
    const body = '联系电话：江小舟，55550136；罗一帆，55550139。地址：滨江市南山区北道50号';
    expect(linesOf(body, 'address')).toEqual(['address | 滨江市南山区北道50号 | 江小舟+罗一帆 | - | -']);
  });

  it('shows the sentence of the person with the sentence of the number', () => {
    const body = '欢迎报名。\n联系人：江小舟；\n联系电话：55550127。\n特此通知。';
    const [phone] = contactsIn(body);
    expect(phone && body.slice(phone.span.start, phone.span.end)).toBe('联系人：江小舟；\n联系电话：55550127。');
  });

  it('names people and offices without a number', () => {
    expect(linesOf('本次活动联系人：江小舟。')).toEqual(['none | - | 江小舟 | - | -']);
    expect(linesOf('对公示有异议的，请与市教委职业教育处联系。')).toEqual(['none | - | - | - | 市教委职业教育处']);
    expect(linesOf('异议材料须写明联系人姓名、通讯地址和电话。')).toEqual([]);
    expect(linesOf('如有问题，请及时向有关部门反映，我处将与相关部门联系。')).toEqual([]);
  });
});
