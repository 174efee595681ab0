/** Problems of source files and the text in them. `formatProblem` adds file names and line numbers. */

const SHORT = 40;

/** Shortens received text for use inside a message: on one line, at most 40 UTF-16 units and `…`. */
function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= SHORT ? line : `${line.slice(0, SHORT)}…`;
}

const ENCODING_NAMES = { 'utf-8': 'UTF-8', 'utf-16le': 'UTF-16LE', 'utf-16be': 'UTF-16BE', gb18030: 'GB18030（GBK）' };

function mebibytes(bytes: number): string {
  return bytes < 1_048_576 ? `${String(Math.ceil(bytes / 1024))} KiB` : `${(bytes / 1_048_576).toFixed(1)} MiB`;
}

export const sourceMessages = {
  notFound: (path: string) => `找不到：${path}`,
  unreadable: (path: string, reason: string) => `读不了：${path}（${reason}）`,
  notAFile: (path: string) => `${path} 既不是文件也不是文件夹。`,
  emptyFolder: (path: string) => `文件夹 ${path} 里没有 .txt 或 .jsonl 文件。`,
  emptyFile: (path: string) => `${path} 是空文件。`,
  notText: (path: string) => `${path} 不是文本文件，请把网页内容另存为文本再读入。`,
  noContent: (path: string) => `${path} 里没有内容。`,
  unknownFormat: (path: string, firstLine: string) =>
    `认不出 ${path} 的格式：既不是网页导出文本，也不是 JSON Lines。它的第一行是“${shortened(firstLine)}”。`,
  readFailed: (path: string, reason: string) => `读 ${path} 时出错：${reason}。此前读到的内容仍然有效。`,
  tooLarge: (path: string, unread: number) =>
    `${path} 太大，末尾 ${mebibytes(unread)} 没有读。请拆成几个文件，或调大 SOURCE_MAX_MB。`,
  encoding: (path: string, encoding: keyof typeof ENCODING_NAMES) =>
    `${path} 的编码是 ${ENCODING_NAMES[encoding]}，已按此读取。`,
  undecodable: (count: number) => `从这一行起有 ${String(count)} 个字符无法按文件的编码读出。`,
  lineTooLong: (dropped: number) => `这一行太长，末尾约 ${mebibytes(dropped)} 没有读。`,
  recordTooLong: '这一行太长，没有读。',

  badJson: '这一行不是完整的 JSON，没有读。',
  notAnObject: '这一行不是 JSON 对象，没有读。',
  noTitleNoBody: '缺少 title 和 body，没有读。',
  noTitle: '缺少 title，改用正文开头作标题。',
  noBodyField: '缺少 body，只有标题。',
  badField: (field: string, expected: string) => `字段 ${field} 不对（${expected}），已略过这个字段。`,
  expected: {
    id: '应是 1～200 个字符的文字或整数',
    text: '应是文字',
    date: '应是存在的日期，如 2024-03-11',
    url: '应是 http 或 https 网址',
    attachments: '应是文件名的数组',
  },
  duplicateId: (id: string, line: number) => `id“${shortened(id)}”与第 ${String(line)} 行重复，以后一条为准。`,

  stray: (text: string) => `不属于任何一条公告，没有读：“${shortened(text)}”`,
  dateWithoutTitle: '这个日期上方没有标题，改用正文开头作标题。',
  dateWithoutAnything: '这个日期既没有标题也没有正文，没有读。',
  noBody: '只有标题，没有正文。',
  cutOff: '文件到这里中断，这一条不完整。',
  impossibleDate: (printed: string) => `日期 ${printed} 不存在，这一条按没有日期处理。`,

  columnName: (number: number) => `栏目${String(number)}`,
} as const;

/** Formats one problem for an operator, with file and line when it concerns a line. */
export function formatProblem(place: { readonly file: string; readonly line: number | null }, message: string): string {
  return place.line === null ? message : `${place.file} 第 ${String(place.line)} 行：${message}`;
}
