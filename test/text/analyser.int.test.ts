import { describe, expect, it } from 'vitest';
import { realAnalyser } from '../support/real-analyser.js';

describe('the terms of the real dictionary', () => {
  it('keeps whole runs of digits and letters', () => {
    expect(realAnalyser().terms('联系电话：022-83215136，VR')).toEqual(
      expect.arrayContaining(['022', '83215136', 'vr']),
    );
  });

  it('adds the longer words that the dictionary knows', () => {
    expect(realAnalyser().terms('在线精品课程')).toContain('在线精品课程');
  });

  it('gives a notice and a question the same terms for the same words', () => {
    expect(realAnalyser().terms('職業教育條例')).toEqual(realAnalyser().terms('职业教育条例'));
  });

  it('names places without their rank', () => {
    expect(realAnalyser().places('河北省的学校在蓟州区吗')).toEqual(['河北', '蓟州']);
  });

  it('keeps the header of the user dictionary out of every text', () => {
    expect(
      realAnalyser()
        .terms('用户词典')
        .some((term) => term.startsWith('#')),
    ).toBe(false);
  });
});
