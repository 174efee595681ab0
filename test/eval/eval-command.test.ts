import { mkdir, mkdtemp, readFile, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../src/domain/answer.js';
import { OperatorError } from '../../src/domain/errors.js';
import { runEvalCommand, type EvalCommandOptions } from '../../src/cli/eval-command.js';
import { reportSchema } from '../../src/eval/report.js';
import { found, stubAsker } from './stub.js';

const LINES = [
  { id: 'q1', q: '换水到哪天', type: 'deadline', expect: { all: ['5月10日'] }, source: '泳池' },
  { id: 'q2', q: '几号\u001b[2J开放', type: '其他', expect: { any: [['5月11日', '11号']] }, source: '泳池' },
  { id: 'q3', q: '火星移民', type: '其他', refuse: true },
  { id: 'g1', docid: 'pool', question: '换水', answer: '泳池5月8日至5月10日换水' },
  { id: 'd1', turns: [{ q: '换水到哪天', expect: { all: ['5月10日'] } }] },
];

let folder: string;
let golden: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bulletin-eval-'));
  golden = join(folder, 'golden.jsonl');
  await writeFile(golden, LINES.map((line) => JSON.stringify(line)).join('\n'));
});

async function run(
  answers: Readonly<Record<string, Answer>>,
  options: Partial<EvalCommandOptions> = {},
  paths = [golden],
): Promise<{ out: string; err: string }> {
  const said = { out: '', err: '' };
  const io = {
    input: Readable.from([]),
    out: (line: string) => void (said.out += `${line}\n`),
    err: (line: string) => void (said.err += `${line}\n`),
    errIsTerminal: false,
    terminal: null,
  };
  await runEvalCommand(paths, stubAsker(answers), io, { compare: null, out: null, show: false, now: null, ...options });
  return said;
}

const ANSWERS = { 换水到哪天: found('5月10日'), '几号\u001b[2J开放': found('5月8日'), 换水: found('换水') };

describe('the eval command', () => {
  it('prints the table by type, the retrieval table, ROUGE-L and the promises', async () => {
    const { out, err } = await run(ANSWERS);
    expect(out.split('\n').slice(0, 5)).toEqual([
      '类型      题数  答对  说错  误拒',
      'deadline     1     1     0     0',
      '其他         2     1     1     0',
      '合计         3     2     1     0',
      '对话各轮     1     1     0     0',
    ]);
    expect(out).toContain('应拒答 1 题，拒对 1 题');
    expect(out).toContain('对话 1 组，各轮全对 1 组');
    expect(out).toContain('R@1 1.000  R@3 1.000  R@10 1.000  MRR 1.000');
    expect(out).toMatch(/ROUGE-L 0\.\d{3} {2}覆盖标准答案 1\.000 {2}拒答 0\.000/);
    expect(out).toContain('数字不在通知里 0');
    expect(out).not.toContain('没有答好');
    expect(err).toBe('');
  });

  it('shows what was not answered well, why, and nothing that a terminal would obey', async () => {
    const { out } = await run(ANSWERS, { show: true });
    expect(out).toContain('没有答好的 1 题');
    expect(out).toContain(
      '说错  q2  几号 [2J开放\n      回答  5月8日  《市体育馆泳池换水公告》\n      没有“5月11日”或“11号”',
    );
    expect(out).not.toContain('\u001b');
  });

  it('says of an answer that should have been a refusal just that', async () => {
    const { out } = await run({ ...ANSWERS, 火星移民: found('5月10日') }, { show: true });
    expect(out).toMatch(/说错 {2}q3 .*\n.*\n {6}应拒答/);
  });

  it('tells of unusable lines on the error stream and scores the others', async () => {
    await writeFile(golden, `{"id"\n${JSON.stringify(LINES[0])}`);
    const { out, err } = await run(ANSWERS);
    expect(err).toContain(`${golden} 第 1 行`);
    expect(out).toContain('deadline     1     1');
  });

  it('writes a report and compares the next run with it, in the same file', async () => {
    const file = join(folder, 'report.json');
    await run(ANSWERS, { out: file, now: new Date('2025-05-09T00:00:00Z') });
    const report = reportSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    expect([report.at, report.rows.length, report.version]).toEqual(['2025-05-09T00:00:00.000Z', 5, 1]);

    const { out } = await run(
      { ...ANSWERS, '几号\u001b[2J开放': found('5月11日'), 换水: found('x', { quote: 'x' }) },
      { compare: file, out: file },
    );
    expect(out).toContain('与 2025-05-09T00:00:00.000Z 的报告比较');
    expect(out).toContain('变好 1 题，变差 1 题，未变 3 题');
    expect(out).toContain('覆盖标准答案 1.000 → 0.000');
    expect(out).toMatch(/变差 {2}g1 {2}换水 {2}覆盖 .* → 未覆盖 .*（原文不在通知里）/);
    expect(reportSchema.parse(JSON.parse(await readFile(file, 'utf8'))).judged.right).toBe(3);
    expect((await readdir(folder)).sort()).toEqual(['golden.jsonl', 'report.json']);
  });

  it('refuses to compare with what is no report, naming it, before it asks', async () => {
    const other = join(folder, 'other.json');
    for (const text of ['', '{', '[]', '{"report":"bulletin-bot eval","version":999}', JSON.stringify(LINES[0])]) {
      await writeFile(other, text);
      const failed = run(ANSWERS, { compare: other });
      await expect(failed).rejects.toThrow(OperatorError);
      await expect(failed).rejects.toThrow(`${other} 不是`);
    }
    await expect(run(ANSWERS, { compare: join(folder, 'gone.json') })).rejects.toThrow(/找不到.*gone\.json/);
  });

  it('never overwrites a question file, and names a place that cannot be written', async () => {
    const before = await readFile(golden, 'utf8');
    await expect(run(ANSWERS, { out: join(folder, '.', 'golden.jsonl') })).rejects.toMatchObject({ exitCode: 2 });
    await expect(run(ANSWERS, { out: golden }, [folder])).rejects.toMatchObject({ exitCode: 2 });
    expect(await readFile(golden, 'utf8')).toBe(before);
    const taken = join(folder, 'taken');
    await mkdir(taken);
    await expect(run(ANSWERS, { out: taken })).rejects.toThrow(taken);
    expect((await readdir(folder)).sort()).toEqual(['golden.jsonl', 'taken']);
  });
});
