import { describe, expect, it } from 'vitest';
import { createHomophoneFinder } from '../../src/text/homophones.js';

const findHomophones = createHomophoneFinder();

describe('characters that sound alike', () => {
  it('are the common ones of the same syllable, whatever the tone', () => {
    expect(findHomophones('客')).toContain('课');
    expect(findHomophones('至')).toContain('止');
    expect(findHomophones('客')).not.toContain('程');
  });

  it('do not include the character, and there are none for a letter', () => {
    expect(findHomophones('课')).not.toContain('课');
    expect(findHomophones('A')).toEqual([]);
  });
});
