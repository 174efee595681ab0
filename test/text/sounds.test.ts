import { describe, expect, it } from 'vitest';
import { soundAlikes } from '../../src/text/sounds.js';

describe('characters that sound alike', () => {
  it('are the common ones of the same syllable, whatever the tone', () => {
    expect(soundAlikes('客')).toContain('课');
    expect(soundAlikes('至')).toContain('止');
    expect(soundAlikes('客')).not.toContain('程');
  });

  it('do not include the character, and there are none for a letter', () => {
    expect(soundAlikes('课')).not.toContain('课');
    expect(soundAlikes('A')).toEqual([]);
  });
});
