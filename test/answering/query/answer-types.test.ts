import { describe, expect, it } from 'vitest';
import { answerTypesSchema, createAnswerTypes } from '../../../src/answering/query/answer-types.js';
import { VALUE_TYPES, type ValueType } from '../../../src/domain/answer-unit.js';

const DAY = { type: 'day', cues: ['什么时候', '时候', '几號'], values: ['day' as const], columns: ['时间', '日期'] };
const CLOCK = { type: 'clock', cues: ['几点', '到几点', '时候'], values: ['clock' as const], columns: ['时间'] };
const END = { type: 'end', cues: ['到几点'], values: ['clock' as const, 'span-of-time' as const], columns: [] };
const TABLE = { about: 'A test.', types: [DAY, CLOCK, END] };
const answerTypes = createAnswerTypes(TABLE);
const maskOf = (...types: ValueType[]): number =>
  types.reduce((mask, type) => mask + 2 ** VALUE_TYPES.indexOf(type), 0);

describe('what a question asks for', () => {
  it('is known from its cues, with the values and columns that answer', () => {
    expect(answerTypes.of('几号报名')).toMatchObject({
      types: 1,
      cues: ['几号'],
      values: maskOf('day'),
      columns: ['时间', '日期'],
      valuesOf: new Map([[0, maskOf('day')]]),
    });
  });

  it('is of every type whose cue it holds, each value and column once', () => {
    const asked = answerTypes.of('几号几点');
    expect(asked).toMatchObject({
      types: 3,
      cues: ['几号', '几点'],
      values: maskOf('day', 'clock'),
      columns: ['时间', '日期'],
    });
    const shared = answerTypes.of('到几点');
    expect(shared).toEqual({
      types: 6,
      cues: ['到几点'],
      values: maskOf('clock', 'span-of-time'),
      valuesOf: new Map([
        [1, maskOf('clock')],
        [2, maskOf('clock', 'span-of-time')],
      ]),
      columns: ['时间'],
    });
  });

  it('is not known from a cue within another', () => {
    expect(answerTypes.of('什么时候报名')).toMatchObject({ types: 1, cues: ['什么时候'] });
    expect(answerTypes.of('报名的时候')).toMatchObject({ types: 3, cues: ['时候'] });
    expect(answerTypes.of('报名的时候是什么时候')).toMatchObject({ types: 3, cues: ['什么时候', '时候'] });
  });

  it('is nothing where it holds no cue', () => {
    expect(answerTypes.of('报名')).toEqual({ types: 0, cues: [], values: 0, valuesOf: new Map(), columns: [] });
  });
});

it.each([
  ['a value type that no text states', [{ ...DAY, values: ['taste'] }]],
  ['a type without a cue', [{ ...DAY, cues: [] }]],
  ['an empty cue', [{ ...DAY, cues: [''] }]],
  ['no types', []],
  ['more types than a mask has bits', Array.from({ length: 32 }, () => DAY)],
])('the schema refuses %s', (_, types) => {
  expect(answerTypesSchema.safeParse(TABLE).success).toBe(true);
  expect(answerTypesSchema.safeParse({ ...TABLE, types }).success).toBe(false);
});
