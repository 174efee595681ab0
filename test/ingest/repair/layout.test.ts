import { describe, expect, it } from 'vitest';
import { repairNotice } from '../../../src/ingest/repair/repair-notice.js';
import { clean, notice, rules } from './cleaning.js';

describe('layout', () => {
  it.each([
    // entities
    ['关于&lt;办法&gt;的说明', '关于<办法>的说明'],
    ['a&amp;lt;b &#20013;&#x6587;&ldquo;好&rdquo;', 'a<b 中文“好”'],
    ['a&b; &#0; &#xD800;', 'a&b; &#0; &#xD800;'],
    // lost blanks
    ['????按照要求', '按照要求'],
    ['表彰先进?树立榜样', '表彰先进 树立榜样'],
    ['电话8321；???????张三', '电话8321；\n张三'],
    ['第一段结束。??第二段', '第一段结束。\n第二段'],
    ['他说“好。”?又说', '他说“好。”\n又说'],
    ['主题为“创新 ?育人”', '主题为“创新 育人”'],
    ['姓名，?电话', '姓名，电话'],
    // question marks
    ['哪些人可以申请?凡在校学生', '哪些人可以申请？凡在校学生'],
    ['怎样报名?', '怎样报名？'],
    ['怎样报名?，请看', '怎样报名，请看'],
    ['网址http://a.cn/x?id=1&n=2??电话', '网址http://a.cn/x?id=1&n=2 电话'],
    ['见www.a.cn/?p=3。', '见www.a.cn/?p=3。'],
    ['型号A?3与 Ready? Go', '型号A?3与 Ready? Go'],
    // blanks
    ['一\u00a0二', '一 二'],
    ['一　　二　三', '一\n二 三'],
    ['一  \t 二 \r\n\r\n  三 ', '一 二\n三'],
    ['零\u200b宽\u0007度\u00ad符\ud800', '零宽度符'],
    ['👩\u200d🏫 到校', '👩\u200d🏫 到校'],
    // characters set apart
    ['联系教? 师? 处? 张三', '联系教? 师? 处? 张三'.replaceAll('? ', ' ').trim()],
    ['电话：教? 师? 处? 张三', '电话：教师处 张三'],
    ['财  政  部', '财政部'],
    ['王? 芳', '王 芳'],
    // lost line breaks
    ['地址：北路5号附件：名单2024年1月5日', '地址：北路5号\n附件：名单\n2024年1月5日'],
    [
      '说明。附件：1.甲表??2.乙表3.丙表（2.0版）????2024年1月5日 ?',
      '说明。\n附件：1.甲表\n2.乙表\n3.丙表（2.0版）\n2024年1月5日',
    ],
    ['特此通知。附件1：甲附件2：乙', '特此通知。\n附件1：甲\n附件2：乙'],
    ['名单详见附件：甲', '名单详见附件：甲'],
    ['见附件1，共2.5页', '见附件1，共2.5页'],
    ['截止时间为2024年1月5日', '截止时间为2024年1月5日'],
    ['报名时间2024年1月5日', '报名时间2024年1月5日'],
  ])('%j becomes %j', (received, cleaned) => {
    expect(clean(received).body).toBe(cleaned);
  });

  it.each([
    // a browser copies a table with tabs, also around what is empty
    [
      '门诊安排\n科室\t周一 \t周二\n内科\t\t 王医生\n\t赵医生\t\n特此公告',
      '门诊安排\n科室\t周一\t周二\n内科\t\t王医生\n\t赵医生\t\n特此公告',
    ],
    ['甲\t乙\t丙\r\n\r\n丁\t戊\t己', '甲\t乙\t丙\n丁\t戊\t己'],
    // wide blanks part as many cells in each of several lines
    ['课程　　时间　地点\n书法　　　周一  东楼', '课程　时间　地点\n书法　周一　东楼'],
    ['东厅　　1号\n西厅　　2号\n南厅　　3号', '东厅　1号\n西厅　2号\n南厅　3号'],
    // what is no table
    ['\t各单位：\n\t现通知如下。', '各单位：\n现通知如下。'],
    ['发布\t教务处\n正文。', '发布 教务处\n正文。'],
    ['主办：团委　　承办：诗社\n协办：书院　　时间：周五', '主办：团委\n承办：诗社\n协办：书院\n时间：周五'],
    ['东厅　　1号\n西厅　　2号', '东厅\n1号\n西厅\n2号'],
    [
      '第一段结束。　　第二段开始。\n第三段结束。　　第四段。\n第五段。　　第六段。',
      '第一段结束。\n第二段开始。\n第三段结束。\n第四段。\n第五段。\n第六段。',
    ],
  ])('keeps what parts the columns of a table: %j becomes %j', (received, cleaned) => {
    expect(clean(received).body).toBe(cleaned);
    expect(clean(cleaned).repairs).toEqual([]);
  });

  it('keeps a title on one line', () => {
    expect(repairNotice(notice({ title: '?关于　　放假?的通知\n' }), rules).title).toBe('关于 放假 的通知');
  });
});

describe('attachments', () => {
  it('glued to the end of a body move to the files', () => {
    const repaired = clean('联系人：张三。附件：评价结果????附件：评价结果.doc');
    expect(repaired.body).toBe('联系人：张三。\n附件：评价结果');
    expect(repaired.attachments).toEqual([
      { kind: 'file', number: null, name: '评价结果.doc' },
      { kind: 'listed', number: null, name: '评价结果' },
    ]);
    expect(repaired.repairs.at(-1)).toMatchObject({ rule: 'glued-attachment', to: '' });
  });

  it.each([
    ['特此通知。附件1.docx', '特此通知。', ['附件1.docx']],
    ['特此通知。\n甲.pdf\n附件2：乙.xlsx', '特此通知。', ['甲.pdf', '乙.xlsx']],
    ['下载地址 http://a.cn/b.docx', '下载地址 http://a.cn/b.docx', []],
    ['请填写报名表.docx', '', ['请填写报名表.docx']],
    ['请发到 a@b.doc', '请发到 a@b.doc', []],
  ])('%j', (received, body, files) => {
    const repaired = clean(received);
    expect(repaired.body).toBe(body);
    expect(repaired.attachments.filter(({ kind }) => kind === 'file').map(({ name }) => name)).toEqual(files);
  });

  it('keep the number that is printed before them', () => {
    const repaired = repairNotice(
      notice({
        body: '附件：\n1.甲表\n2.乙表。\n另行通知\n附件3：丙表',
        attachments: ['附件3：丙表.docx', '附件.docx', '1.甲表.xls'],
      }),
      rules,
    );
    expect(repaired.attachments).toEqual([
      { kind: 'file', number: 3, name: '丙表.docx' },
      { kind: 'file', number: null, name: '附件.docx' },
      { kind: 'file', number: 1, name: '甲表.xls' },
      { kind: 'listed', number: 1, name: '甲表' },
      { kind: 'listed', number: 2, name: '乙表' },
      { kind: 'listed', number: 3, name: '丙表' },
    ]);
  });
});
