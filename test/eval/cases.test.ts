import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { OperatorError } from '../../src/domain/errors.js';
import { parseCase, readCases } from '../../src/eval/cases.js';

const QUESTION = { id: 'q1', q: '换水到哪天', type: 'deadline', expect: { all: ['5月10日'], any: [], none: [] } };
const GOLD = { id: 'g1', docid: 'pool', question: '换水到哪天', answer: '5月10日' };
const DIALOGUE = {
  id: 'd1',
  turns: [
    { q: '换水到哪天', source: '泳池' },
    { q: '天气呢', refuse: true },
  ],
  note: '追问',
};

let folder: string;
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bulletin-eval-'));
});

async function file(...lines: readonly (object | string)[]): Promise<string> {
  const path = join(folder, `set-${files++}.jsonl`);
  await writeFile(path, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  return path;
}

describe('a question file', () => {
  it('holds three forms, told apart line by line, with what is left out filled in', async () => {
    const { cases, problems } = await readCases([await file('# 我们的题', '', QUESTION, GOLD, '  ', DIALOGUE)]);
    expect(problems).toEqual([]);
    const nothing = { all: [], any: [], none: [] };
    expect(cases).toEqual([
      { form: 'question', ...QUESTION, source: null, refuse: false },
      { form: 'gold', ...GOLD },
      {
        form: 'dialogue',
        id: 'd1',
        turns: [
          { q: '换水到哪天', expect: nothing, source: '泳池', refuse: false },
          { q: '天气呢', expect: nothing, source: null, refuse: true },
        ],
      },
    ]);
  });

  it('goes on behind a broken line, naming file, line and field', async () => {
    const path = await file(
      QUESTION,
      '{"id": "x", "q',
      '# 数据之后不是注释',
      { ...QUESTION, id: 'typo', expect: { anny: [['5月10日']] } },
      { ...QUESTION, id: 'nothing', expect: {}, source: null },
      { ...QUESTION, id: 'none', expect: { any: [[]] } },
      { ...GOLD, answer: ' ' },
      { ...GOLD, docid: undefined },
      { ...DIALOGUE, turns: [{ q: '' }] },
      { title: '这是一份通知' },
      '[1]',
      GOLD,
    );
    const { cases, problems } = await readCases([path]);
    expect(cases.map(({ id }) => id)).toEqual(['q1', 'g1']);
    expect(problems.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(new Set(problems.map((problem) => problem.file))).toEqual(new Set([path]));
    const messages = problems.map(({ message }) => message);
    expect(messages[2]).toContain('anny');
    expect(messages[3]).toContain('都会算对');
    expect(messages[4]).toContain('expect.any.0');
    expect(messages[7]).toContain('turns.0.q');
    expect(messages[8]).toContain('认不出');
  });

  it('asks the same question once, and lets two sets number theirs alike', async () => {
    const first = await file(QUESTION, GOLD);
    const second = await file(QUESTION, { ...QUESTION, q: '几号开放' });
    const { cases, problems } = await readCases([first, second]);
    expect(cases).toHaveLength(3);
    expect(problems).toMatchObject([{ file: second, line: 1 }]);
    expect(problems[0]?.message).toContain(`${first} 第 1 行`);
  });

  it('tells of a file that cannot be read and reads the others', async () => {
    const good = await file(QUESTION);
    const { cases, problems } = await readCases([join(folder, 'at-all.jsonl'), await file(), good]);
    expect(cases).toHaveLength(1);
    expect(problems.map(({ line }) => line)).toEqual([null, null]);
    expect(problems[0]?.message).toContain('at-all.jsonl');
  });

  it('without any question is an error that says the first reason', async () => {
    const path = await file('{', '{');
    await expect(readCases([path])).rejects.toThrow(OperatorError);
    await expect(readCases([path])).rejects.toThrow(`${path} 第 1 行`);
    await expect(readCases([])).rejects.toThrow(OperatorError);
  });

  it('never throws for any line', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
        expect(['string', 'object']).toContain(typeof parseCase(line));
      }),
    );
    const any = fc.jsonValue();
    const fields = fc.record({ id: any, q: any, turns: any, docid: any, expect: any }, { requiredKeys: [] });
    fc.assert(
      fc.property(fields, (value) => {
        expect(['string', 'object']).toContain(typeof parseCase(JSON.stringify(value)));
      }),
    );
  });
});
