import { existsSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isBuilt } from '../support/bot-process.js';
import { newFolder, run } from './run.js';

const candidate = z.strictObject({
  id: z.string(),
  title: z.string(),
  date: z.string().nullable(),
  score: z.number(),
});

/** The contract of `ask --json`: exactly these fields. */
const answerLine = z.strictObject({
  question: z.string(),
  kind: z.enum(['answer', 'choices', 'none']),
  intent: z.string(),
  answer: z.string().max(320),
  quote: z.string(),
  text: z.string().min(1),
  confidence: z.number().min(0).max(1).nullable(),
  sure: z.boolean(),
  missing: z.array(z.string()),
  notice: z
    .strictObject({ id: z.string(), title: z.string(), date: z.string().nullable(), url: z.string().nullable() })
    .nullable(),
  candidates: z.array(candidate).max(10),
  ms: z.number().nonnegative(),
});

const NOTICES = [
  {
    id: 'pool',
    title: '市体育馆泳池换水公告',
    date: '2025-05-06',
    body: '泳池5月8日至5月10日换水，期间不开放。咨询电话：0571-87650001。',
  },
  {
    id: 'read',
    title: '社区读书会报名通知',
    date: '2025-05-07',
    body: '读书会5月20日报名截止，报名请到社区服务中心二楼。',
    url: 'https://example.org/read',
  },
];

/** The files of a folder with what they hold. */
async function filesIn(folder: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const name of (await readdir(folder)).sort()) files.set(name, await readFile(join(folder, name)));
  return files;
}

const jsonLines = (notices: readonly object[]): string => notices.map((n) => JSON.stringify(n)).join('\n');

