import { dataFiles, readDataFile } from '../../../../src/bootstrap/data-files.js';
import { describe, expect, it } from 'vitest';
import { createTableFinder } from '../../../../src/ingest/facts/table/find-tables.js';
import { tableRulesSchema } from '../../../../src/ingest/facts/table/rules.js';

const find = createTableFinder(readDataFile(`${dataFiles.directory}tables.json`, tableRulesSchema));

describe('the time that tables take', () => {
  it('is linear for columns under known headers', () => {
    for (const unit of ['时间 地点 ', '时间\n', '时间 地点\n甲 2\n', '学费 2400 600 ', '姓名 电话 0459-7130 882 ']) {
      const start = performance.now();
      find(unit.repeat(200_000 / unit.length));
      expect(performance.now() - start, unit).toBeLessThan(4_000);
    }
  });

  it('is linear for every separator', () => {
    // prettier-ignore
    const units = ['\t', ' ', '\u3000', ' / ', ' ; ', '|', '甲\n', '\t\n', '甲\t乙\n', '甲\t\n', '甲\u3000乙\n', '|-|-|\n', '甲 / 乙\n甲 / 乙 / 丙\n', '1.\t请。\n', '姓名\t电话\n张三\t5550001\n'];
    for (const unit of units) {
      const start = performance.now();
      find(unit.repeat(200_000 / unit.length));
      expect(performance.now() - start, JSON.stringify(unit)).toBeLessThan(4_000);
    }
  });
});
