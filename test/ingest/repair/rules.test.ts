import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OperatorError } from '../../../src/domain/errors.js';
import { readDataFile } from '../../../src/bootstrap/data-files.js';
import { repairRulesSchema } from '../../../src/ingest/repair/rules.js';
import { withFolder } from '../source/reading.js';
import { clean } from './cleaning.js';

interface EditableRules {
  mask: unknown;
  injections: { name: string; phrase: string; variants: string[]; contexts: Record<string, unknown>[] }[];
}

function edited(change: (rules: EditableRules) => void): EditableRules {
  const json = JSON.parse(readFileSync('data/repairs.json', 'utf8')) as EditableRules;
  change(json);
  return json;
}

describe('the repair rules', () => {
  it('can name another phrase', () => {
    const mine = repairRulesSchema.parse(
      edited((json) => {
        json.injections = [
          {
            name: 'other',
            phrase: '某某广告',
            variants: [],
            contexts: [{ name: 'c', replacement: '市府', before: ['来自'], after: ['办'] }],
          },
        ];
      }),
    );
    expect(clean('来自“某某广告 办”的信，某某广告办', mine).body).toBe('来自“市府 办”的信，［…］办');
  });

  it.each([
    ['mask', (json: EditableRules) => (json.mask = '')],
    [
      'injections.0（leisu）.contexts.1（leader-thought）',
      (json: EditableRules) => delete json.injections[0]?.contexts[1]?.['after'],
    ],
    [
      'injections.0（leisu）',
      (json: EditableRules) => json.injections[0]?.contexts.push({ name: 'n', replacement: 'r', after: ['{没有}'] }),
    ],
    ['injections.0（leisu）', (json: EditableRules) => json.injections[0]?.variants.push('短')],
  ])('that are wrong are refused, naming the file and %s', (place, change) =>
    withFolder((folder) => {
      const file = join(folder, 'rules.json');
      writeFileSync(file, JSON.stringify(edited((json) => void change(json))));
      expect(() => readDataFile(file, repairRulesSchema)).toThrow(OperatorError);
      expect(() => readDataFile(file, repairRulesSchema)).toThrow(`数据文件 rules.json 的 ${place} 不对：`);
      return Promise.resolve();
    }),
  );

  it('that cannot be read are refused, naming the file', () =>
    withFolder((folder) => {
      writeFileSync(join(folder, 'broken.json'), '{');
      for (const name of ['broken.json', 'missing.json']) {
        expect(() => readDataFile(join(folder, name), repairRulesSchema)).toThrow(OperatorError);
        expect(() => readDataFile(join(folder, name), repairRulesSchema)).toThrow(`数据文件 ${name} 无法读取：`);
      }
      return Promise.resolve();
    }));
});
