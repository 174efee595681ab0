import type { RawNotice } from '../../../src/domain/notice.js';
import { repairNotice, type RepairedNotice } from '../../../src/ingest/repair/repair-notice.js';
import { readDataFile } from '../../../src/bootstrap/data-files.js';
import { repairRulesSchema, type RepairRules } from '../../../src/ingest/repair/rules.js';

export const rules = readDataFile('data/repairs.json', repairRulesSchema);
export const PHRASE = '雷速体育比分直播';
export const MASK = '［…］';

export function notice(fields: Partial<RawNotice>): RawNotice {
  return {
    id: null,
    title: '标题',
    publishedOn: null,
    dateOrigin: 'none',
    column: null,
    body: '',
    attachments: [],
    url: null,
    place: { file: 'test', line: 1 },
    ...fields,
  };
}

export function clean(body: string, withRules: RepairRules = rules): RepairedNotice {
  return repairNotice(notice({ body }), withRules);
}
