import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitQuestionOfTwo } from '../../../src/answering/query/split-question.js';

describe('a question that asks the same of two things', () => {
  it.each([
    ['精品课程和创优赋能的公示期分别到哪天', '精品课程的公示期分别到哪天', '创优赋能的公示期分别到哪天'],
    ['南岭区与北岭区分别停水多久', '南岭区的分别停水多久', '北岭区的分别停水多久'],
    ['东门以及西门的地址各是什么', '东门的地址各是什么', '西门的地址各是什么'],
    ['报名费还有考试费各自是多少', '报名费的各自是多少', '考试费的各自是多少'],
    ['2024年和2025年四级报名费分别是多少', '2024年四级报名费分别是多少', '2025年四级报名费分别是多少'],
  ])('%s is two questions', (asked, first, second) => {
    expect(splitQuestionOfTwo(asked)).toEqual([first, second]);
  });

  it.each(['报名费分别是多少', '和', '甲和乙', ''])('%s is not', (asked) => {
    expect(splitQuestionOfTwo(asked)).toBeNull();
  });

  it('is read in time linear in its length', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('和', '的', '分', '别', '甲'), maxLength: 300 }), (text) => {
        splitQuestionOfTwo(text);
      }),
    );
  });
});
