import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/text/fold.js';

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

  it('keeps punctuation and blanks apart from words, in their half-width form', () => {
    expect(fold('公示（３天），１％　截止')).toBe('公示(3天),1% 截止');
  });

  it('may change the length of a text', () => {
    expect(fold('５０㎡')).toBe('50m2');
    expect(fold('①②')).toBe('12');
  });

  it('leaves folded text alone', () => {
    expect(fold('2024年vr课程')).toBe('2024年vr课程');
    expect(fold('')).toBe('');
  });

  it('gives the same for a text too long to be cached', () => {
    expect(fold('ＶＲ課程'.repeat(200))).toBe('vr课程'.repeat(200));
  });
});
