import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MAX_FILTER_COLUMNS,
  MAX_FILTER_WORDS,
  setHour,
  setMinute,
  setWords,
  toggleColumn,
  MAX_FILTER_WORD_LENGTH,
} from '../../../src/notify/subscriptions/settings-edits.js';
import { DEFAULT_SETTINGS, type SubscriptionSettings } from '../../../src/domain/subscription.js';

const wordsAfter = (typed: string, settings = DEFAULT_SETTINGS): readonly string[] | string => {
  const edited = setWords('include', typed)(settings);
  return edited.kind === 'changed' ? edited.settings.include : edited.kind;
};

describe('words as they are typed', () => {
  it('are separated by blanks, commas of both widths, 、 and lines, each once', () => {
    expect(wordsAfter('公示 招聘，职业教育、高考,公示；中考\n讲座')).toEqual([
      '公示',
      '招聘',
      '职业教育',
      '高考',
      '中考',
      '讲座',
    ]);
  });

  it('are literal: what a pattern would mean is kept as it stands', () => {
    expect(wordsAfter(`a.* <b> %1_ '--x`)).toEqual(['a.*', '<b>', '%1_', `'--x`]);
  });

  it('are none after 无, which beside others is a word', () => {
    expect(wordsAfter('无', { ...DEFAULT_SETTINGS, include: ['旧'] })).toEqual([]);
    expect(wordsAfter('无 障碍')).toEqual(['无', '障碍']);
  });

  it('end where a sentence ends', () => {
    expect(wordsAfter('公示。招聘！高考')).toEqual(['公示', '招聘', '高考']);
  });

  it('are refused when there is none among the signs, and only a word for it clears the list', () => {
    const some = { ...DEFAULT_SETTINGS, include: ['旧'] };
    for (const typed of ['', ' \n', '，、', '。。。', '*', '- /', '\u200b'])
      expect(wordsAfter(typed, some)).toBe('no-words');
    expect(wordsAfter('清空。', some)).toEqual([]);
  });

  it('lose what nobody sees', () => {
    expect(wordsAfter('\u200b\u202e公示\u200b\u0000')).toEqual(['公示']);
  });

  it('beyond the bounds change nothing and are told why', () => {
    const many = Array.from({ length: MAX_FILTER_WORDS + 1 }, (_, i) => `词${i}`).join(' ');
    expect(wordsAfter(many)).toBe('too-many-words');
    expect(wordsAfter('长'.repeat(MAX_FILTER_WORD_LENGTH + 1))).toBe('word-too-long');
    expect(wordsAfter('😀'.repeat(MAX_FILTER_WORD_LENGTH))).toEqual(['😀'.repeat(MAX_FILTER_WORD_LENGTH)]);
  });

  it('keep the bounds whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (typed) => {
        const words = wordsAfter(typed);
        if (typeof words === 'string') return;
        expect(words.length).toBeLessThanOrEqual(MAX_FILTER_WORDS);
        for (const word of words) {
          expect(Array.from(word).length).toBeLessThanOrEqual(MAX_FILTER_WORD_LENGTH);
          expect(word).not.toMatch(/\s|[\p{Cc}\p{Cf}\p{Cs}]/u);
          expect(word).not.toBe('');
        }
      }),
    );
  });
});

describe('columns', () => {
  const full: SubscriptionSettings = {
    ...DEFAULT_SETTINGS,
    columns: Array.from({ length: MAX_FILTER_COLUMNS }, (_, i) => `栏目${i}`),
  };

  it('are chosen and let go of by the same press', () => {
    const once = toggleColumn('公示公告')(DEFAULT_SETTINGS);
    if (once.kind !== 'changed') throw new Error(once.kind);
    expect(once.settings.columns).toEqual(['公示公告']);
    expect(toggleColumn('公示公告')(once.settings)).toMatchObject({ settings: { columns: [] } });
  });

  it('have a bound, at which one may still let go of one', () => {
    expect(toggleColumn('又一栏')(full)).toEqual({ kind: 'too-many-columns' });
    expect(toggleColumn('栏目0')(full).kind).toBe('changed');
  });
});

describe('the time', () => {
  it('keeps its minute when the hour changes, and the other way round', () => {
    const late = setHour(21)({ ...DEFAULT_SETTINGS, time: '08:35' });
    expect(late).toMatchObject({ settings: { time: '21:35' } });
    expect(setMinute(5)(DEFAULT_SETTINGS)).toMatchObject({ settings: { time: '08:05' } });
  });
});