describe.runIf(isBuilt)('the command line (needs dist/main.js)', () => {
  describe('with nothing indexed', () => {
    it('answers from the sample, says so on the error stream and leaves no folder behind', async () => {
      const cwd = await newFolder();
      const { code, out, err } = await run(cwd, ['ask', '在线精品课程公示到哪天结束？']);
      expect(code).toBe(0);
      expect(out).toContain('2024年3月15日');
      expect(err).toContain('自带样例');
      expect(existsSync(join(cwd, 'var'))).toBe(false);
    });

    it('chats on piped input and ends with it', async () => {
      const { code, out } = await run(await newFolder(), [], {
        input: '优质均衡督导评估的监督举报电话\n\n推荐一只股票\n/help\n',
      });
      expect(code).toBe(0);
      expect(out).toContain('终端里没有命令');
      expect(out).toContain('83215153');
      expect(out).toContain('没有找到');
    });
  });

  describe('with own notices', () => {
    let cwd: string;
    beforeAll(async () => {
      cwd = await newFolder();
      await writeFile(join(cwd, 'own.jsonl'), jsonLines(NOTICES));
      await run(cwd, ['index', 'own.jsonl']);
    });

    it('prints one JSON object a line and nothing else on standard output', async () => {
      const questions = [
        '泳池换水到哪天？',
        '泳池的咨询电话',
        '<b>火星</b>移民怎么报名',
        '读书会',
        '你好',
        '字'.repeat(5000),
      ];
      const { code, out } = await run(cwd, ['ask', '--json', '-'], { input: `\n${questions.join('\r\n')}\n` });
      const lines = out
        .trimEnd()
        .split('\n')
        .map((line) => answerLine.parse(JSON.parse(line)));
      expect(code).toBe(0);
      expect(lines.map(({ question }) => question)).toEqual(questions);
      expect(lines[0]).toMatchObject({ kind: 'answer', notice: { id: 'pool', date: '2025-05-06' } });
      expect(lines[0]?.answer).toContain('5月10日');
      expect(lines[1]?.text).toContain('0571-87650001');
      expect(lines.slice(2).map(({ kind }) => kind)).toEqual(['none', 'answer', 'none', 'none']);
      expect(lines[3]?.notice?.url).toBe('https://example.org/read');
    });

    it('quotes literally what the notice says', async () => {
      const { out } = await run(cwd, ['ask', '--json', '读书会在哪里报名']);
      const line = answerLine.parse(JSON.parse(out));
      expect(NOTICES[1]?.body).toContain(line.quote);
      expect(line.quote).toContain(line.answer);
    });

    it('takes the given moment for the present', async () => {
      const ask = async (now: string): Promise<string> =>
        (await run(cwd, ['ask', '昨天发布了什么通知', '--json', '--now', now])).out;
      expect(await ask('2025-05-08T09:00:00+08:00')).toContain('读书会');
      expect(await ask('2025-06-01T09:00:00+08:00')).toContain('"kind":"none"');
    });

    it('changes nothing when the same input is read again, and counts what did change', async () => {
      const own = await newFolder();
      const file = join(own, 'own.jsonl');
      await writeFile(file, jsonLines(NOTICES));
      const first = await run(own, ['index', 'own.jsonl']);
      const snapshot = await readFile(join(own, 'var/index.snapshot'));
      const second = await run(own, ['index', 'own.jsonl']);
      expect(first.out).toContain('新增 2，有变化 0，未变 0');
      expect(second.out).toContain('新增 0，有变化 0，未变 2');
      expect(await readFile(join(own, 'var/index.snapshot'))).toEqual(snapshot);
      await writeFile(file, jsonLines([{ ...NOTICES[0], body: '泳池改为6月1日换水。' }]));
      expect((await run(own, ['index', 'own.jsonl'])).out).toContain('新增 0，有变化 1，未变 0；库中共 2 份');
      expect((await run(own, ['ask', '泳池哪天换水'])).out).toContain('6月1日');
    });

    it('on a dry run says what would change, and writes nothing', async () => {
      const own = await newFolder();
      const file = join(own, 'own.jsonl');
      await writeFile(file, jsonLines(NOTICES));
      const first = await run(own, ['index', '--dry-run', 'own.jsonl']);
      expect(first.code).toBe(0);
      expect(first.out).toContain('试运行：没有写入任何内容。');
      expect(first.out).toContain('更新后会新增 2，有变化 0，未变 0；库中会有 2 份。');
      expect(first.out).toContain('会新增：\n  · 市体育馆泳池换水公告\n  · 社区读书会报名通知\n');
      expect(await readdir(own)).toEqual(['own.jsonl']);
      await run(own, ['index', 'own.jsonl']);
      const before = await filesIn(join(own, 'var'));
      await writeFile(
        file,
        jsonLines([
          { ...NOTICES[0], body: '泳池改为6月1日换水。' },
          { title: '新的一条', body: '有。' },
        ]),
      );
      const { out } = await run(own, ['index', 'own.jsonl', '--dry-run']);
      expect(out).toContain('更新后会新增 1，有变化 1，未变 0；库中会有 3 份。');
      expect(out).toContain('会新增：\n  · 新的一条\n会有变化：\n  · 市体育馆泳池换水公告\n');
      expect(await filesIn(join(own, 'var'))).toEqual(before);
      expect((await run(own, ['ask', '泳池换水到哪天'])).out).toContain('5月10日');
    });

    it('keeps what is stored when a source cannot be read, and says which and why', async () => {
      await writeFile(
        join(cwd, 'broken.jsonl'),
        `${jsonLines([{ title: '好的一条', body: '这一条可以读。' }])}\n{"title": "坏`,
      );
      await writeFile(join(cwd, 'empty.txt'), '');
      const { code, out } = await run(cwd, ['index', 'broken.jsonl', 'empty.txt', 'missing.txt']);
      expect(code).toBe(0);
      expect(out).toContain('broken.jsonl 第 2 行');
      expect(out).toContain('empty.txt 是空文件');
      expect(out).toContain('找不到：missing.txt');
      expect(out).toContain('库中共 3 份');
      const nothing = await run(cwd, ['index', 'missing.txt']);
      expect(nothing.code).toBe(1);
      expect((await run(cwd, ['ask', '泳池换水到哪天'])).out).toContain('5月10日');
    });

    it('reads GBK and says so', async () => {
      const own = await newFolder();
      // “公告” and “停水” in GBK, inside a JSON line.
      const gbk = Buffer.concat([
        Buffer.from('{"title":"'),
        Buffer.from([0xcd, 0xa3, 0xcb, 0xae, 0xb9, 0xab, 0xb8, 0xe6]),
        Buffer.from('","body":"'),
        Buffer.from([0xcd, 0xa3, 0xcb, 0xae, 0xd2, 0xbb, 0xcc, 0xec]),
        Buffer.from('"}\n'),
      ]);
      await writeFile(join(own, 'gbk.jsonl'), gbk);
      expect((await run(own, ['index', 'gbk.jsonl'])).out).toContain('GB18030');
      expect((await run(own, ['ask', '停水公告'])).out).toContain('停水一天');
    });

    it('rebuilds a damaged snapshot from the store and says so', async () => {
      const own = await newFolder();
      await writeFile(join(own, 'own.jsonl'), jsonLines(NOTICES));
      await run(own, ['index', 'own.jsonl']);
      await writeFile(join(own, 'var/index.snapshot'), 'damaged');
      const { out, err } = await run(own, ['ask', '泳池换水到哪天']);
      expect(err).toContain('已损坏');
      expect(out).toContain('5月10日');
      expect(await readdir(join(own, 'var'))).toContain('index.snapshot');
      expect((await run(own, ['ask', '泳池换水到哪天'])).err).toBe('');
    });

    it('finds everything well in doctor, and names a token that is none', async () => {
      expect((await run(cwd, ['doctor'])).code).toBe(0);
      const { code, out } = await run(cwd, ['doctor'], { env: { BOT_TOKEN: 'nonsense-token' } });
      expect(code).toBe(1);
      expect(out).toContain('BOT_TOKEN');
      expect(out).not.toContain('nonsense-token');
    });
  });

  it.each([
    [['nonsense'], '没有这个命令：nonsense'],
    [['ask', '--nonsense', '问'], '没有这个选项：--nonsense'],
    [['index'], '缺少参数'],
    [['ask', '问', '--now', 'soon'], '--now'],
  ])('ends wrong use %j with code 2 and one sentence', async (args, sentence) => {
    const { code, out, err } = await run(await newFolder(), args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(sentence);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  it('names a wrong setting and needs a token to serve', async () => {
    const cwd = await newFolder();
    const wrong = await run(cwd, ['serve'], {
      env: { BOT_TOKEN: '123:abcdef', WEBHOOK_URL: 'https://example.org/hook' },
    });
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('WEBHOOK_SECRET')]);
    const without = await run(cwd, ['serve']);
    expect([without.code, without.err]).toEqual([2, expect.stringContaining('BOT_TOKEN')]);
  });

  it('helps in Chinese with English below', async () => {
    const { code, out } = await run(await newFolder(), ['--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/用法 Usage: bulletin-bot \[options\] \[command\]\n/);
    expect(out).toContain('Reads files or folders of notices');
  });
});
