import { describe, expect, it } from 'vitest';
import { hasValue, VALUE_TYPES } from '../../src/domain/answer-unit.js';

describe('hasValue', () => {
  it.each(VALUE_TYPES.map((type, bit) => ({ type, mask: 2 ** bit })))(
    'finds $type at its own bit only',
    ({ type, mask }) => {
      expect(VALUE_TYPES.filter((other) => hasValue(mask, other))).toEqual([type]);
      expect(VALUE_TYPES.filter((other) => !hasValue(~mask, other))).toEqual([type]);
    },
  );

  it('finds none in an empty mask', () => {
    expect(VALUE_TYPES.filter((type) => hasValue(0, type))).toEqual([]);
  });

  it('has a bit of 32 for each type, and each type once', () => {
    expect(VALUE_TYPES.length).toBeLessThan(32);
    expect(new Set(VALUE_TYPES).size).toBe(VALUE_TYPES.length);
  });
});
