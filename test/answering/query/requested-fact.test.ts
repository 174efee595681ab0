import { describe, expect, it } from 'vitest';
import { readDataFile } from '../../../src/bootstrap/data-files.js';
import { asksSchema, parseRequestedFact } from '../../../src/answering/query/requested-fact.js';
import { fold } from '../../../src/text/fold.js';

const rules = readDataFile('data/asks.json', asksSchema);
const ask = (text: string) => parseRequestedFact(fold(text), rules);

describe('a question asks for', () => {
  it.each([
    ['报名啥时候截止', { kind: 'period', types: ['registration'], edge: 'end' }],
    ['調劑系統什麼時候開通', { kind: 'period', types: ['opening'], edge: 'start' }],
    ['培训多长时间', { kind: 'duration' }],
    ['谁的电话是0571-87650001', { kind: 'owner', digits: '057187650001' }],
    ['12345是哪里的电话', { kind: 'owner', digits: '12345' }],
    ['传真号码是多少', { kind: 'contact', channels: ['fax'] }],
    ['号码是多少', { kind: 'contact', channels: ['phone'] }],
    ['这事找谁', { kind: 'contact', channels: [] }],
    ['付件三是什么', { kind: 'attachment', number: 3 }],
    ['附件十二', { kind: 'attachment', number: 12 }],
    ['第4个附件是什么', { kind: 'attachment', number: 4 }],
    ['附件有哪些', { kind: 'attachment', number: null }],
    ['这份通知的文号', { kind: 'document-number' }],
    ['在哪里举行', { kind: 'place' }],
    ['哪8个区要停水', { kind: 'list', count: 8 }],
    ['哪两家公司中标', { kind: 'list', count: 2 }],
    ['有哪些条件', { kind: 'list', count: null }],
    ['督导定在哪几天', { kind: 'period' }],
    ['材料送到哪', { kind: 'place' }],
    ['在哪个网站查', { kind: 'contact', channels: ['web'] }],
    ['门户网站做了哪些升级', { kind: 'list' }],
    ['打电话摸排的机器人一分钟呼多少人', { kind: 'quantity' }],
    ['举报打什么电话', { kind: 'contact', channels: ['phone'] }],
    ['这条消息是几号发的', { kind: 'passage' }],
    ['大赛的主题', { kind: 'passage' }],
  ])('%s: %j', (text, expected) => {
    expect(ask(text)).toMatchObject(expected);
  });

  it('does not take a year or a date for a short number', () => {
    expect(ask('2024年谁的作品获奖').kind).not.toBe('owner');
  });
});
