import { describe, expect, it } from 'vitest';
import { readDataFile } from '../../../src/bootstrap/data-files.js';
import {
  followUpSchema,
  parseTopicShift,
  readFollowUp,
} from '../../../src/answering/conversation/conversation-cues.js';

const rules = readDataFile('data/follow-ups.json', followUpSchema);

describe('the opening of a question', () => {
  it.each([
    ['象棋赛在哪里举行', { kind: 'goes-on', rest: '象棋赛在哪里举行', isAnew: false }],
    ['对了,报名费多少', { kind: 'goes-on', rest: '报名费多少', isAnew: true }],
    ['换一个,西馆的电话', { kind: 'goes-on', rest: '西馆的电话', isAnew: true }],
    ['换一个身份证要什么材料', { kind: 'goes-on', rest: '换一个身份证要什么材料', isAnew: false }],
    ['换个话题,泳池哪天换水', { kind: 'leaves', rest: '泳池哪天换水' }],
    ['好,换个话题', { kind: 'goes-on', rest: '好,换个话题', isAnew: false }],
    ['刚才那个泳池电话是多少', { kind: 'returns', to: 'named', rest: '泳池电话是多少' }],
    ['刚才说的那座桥能走吗', { kind: 'returns', to: 'named', rest: '桥能走吗' }],
    ['那前面说的泳池呢', { kind: 'returns', to: 'named', rest: '泳池呢' }],
    ['上一个通知的电话', { kind: 'returns', to: 'previous', rest: '电话' }],
    ['第一个通知里报名费多少', { kind: 'returns', to: 'first', rest: '报名费多少' }],
    ['4月18日之前要交什么', { kind: 'goes-on', rest: '4月18日之前要交什么', isAnew: false }],
    ['换个话题', { kind: 'goes-on', rest: '换个话题', isAnew: false }],
    ['刚才', { kind: 'goes-on', rest: '刚才', isAnew: false }],
  ])('of %s is read as %j', (text, expected) => {
    expect(parseTopicShift(text, rules)).toEqual(expected);
  });

  it('is read once, however often its words are said', () => {
    expect(parseTopicShift('对了'.repeat(150), rules).rest).not.toBe('');
  });
});

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
