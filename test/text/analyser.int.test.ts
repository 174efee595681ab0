import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/text/fold.js';
import { realAnalyser } from '../support/real-analyser.js';

describe('fold', () => {
  it('makes one form of full-width, upper-case and traditional writing', () => {
    expect(fold('ＶＲ課程２０２４')).toBe('vr课程2024');
  });

  it('mends variants that machine conversion left in mainland text', () => {
    expect(fold('後续馀额')).toBe('后续余额');
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (s) => {
        expect(fold(fold(s))).toBe(fold(s));
      }),
    );
  });
});

describe('terms', () => {
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
