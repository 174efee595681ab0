import { describe, expect, it } from 'vitest';
import { contactsIn, linesOf } from './kit.js';

const values = (body: string): string[] =>
  contactsIn(body).map(({ channel, value, normalised }) => `${channel} ${value} ${normalised}`);

describe('telephone numbers', () => {
  it.each([
    ['电话：55555136', '55555136', '55555136'],
    ['电话：022-55555136', '022-55555136', '02255555136'],
    ['电话：022—55555153', '022—55555153', '02255555153'],
    ['电话：（022）5555 5136', '（022）5555 5136', '02255555136'],
    ['电话：0311-85555047转801', '0311-85555047转801', '031185555047801'],
    ['电话：022-55555136-801', '022-55555136-801', '02255555136801'],
    ['客服电话：400-555-1366', '400-555-1366', '4005551366'],
    ['客服电话：400-5551-366', '400-5551-366', '4005551366'],
    ['手机：138 0000 0001', '138 0000 0001', '13800000001'],
    ['电话：+86-22-55555136', '+86-22-55555136', '02255555136'],
    ['电话：０２２－５５５５５１３６', '０２２－５５５５５１３６', '02255555136'],
    ['电 话：7555136', '7555136', '7555136'],
    ['Tel: 022-55555136', '022-55555136', '02255555136'],
    ['致电供电服务热线95598', '95598', '95598'],
    ['可拨打12345咨询', '12345', '12345'],
    ['可通过12366纳税服务热线咨询', '12366', '12366'],
    ['请拨打120', '120', '120'],
  ])('%s', (body, value, normalised) => {
    expect(values(body)).toEqual([`phone ${value} ${normalised}`]);
  });

  it('carries the area code through a list', () => {
    expect(values('联系电话：010-55550001、55550002/55550003')).toEqual([
      'phone 010-55550001 01055550001',
      'phone 55550002 01055550002',
      'phone 55550003 01055550003',
    ]);
  });

  it.each([
    ['dates', '报名时间：20240311至20240315，考试2024-03-16。'],
    ['ranges of years', '2024-2025年建设项目，电话另行通知。'],
    ['amounts', '预算金额：55550000元，热线服务费12345元。'],
    ['document numbers', '依据津教职函〔2024〕3号文件，编号55551234。'],
    ['identity and account numbers', '身份证号：110101199003070012，学号：55551234。'],
    ['numbers of projects', '项目编号：55551234-01，联系电话另附。'],
    ['ISBN', 'ISBN 978-7-5555-0001-2，定价45元。'],
    ['digits without a word that they are a number to call', '本次共发放55551234，累计22345678。'],
    ['an area code that does not exist', '序列0999999-55551234未通过。'],
    ['a service code without such a word', '共有12345人参加，12315项合格。'],
  ])('does not take %s for one', (_name, body) => {
    expect(contactsIn(body)).toEqual([]);
  });
});

describe('other channels', () => {
  it('tells fax from telephone', () => {
    expect(linesOf('电话：022-55550001 传真：022-55550002')).toEqual([
      'phone | 022-55550001 | - | - | -',
      'fax | 022-55550002 | - | - | -',
    ]);
    expect(linesOf('电话/传真：022-55550001')).toEqual([
      'phone | 022-55550001 | - | - | -',
      'fax | 022-55550001 | - | - | -',
    ]);
    expect(linesOf('电 话：010-55550771 55550522（传真）')).toEqual([
      'phone | 010-55550771 | - | - | -',
      'fax | 55550522 | - | - | -',
    ]);
  });

  it('finds e-mail in and out of prose, with its people', () => {
    expect(linesOf('联系人：江小舟 电话：55550001 邮箱：Jiang@Example.org.cn')).toEqual([
      'phone | 55550001 | 江小舟 | - | -',
      'email | Jiang@Example.org.cn | 江小舟 | - | -',
    ]);
    expect(linesOf('请通过邮箱zjc@example.cn及时报送市教委。')).toEqual(['email | zjc@example.cn | - | - | 市教委']);
  });

  it('ends an address where it ends', () => {
    const body =
      '联系地址：滨江市南山区北道50号2号楼2410室（邮编300074）。邮寄至滨江市解放路1277号教务处，邮政编码：100001';
    expect(linesOf(body)).toEqual([
      'address | 滨江市南山区北道50号2号楼2410室 | - | - | -',
      'postcode | 300074 | - | - | -',
      'address | 滨江市解放路1277号教务处 | - | - | -',
      'postcode | 100001 | - | - | -',
    ]);
    expect(linesOf('报名地点：滨江市东山路8号 行政楼302室 联系电话：55550001', 'address')).toEqual([
      'address | 滨江市东山路8号 行政楼302室 | - | 报名 | -',
    ]);
    expect(linesOf('联系地址：详见附件。通讯地址和电话另附。')).toEqual([]);
  });

  it('finds the address between an office and its number', () => {
    expect(linesOf('东山办税厅　东山区锦江道5号　0571-2290 362\n西山办税厅　西山区望岳路77号　0571-2290 361')).toEqual([
      'address | 东山区锦江道5号 | - | - | 东山办税厅',
      'phone | 0571-2290 362 | - | - | 东山办税厅',
      'address | 西山区望岳路77号 | - | - | 西山办税厅',
      'phone | 0571-2290 361 | - | - | 西山办税厅',
    ]);
  });

  it('takes no numbers of a table, no service number in prose and no extension without a number', () => {
    expect(linesOf('类别 学费 住宿费\n普通本科 2400 600\n艺术学院 5000 750')).toEqual([]);
    expect(linesOf('畅通12345热线。').map((line) => line.split(' | ')[3])).toEqual(['-']);
    expect(linesOf('乘地铁2号线转16号线。')).toEqual([]);
  });

  it('finds sites by address and by name', () => {
    expect(values('登录报名网站（https://bm.example.cn/a?b=1），或www.example.com。')).toEqual([
      'web https://bm.example.cn/a?b=1 https://bm.example.cn/a?b=1',
      'web www.example.com www.example.com',
    ]);
    expect(values('平台（http://10.1.2.3:8280/train/）已开通。')).toEqual([
      'web http://10.1.2.3:8280/train/ http://10.1.2.3:8280/train/',
    ]);
    expect(values('网址：bm.example.edu.cn')).toEqual(['web bm.example.edu.cn bm.example.edu.cn']);
    expect(values('考生可登录“滨江招考网”打印准考证。')).toEqual(['web 滨江招考网 滨江招考网']);
    expect(values('请访问滨江市人事考试中心网站查询。')).toEqual(['web 滨江市人事考试中心网站 滨江市人事考试中心网站']);
    expect(linesOf('加入QQ群：555500001，关注微信公众号“滨江发布”。')).toEqual([
      'account | 555500001 | - | QQ群 | -',
      'web | 滨江发布 | - | 微信公众号 | -',
    ]);
  });

  it('finds bank accounts and does not call them', () => {
    const body = '开户名：滨江市慈善总会\n开户行：云帆银行北山支行\n账 号：6000 0000 5555 1234\n电话：55550001';
    expect(linesOf(body).map((line) => line.split(' | ').slice(0, 4).join(' | '))).toEqual([
      'account | 滨江市慈善总会 | - | 开户名',
      'account | 云帆银行北山支行 | - | 开户行',
      'account | 6000 0000 5555 1234 | - | 账 号',
      'phone | 55550001 | - | -',
    ]);
  });
});
