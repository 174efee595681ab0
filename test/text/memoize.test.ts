import { describe, expect, it } from 'vitest';
import { memoizeLru } from '../../src/text/memoize.js';

/** A function that notes what it is asked for. */
function noting(most: number) {
  const read: string[] = [];
  const remembered = memoizeLru((text) => {
    read.push(text);
    return `${text}!`;
  }, most);
  return { read, remembered };
}

describe('a function that remembers', () => {
  it('is asked once for a text that comes again', () => {
    const { read, remembered } = noting(2);
    expect([remembered('甲'), remembered('甲')]).toEqual(['甲!', '甲!']);
    expect(read).toEqual(['甲']);
  });

  it('forgets the text that was not asked for longest', () => {
    const { read, remembered } = noting(2);
    for (const text of ['甲', '乙', '甲', '丙', '甲', '乙']) remembered(text);
    expect(read).toEqual(['甲', '乙', '丙', '乙']);
  });

  it('does not keep the bodies of notices', () => {
    const { read, remembered } = noting(2);
    const body = '长'.repeat(401);
    remembered(body);
    remembered(body);
    expect(read).toHaveLength(2);
  });
});
