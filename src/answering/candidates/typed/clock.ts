import type { Span } from '../../../domain/fact.js';

const TIME = '(?:[01]?[0-9]|2[0-4])(?:[:：][0-5][0-9]|[时点](?:[0-5]?[0-9]分?|半|整)?)';
const PERIOD_OF_DAY = '(?:上午|下午|晚上?|凌晨|中午|早上?|次日)?';
const CLOCK = new RegExp(
  `(?<![0-9:：])${PERIOD_OF_DAY}${TIME}(?:\\s?[—–~～至到-]{1,2}\\s?${PERIOD_OF_DAY}${TIME})?(?![0-9]|[:：][0-9])`,
  'g',
);

/** Finds times of day and spans of hours in a text (7:20—10:00, 下午3点), in order. Linear. */
export function clockTimesIn(text: string): Span[] {
  return [...text.matchAll(CLOCK)].map(({ 0: words, index }) => ({ start: index, end: index + words.length }));
}
