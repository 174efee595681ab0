import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { item, messagesOf, readAll, readContent, withFolder } from './reading.js';

const TEXT = item('开学安排', '03-08', '三月十一日开学，请准时到校。');

/** 开学安排 and a body in GBK, made by hand: Node encodes UTF-8 only. */
const GBK_ITEM = Buffer.concat([
  Buffer.from([0xbf, 0xaa, 0xd1, 0xa7, 0xb0, 0xb2, 0xc5, 0xc5]),
  Buffer.from('\n[\n03-08 ]\n'),
  Buffer.from([0xd5, 0xfd, 0xce, 0xc4, 0xa1, 0xa3]),
]);

function utf16(text: string, bigEndian: boolean): Buffer {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
}

describe('paths', () => {
  it('that do not exist, or hold nothing to read, are named in a message', () =>
    withFolder(async (folder) => {
      mkdirSync(join(folder, 'empty'));
      for (const path of [join(folder, 'missing.txt'), join(folder, 'empty')]) {
        const { problems, notices } = await readAll(path);
        expect(notices).toEqual([]);
        expect(problems).toMatchObject([{ place: { file: path, line: null }, fatal: true }]);
        expect(problems[0]?.message).toContain(path);
      }
    }));

  it('that are folders give their text files in name order, without subfolders', () =>
    withFolder(async (folder) => {
      mkdirSync(join(folder, 'sub'));
      writeFileSync(join(folder, 'sub', 'x.txt'), TEXT);
      writeFileSync(join(folder, 'b.txt'), item('乙', '03-08', '内容。'));
      writeFileSync(join(folder, 'a.jsonl'), '{"title":"甲","body":"内容"}\n');
      writeFileSync(join(folder, 'c.txt'), '');
      writeFileSync(join(folder, 'd.txt'), item('丁', '03-08', '内容。'));
      writeFileSync(join(folder, 'notes.md'), TEXT);
      const { notices, problems } = await readAll(folder);
      expect(notices.map(({ title }) => title)).toEqual(['甲', '乙', '丁']);
      expect(problems.map(({ message }) => message)).toEqual([`${join(folder, 'c.txt')} 是空文件。`]);
    }));

  it.skipIf(process.getuid?.() === 0)('that may not be read are named', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'a.txt');
      writeFileSync(file, TEXT);
      chmodSync(file, 0);
      const { problems } = await readAll(file);
      expect(problems[0]).toMatchObject({ fatal: true });
      expect(problems[0]?.message).toContain('EACCES');
    }),
  );
});

describe('encodings', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT), 'utf-8'],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${TEXT}`), 'utf-8'],
    ['UTF-16LE', utf16(TEXT, false), 'utf-16le'],
    ['UTF-16BE', utf16(TEXT, true), 'utf-16be'],
    ['GBK', GBK_ITEM, 'gb18030'],
  ])('%s is recognised, and said when it is not UTF-8', async (_, bytes, encoding) => {
    const result = await readContent(bytes);
    expect(result.notices[0]?.title).toBe('开学安排');
    expect(result.summaries[0]?.encoding).toBe(encoding);
    expect(result.problems).toHaveLength(encoding === 'utf-8' ? 0 : 1);
  });

  it('with a few broken bytes stay UTF-8, and the damage is reported with its line', async () => {
    const bytes = Buffer.concat([Buffer.from(TEXT.repeat(4)), Buffer.from([0xe4, 0xb8, 0x0a])]);
    const result = await readContent(bytes);
    expect(result.summaries[0]?.encoding).toBe('utf-8');
    expect(result.problems).toHaveLength(1);
    expect(messagesOf(result)[0]).toContain('1 个字符');
  });

  it('are read rightly across the pieces of a large file', async () => {
    const { notices } = await readContent(`{"title":"甲","body":"${'汉字'.repeat(400_000)}"}\n`);
    expect(notices[0]?.body).toBe('汉字'.repeat(400_000));
  });
});

describe('files that are no notices', () => {
  it.each([
    ['a zip archive', Buffer.from([0x50, 0x4b, 0x03, 0x04, 1, 2, 3]), '不是文本'],
    ['a PDF', Buffer.from('%PDF-1.7 …'), '不是文本'],
    ['NUL bytes', Buffer.from('文字\0文字'), '不是文本'],
    ['nothing', Buffer.alloc(0), '空文件'],
    ['blanks', Buffer.from(' \n\n'), '没有内容'],
    ['prose', Buffer.from('从前有一座山。\n山里有一座庙。'), '认不出'],
    ['HTML', Buffer.from('<!doctype html>\n<p>公告'), '<!doctype html>'],
  ])('%s: a message, nothing read', async (_, bytes, said) => {
    const { problems, notices, summaries } = await readContent(bytes);
    expect([notices, summaries]).toEqual([[], []]);
    expect(problems).toMatchObject([{ fatal: true }]);
    expect(problems[0]?.message).toContain(said);
  });
});

describe('a file larger than the limit', () => {
  it('is read up to the last whole line, and what to do is said', async () => {
    const record = '{"title":"甲","body":"内容内容"}\n';
    const bytes = Buffer.byteLength(record);
    const result = await readContent(record.repeat(100), { maxBytes: bytes * 10 + 7 });
    expect(result.notices).toHaveLength(10);
    expect(messagesOf(result)).toHaveLength(1);
    expect(messagesOf(result)[0]).toContain('SOURCE_MAX_MB');
    expect(result.summaries[0]).toMatchObject({ bytesRead: bytes * 10 + 7, bytesTotal: bytes * 100 });
  });

  it('reports its progress up to the limit', async () => {
    const seen: number[] = [];
    await readContent(TEXT.repeat(30_000), { maxBytes: 3_000_000, onProgress: (_, read) => seen.push(read) });
    expect(seen.at(-1)).toBe(3_000_000);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });
});

describe('any bytes at all', () => {
  it('never throw and always end in a summary or a fatal problem', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(text)),
      fc
        .array(fc.constantFrom('[', '03-11 ]', '\n', '{"title":"a"}', '{', '标题', '\uFEFF', '\r', '正文。'), {
          maxLength: 40,
        })
        .map((parts) => Buffer.from(parts.join(''))),
    );
    await withFolder(async (folder) => {
      const file = join(folder, 'fuzz.txt');
      await fc.assert(
        fc.asyncProperty(bytes, fc.integer({ min: 1, max: 300 }), async (content, maxBytes) => {
          writeFileSync(file, content);
          const { problems, summaries } = await readAll(file, { maxBytes });
          expect(summaries.length + problems.filter(({ fatal }) => fatal).length).toBe(1);
        }),
        { numRuns: 300 },
      );
    });
  });
});
