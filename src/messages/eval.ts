/** Output of the `eval` command, and problems of question files and reports. */

const n = (value: number): string => value.toString();
const share = (value: number): string => value.toFixed(3);
const ms = (value: number): string => `${value.toFixed(1)} ms`;

export const evalMessages = {
  badJson: '这一行不是完整的 JSON，没有用。',
  unknownForm:
    '认不出这一行：应有 q 和 expect（单个问题）、docid、question 和 answer（标准答案）或 turns（对话）。没有用。',
  badField: (path: string, problem: string) => `${path === '' ? '这一行' : `字段 ${path}`}不对（${problem}），没有用。`,
  expectsNothing: '既没有写应答出什么（expect、source），也没有写应拒答（refuse），任何回答都会算对',
  duplicate: (id: string, earlier: string) => `与 ${earlier.replace(/：$/, '')}重复（id“${id}”），没有用。`,
  tooLarge: (file: string) => `${file} 太大，超过 64 MiB 的部分没有读，请拆成几个文件。`,
  noQuestions: '没有给出问题文件。',
  nothingToAsk: (why: string, more: number) =>
    `没有一个可用的问题。${why}${more > 0 ? `（另有 ${n(more)} 处问题）` : ''}`,
  problems: (count: number) => `问题文件中有 ${n(count)} 处没有用：`,
  problem: (text: string) => `  ${text}`,
  moreProblems: (count: number) => `  ……另有 ${n(count)} 处，从略。`,
  noType: '未分类',

  reportUnreadable: (file: string, reason: string) =>
    reason === 'ENOENT' ? `找不到评测报告 ${file}。` : `读不了评测报告 ${file}（${reason}）。`,
  notAReport: (file: string) => `${file} 不是本程序这一版写的评测报告，无法比较。`,
  reportUnwritable: (file: string, reason: string) => `评测报告写不到 ${file}（${reason}）。`,
  outIsQuestions: (file: string) => `--out 的 ${file} 是问题文件，不会覆盖它；请换一个文件名。`,
  written: (file: string) => `报告已写入 ${file}`,

  columns: ['类型', '题数', '答对', '说错', '误拒'],
  total: '合计',
  turns: '对话各轮',
  refusals: (right: number, expected: number) => `应拒答 ${n(expected)} 题，拒对 ${n(right)} 题。`,
  dialogues: (right: number, count: number) => `对话 ${n(count)} 组，各轮全对 ${n(right)} 组。`,
  retrieval: (g: { count: number; r1: number; r3: number; r10: number; mrr: number }) =>
    `查找（${n(g.count)} 题）：R@1 ${share(g.r1)}  R@3 ${share(g.r3)}  R@10 ${share(g.r10)}  MRR ${share(g.mrr)}`,
  gold: (g: { count: number; rougeL: number; covered: number; refused: number }) =>
    `回答（${n(g.count)} 题）：ROUGE-L ${share(g.rougeL)}  覆盖标准答案 ${share(g.covered)}  拒答 ${share(g.refused)}`,
  invariants: (i: {
    answers: number;
    noQuote: number;
    quoteNotInNotice: number;
    digitLock: number;
    noticeNotStored: number;
  }) =>
    `核对 ${n(i.answers)} 个回答：没有原文 ${n(i.noQuote)}，原文不在通知里 ${n(i.quoteNotInNotice)}，` +
    `数字不在通知里 ${n(i.digitLock)}，通知不在库里 ${n(i.noticeNotStored)}（都应为 0）`,
  times: (t: { p50: number; p99: number; max: number }) =>
    `用时：p50 ${ms(t.p50)}  p99 ${ms(t.p99)}  最长 ${ms(t.max)}`,

  verdicts: { right: '答对', 'said wrongly': '说错', 'refused wrongly': '误拒' },
  violations: {
    'no-quote': '没有原文',
    'quote-not-in-notice': '原文不在通知里',
    'digits-not-in-notice': '数字不在通知里',
    'notice-not-stored': '通知不在库里',
  },
  kinds: { answer: '回答', choices: '请选择', none: '拒答' },
  faults: {
    missing: (texts: readonly string[]) => `没有“${texts.join('”或“')}”`,
    forbidden: (texts: readonly string[]) => `不该有“${texts.join('')}”`,
    'other notice': (texts: readonly string[]) => `不是标题含“${texts.join('')}”的通知`,
  },
  mustRefuse: '应拒答',
  broken: (state: string, violations: readonly string[]) => `${state}（${violations.join('，')}）`,
  goldState: (row: { covered: boolean; rank: number | null; rougeL: number }) =>
    `${row.covered ? '覆盖' : '未覆盖'} 排名${row.rank === null ? '无' : n(row.rank)} ROUGE-L ${row.rougeL.toFixed(2)}`,
  notRight: (count: number) => `没有答好的 ${n(count)} 题：`,
  row: (state: string, id: string, question: string) => `  ${state}  ${id}  ${question}`,
  rowAnswer: (kind: string, answer: string, title: string | null) =>
    `      ${[kind, answer, title === null ? '' : `《${title}》`].filter((part) => part !== '').join('  ')}`,
  rowDetail: (text: string) => `      ${text}`,

  since: (at: string) => `与 ${at} 的报告比较：`,
  otherSet: (added: number, removed: number) =>
    `  问题不同：新增 ${n(added)} 题，少了 ${n(removed)} 题，下列数字不是同一套题的。`,
  changes: (better: number, worse: number, same: number) =>
    `  变好 ${n(better)} 题，变差 ${n(worse)} 题，未变 ${n(same)} 题。`,
  worse: '变差',
  better: '变好',
  change: (how: string, id: string, question: string, before: string, after: string) =>
    `  ${how}  ${id}  ${question}  ${before} → ${after}`,
  figure: (name: string, before: string, after: string) => `  ${name} ${before} → ${after}`,
  noFigure: '无',
  figures: {
    right: '答对',
    saidWrongly: '说错',
    refusedWrongly: '误拒',
    refusalsRight: '拒对',
    dialoguesRight: '对话全对',
    turnsRight: '对话各轮答对',
    r1: 'R@1',
    r3: 'R@3',
    r10: 'R@10',
    mrr: 'MRR',
    rougeL: 'ROUGE-L',
    covered: '覆盖标准答案',
    refused: '拒答',
    violations: '违反约定的回答',
    p50Ms: '用时 p50（ms）',
    p99Ms: '用时 p99（ms）',
  },
} as const;
