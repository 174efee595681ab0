import { describe, expect, it } from 'vitest';
import { readDataFile } from '../../../src/bootstrap/data-files.js';
import { followUpSchema, readFollowUp } from '../../../src/answering/conversation/follow-up.js';

const rules = readDataFile('data/follow-ups.json', followUpSchema);

describe('a question after another', () => {
  it.each([
    ['第二个呢', [], { kind: 'ordinal', n: 2, rest: '' }],
    ['第三份是什么', [], { kind: 'ordinal', n: 3, rest: '' }],
    ['最后一个呢', [], { kind: 'ordinal', n: -1, rest: '' }],
    ['第二个的电话', ['电话'], { kind: 'ordinal', n: 2, rest: '电话' }],
    ['第二个是哪个学校', [], { kind: 'ordinal', n: 2, rest: '哪个学校' }],
    ['第二个月几号发', ['几号'], { kind: 'own' }],
    ['第二天几点开始', ['几点'], { kind: 'own' }],
    ['那电话呢', ['电话'], { kind: 'aspect' }],
    ['附件有哪些？', ['附件'], { kind: 'aspect' }],
    ['到几点结束', ['几点', '结束'], { kind: 'aspect' }],
    ['那中职呢', [], { kind: 'swap', subject: '中职' }],
    ['泳池什么时候换水', ['什么时候'], { kind: 'own' }],
    ['第二届书法比赛什么时候报名', ['什么时候'], { kind: 'own' }],
  ])('%s is read as %j', (text, asked, expected) => {
    expect(readFollowUp(text, rules, asked)).toEqual(expected);
  });
});
