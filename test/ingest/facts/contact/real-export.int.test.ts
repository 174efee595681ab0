import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ingest } from '../../../../src/ingest/pipeline/ingest.js';
import { createIngestDependencies } from '../../../../src/bootstrap/index-dependencies.js';
import { loadProgramData } from '../../../../src/bootstrap/program-data.js';
import { createMemoryStore } from '../../../../src/store/notices/memory-notice-store.js';
import { contactsIn, lineOf } from './kit.js';

const EXPORT = fileURLToPath(new URL('../../../../../shared/corpus/tianjin-2024-03.txt', import.meta.url));
if (!existsSync(EXPORT)) console.warn('skipped: the real export is not beside the project');

/** Mobile numbers do not belong into a repository, whoever published them. */
const withoutMobiles = (line: string): string => line.replace(/\b1[3-9]\d{9}\b/, '(mobile)');

describe.skipIf(!existsSync(EXPORT))('contacts of the real export', () => {
  it('are these and no others, with their people, parts and offices', async () => {
    const store = createMemoryStore();
    const settings = { dataDir: '', sourceMaxBytes: 1 << 26, now: () => new Date('2024-03-14T01:00:00Z') };
    await ingest(
      [EXPORT],
      createIngestDependencies(loadProgramData(), { ...settings, onRebuild: () => undefined }, store),
    );
    const found: string[] = [];
    for await (const { notice } of store.all()) {
      for (const fact of contactsIn(notice.body)) found.push(withoutMobiles(lineOf(fact)));
    }
    const campus = '天津市河西区大沽南路1310号西区';
    const office = '天津市职业教育教师培训项目管理办公室';
    expect(found).toEqual([
      'phone | 83215136 | 李友得 | 高职 | -',
      'phone | 83215139 | 耿昊伟 | 中职 | -',
      'address | 天津市南开区水上公园北道50号 | 李友得+耿昊伟 | - | -',
      'none | - | - | - | 市教委职业教育处',
      'phone | 83215136 | 王丽楠 | 高职 | 市教委职业教育处',
      'phone | 83215139 | 耿昊伟 | 中职 | 市教委职业教育处',
      'phone | 022—83215153 | - | 监督举报 | 天津市人民政府教育督导室',
      'phone | 12345 | - | 天津市价格举报 | -',
      'phone | 12315 | - | 天津市价格举报 | -',
      'phone | 63081402 | - | 收费监督 | 市教委',
      'phone | 63081403 | - | 收费监督 | 市教委',
      'phone | 83215023 | - | - | -',
      'email | sjwbgs@tj.gov.cn | - | - | -',
      'none | - | - | - | 市教委职业教育处',
      'phone | 83215136 | 王丽楠 | 高职 | 市教委职业教育处',
      'phone | 83215139 | 耿昊伟 | 中职 | 市教委职业教育处',
      'web | http://202.113.245.38:8280/train/ | - | - | -',
      'email | tjzjszpx@126.com | - | - | -',
      'phone | 022-83215136 | 王丽楠 | - | 职业教育处',
      'phone | 022-83215127 | 张作怀 | - | 教师处',
      `phone | (mobile) | 廖媛+孟金梅 | - | ${office}`,
      `phone | 022-28112893 | 廖媛+孟金梅 | - | ${office}`,
      `address | ${campus}天津职业技术师范大学项目办 | 廖媛+孟金梅 | - | ${office}`,
      `postcode | 300222 | 廖媛+孟金梅 | - | ${office}`,
      'none | - | - | - | 市教育两委教师工作处',
      'phone | 83215127 | 张作怀+周化平 | - | 市教育两委教师工作处',
      'address | 天津市南开区水上公园北道50号2号楼2410室 | 张作怀+周化平 | - | 市教育两委教师工作处',
      'postcode | 300074 | 张作怀+周化平 | - | 市教育两委教师工作处',
      'email | sjwzjc@tjgov.cn | - | - | 市教委',
      'web | 招考资讯网 | - | - | -',
      'web | 招考资讯网 | - | - | -',
      'web | 中国研究生招生信息网 | - | - | -',
    ]);
  });
});
