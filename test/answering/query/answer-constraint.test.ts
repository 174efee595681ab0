import { describe, expect, it } from 'vitest';
import { readDataFile } from '../../../src/bootstrap/data-files.js';
import { asksSchema } from '../../../src/answering/query/requested-fact.js';
import { parseAnswerConstraint } from '../../../src/answering/query/answer-constraint.js';
import { fold } from '../../../src/text/fold.js';

const rules = readDataFile('data/asks.json', asksSchema);
const wanted = (text: string) => parseAnswerConstraint(fold(text), rules);

describe('the words of an answer must hold', () => {
  it.each([
    ['院长是谁', { kind: 'person', orOffice: false, post: '院长' }],
    ['冠军叫什么名字', { kind: 'person', orOffice: false, post: '冠军' }],
    ['这事由谁组织', { kind: 'person', orOffice: true, post: null }],
    ['是第几次会议通过的', { kind: 'ordinal', of: '次' }],
    ['疫苗星期几打', { kind: 'weekday' }],
    ['为啥停水', { kind: 'reason' }],
    ['哪个赛道是新设的', { kind: 'which', of: '赛道' }],
    ['周末开门吗', { kind: 'yes-no' }],
    ['能不能带手机', { kind: 'yes-no' }],
  ])('%s: %j', (text, expected) => {
    expect(wanted(text)).toEqual(expected);
  });

  it.each(['谁可以报名', '主题是什么', '报名需要什么'])('nothing that the question tells: %s', (text) => {
    expect(wanted(text)).toBeNull();
  });
});
