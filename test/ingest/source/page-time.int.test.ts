import { describe, expect, it } from 'vitest';
import { parsePage } from '../../../src/ingest/source/parse-page.js';
import { inferPublishDates } from '../../../src/ingest/source/infer-dates.js';
import { pageLines } from './reading.js';

describe('parsing a page', () => {
  it('is linear: a million short lines and a long line of brackets take about a second', () => {
    const begin = performance.now();
    parsePage(pageLines('[\n'.repeat(300_000)));
    parsePage(pageLines('（['.repeat(500_000)));
    parsePage(pageLines(`标题${'  '.repeat(90)}2024\n`.repeat(20_000)));
    inferPublishDates(parsePage(pageLines('标题\n[03-01]\n正文2024年3月1日\n'.repeat(50_000))).items, new Date());
    expect(performance.now() - begin).toBeLessThan(10_000);
  });
});
