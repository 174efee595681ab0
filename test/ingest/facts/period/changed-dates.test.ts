import { describe, expect, it } from 'vitest';
import { dataFiles } from '../../../../src/bootstrap/data-files.js';
import type { PeriodFact } from '../../../../src/domain/fact.js';
import { createFactExtractor, loadFactRules } from '../../../../src/ingest/facts/extract-facts.js';
import { notice } from '../../../support/texts.js';

const extract = createFactExtractor(loadFactRules(dataFiles.directory));

function periods(body: string): Pick<PeriodFact, 'label' | 'type'>[] {
  const facts = extract(notice('n', '青禾小学课桌椅采购项目更正公告', body, { publishedOn: '2025-04-01' }));
  return facts.flatMap((fact) => (fact.kind === 'period' ? [{ label: fact.label, type: fact.type }] : []));
}

describe('a date that takes the place of another', () => {
  it.each(['开标时间，由2025年4月8日9时改为2025年4月15日14时。', '开标时间由2025年4月8日9时调整为2025年4月15日14时。'])(
    'is of what the first is of: %s',
    (body) => {
      expect(periods(body)).toEqual([
        { label: '开标时间', type: 'bidding' },
        { label: '开标时间', type: 'bidding' },
      ]);
    },
  );

  it('is not made of two dates that only stand one behind the other', () => {
    const [first, second] = periods('获取文件时间为2025年4月8日。开标时间为2025年4月15日14时。');
    expect(first?.label).toBe('获取文件时间');
    expect(second?.label).toBe('开标时间');
  });
});
