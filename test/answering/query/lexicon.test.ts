import { describe, expect, it } from 'vitest';
import { parseLexicon } from '../../../src/answering/query/lexicon.js';
import { OperatorError } from '../../../src/domain/errors.js';

const read = (...lines: string[]) => parseLexicon([{ name: 'pets.txt', text: lines.join('\n') }]);
/** Words that may stand for those of a question, each with its relation. */
const related = (lexicon: ReturnType<typeof read>, question: string): Record<string, string[]> =>
  Object.fromEntries(lexicon.in(question).map((e) => [e.word, e.related.map((r) => `${r.relation}:${r.word}`)]));

describe('the lexicon', () => {
  it('lets each word of a group of the same meaning stand for each other', () => {
    const lexicon = read('# Pets', '', '= 宠物 爱宠 毛孩子', '= 兽医 宠物医生');
    expect(lexicon.size).toBe(2);
    expect(related(lexicon, '我的毛孩子要打针')).toEqual({ 毛孩子: ['same:宠物', 'same:爱宠'] });
    expect(related(lexicon, '兔子')).toEqual({});
  });

  it('lets a kind or part stand for the whole and the other way round, but not for another kind', () => {
    const lexicon = read('< 小猫 小狗 | 宠物 动物', '@ 爪子 | 小猫');
    expect(related(lexicon, '宠物')).toEqual({ 宠物: ['kind:小猫', 'kind:小狗'] });
    expect(related(lexicon, '小狗')).toEqual({ 小狗: ['kind:宠物', 'kind:动物'] });
    expect(related(lexicon, '爪子')).toEqual({ 爪子: ['part:小猫'] });
  });

  it('joins the groups of a word over all files, those of the same meaning first and each word once', () => {
    const lexicon = parseLexicon([
      { name: 'a.txt', text: '< 小猫 | 宠物\n< 小猫 | 咪咪' },
      { name: 'b.txt', text: '= 小猫 咪咪 猫咪' },
    ]);
    expect(related(lexicon, '小猫')).toEqual({ 小猫: ['same:咪咪', 'same:猫咪', 'kind:宠物'] });
  });

  it('finds words that overlap, and bounds those related to one', () => {
    expect(related(read('= 小猫 猫咪', '= 猫窝 猫舍'), '小猫窝')).toEqual({ 小猫: ['same:猫咪'], 猫窝: ['same:猫舍'] });
    const kinds = Array.from({ length: 40 }, (_, n) => `猫${n}`);
    expect(related(read(`< ${kinds.join(' ')} | 宠物`), '宠物')['宠物']).toHaveLength(24);
  });

  it.each([
    ['a sign that it does not know', '~ 小猫 猫咪'],
    ['a word alone', '= 小猫'],
    ['a kind of nothing', '< 小猫'],
    ['a whole in a group of the same meaning', '= 小猫 猫咪 | 宠物'],
    ['two wholes', '< 小猫 | 宠物 | 动物'],
    ['a word of one character', '= 小猫 猫'],
  ])('refuses %s, and names file and line', (_, line) => {
    const reading = () => read('# Pets', '= 宠物 爱宠', line);
    expect(reading).toThrow(OperatorError);
    expect(reading).toThrow(/pets\.txt.*3/);
  });
});
