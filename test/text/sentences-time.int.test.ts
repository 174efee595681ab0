import { describe, expect, it } from 'vitest';
import { splitSentences } from '../../src/text/sentences.js';

describe('splitSentences', () => {
  it('is linear: a megabyte of brackets or of blanks is cut in moments', () => {
    const start = performance.now();
    splitSentences('（'.repeat(1_000_000));
    splitSentences(' '.repeat(1_000_000));
    const short = performance.now();
    splitSentences('（'.repeat(250_000));
    splitSentences(' '.repeat(250_000));
    const end = performance.now();
    // Four times the text may take about four times as long; a quadratic cut would take sixteen.
    expect(short - start).toBeLessThan(10 * (end - short) + 200);
  });
});
