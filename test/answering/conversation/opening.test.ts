import { describe, expect, it } from 'vitest';
import { readDataFile } from '../../../src/bootstrap/data-files.js';
import { followUpSchema } from '../../../src/answering/conversation/follow-up.js';
import { parseTopicShift } from '../../../src/answering/conversation/opening.js';

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
