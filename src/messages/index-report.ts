/** Display names of the built-in repair rules; rules of data/repairs.json are shown by their own names. */
const ruleNames: Readonly<Record<string, string>> = {
  'lost-blank': '问号还原为空格',
  'full-width-blank': '整理全角空格',
  'column-gap': '保留表格分栏',
  'non-breaking-space': '整理不换行空格',
  'line-break': '整理换行',
  'blank-run': '整理空格',
  'restored-break': '补回换行',
  'html-entity': '还原 HTML 实体',
  'spaced-characters': '合并被空格拆开的词',
  'invisible-character': '去掉不可见字符',
  'question-mark': '问号统一为全角',
  'glued-attachment': '分出粘在正文末尾的附件名',
  'suspicious-phrase': '隐去疑似广告词',
  advertising: '删去混入的广告',
};

/** Returns how much is done, in whole percent; 100 when there is nothing to do. */
export function percent(done: number, total: number): number {
  return total <= 0 ? 100 : Math.min(100, Math.floor((100 * done) / total));
}

/** Lines that an index run prints. */
export const reportMessages = {
  reading: (file: string, percent: number) => `读取 ${file} ${percent.toString()}%`,
  repairing: (done: number, total: number) => `清洗 ${done.toString()}/${total.toString()}`,
  indexing: (done: number, total: number) => `建立索引 ${done.toString()}/${total.toString()}`,
  file: (file: string, format: string, encoding: string) => `${file}（${format}，${encoding}）`,
  formats: { 'page-export': '网页导出文本', 'json-lines': 'JSON Lines' },
  counts: (c: {
    titledItems: number;
    bodies: number;
    joinedBodies: number;
    attachments: number;
    undated: number;
    columns: number;
  }) =>
    `  有标题的条目 ${c.titledItems.toString()}，正文 ${c.bodies.toString()} 段（其中 ${c.joinedBodies.toString()} 段没有自己的标题，并入上一条），` +
    `附件文件 ${c.attachments.toString()}，没有日期的 ${c.undated.toString()}，栏目 ${c.columns.toString()}`,
  outcome: (fresh: number, changed: number, unchanged: number, stored: number) =>
    `通知：新增 ${fresh.toString()}，有变化 ${changed.toString()}，未变 ${unchanged.toString()}；库中共 ${stored.toString()} 份。`,
  dryRun: '试运行：没有写入任何内容。',
  outcomeToBe: (fresh: number, changed: number, unchanged: number, stored: number) =>
    `通知：更新后会新增 ${fresh.toString()}，有变化 ${changed.toString()}，未变 ${unchanged.toString()}；库中会有 ${stored.toString()} 份。`,
  toBeNew: '会新增：',
  toBeChanged: '会有变化：',
  title: (title: string) => `  · ${title}`,
  moreTitles: (all: number) => `  ……共 ${all.toString()} 份`,
  repairs: (total: number) => `修复 ${total.toString()} 处：`,
  noRepairs: '没有需要修复的地方。',
  repair: (rule: string, count: number) => `  ${ruleNames[rule] ?? rule} ${count.toString()}`,
  restored: (to: string, count: number) => `  混入的广告词，按前后文还原为“${to}” ${count.toString()}`,
  masked: (count: number) => `  混入的广告词，无法判断原文，已隐去 ${count.toString()}（请对照原页面）`,
  suspicious: (phrase: string, count: number) =>
    `疑似混入的广告词“${phrase}”（没有规则，已隐去）${count.toString()} 处；确认后可写入 data/repairs.json。`,
  sample: (text: string) => `  …${text}…`,
  problems: (count: number) => `未能照原样读取的地方 ${count.toString()} 处：`,
  problem: (text: string) => `  ${text}`,
  moreProblems: (count: number) => `  ……另有 ${count.toString()} 处，从略。`,
  nothingRead: '没有读到任何通知，已收录的内容保持不变。',
  rebuilt: (why: string) => `索引快照${why}，已根据通知库重建。`,
  refusals: {
    absent: '不存在',
    corrupt: '已损坏',
    'other-format': '是别的版本写的',
    'other-fingerprint': '与现在的词典或程序版本不符',
    stale: '落后于通知库',
  },
} as const;
