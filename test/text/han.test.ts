import { describe, expect, it } from 'vitest';
import { occursIsolated } from '../../src/text/han.js';

describe('a word stands apart', () => {
  it.each(['雷泽，男，1980年生', '名单：雷泽', '雷泽', '云雷泽多处，另见：雷泽。'])('in %s', (text) => {
    expect(occursIsolated(text, '雷泽')).toBe(true);
  });

  it.each(['云雷泽', '雷泽云', '', '雷、泽'])('but not in %s', (text) => {
    expect(occursIsolated(text, '雷泽')).toBe(false);
  });
});
