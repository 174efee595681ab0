import { describe, expect, it } from 'vitest';
import { parseContrasts } from '../../../src/answering/query/contrasts.js';
import { OperatorError } from '../../../src/domain/errors.js';

const read = (...lines: string[]) => parseContrasts([{ name: 'study.txt', text: lines.join('\n') }]);
const contrasts = read(
  '# Study',
  '',
  '本科/本科生 硕士 博士',
  '教授 副教授',
  '上册  下册',
  'a卷 b卷',
  '硕士导师 辅导员',
);

describe('contrast sets', () => {
  it('have members, each with its spellings', () => {
    expect(contrasts.sets).toHaveLength(5);
    expect(contrasts.sets[0]).toEqual([['本科', '本科生'], ['硕士'], ['博士']]);
    expect(contrasts.sets[3]).toEqual([['a卷'], ['b卷']]);
  });

  it('tell the members that a text names from the others of their set', () => {
    expect(contrasts.in('硕士招生')).toEqual([{ named: ['硕士'], others: ['本科', '本科生', '博士'] }]);
    expect(contrasts.in('本科生和硕士')).toEqual([{ named: ['本科', '本科生', '硕士'], others: ['博士'] }]);
    expect(contrasts.in('博士用上册')).toEqual([
      { named: ['博士'], others: ['本科', '本科生', '硕士'] },
      { named: ['上册'], others: ['下册'] },
    ]);
  });

  it('exclude nothing where a text names no member, or all of a set', () => {
    expect(contrasts.in('招生')).toEqual([]);
    expect(contrasts.in('上册和下册')).toEqual([]);
  });

  it('do not name a member by a part of the word of another of its set, unless it stands elsewhere too', () => {
    expect(contrasts.in('副教授')).toEqual([{ named: ['副教授'], others: ['教授'] }]);
    expect(contrasts.in('副教授和教授')).toEqual([]);
    expect(contrasts.in('硕士导师').map(({ named }) => named)).toEqual([['硕士'], ['硕士导师']]);
  });

  it.each(['硕士', '硕士 博士/', '硕士 /博士', '本科/硕士'])('refuse %s, and name file and line', (line) => {
    const reading = () => read('# Study', '上册 下册', line);
    expect(reading).toThrow(OperatorError);
    expect(reading).toThrow(/study\.txt.*3/);
  });
});
