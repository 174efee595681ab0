/** Texts for admins in chat, and for readers the label of an admin's pinned answer. */

import type { PlainDate } from '../domain/notice.js';
import { formatDay } from './format-day.js';
import { percent } from './index-report.js';

const list = (titles: readonly string[], all: number): string[] => [
  ...titles.map((title) => `  · ${title}`),
  ...(all > titles.length ? [`  ……共 ${all} 份`] : []),
];

const STAGES = { reading: '读取', repairing: '整理文字', saving: '保存', indexing: '建立索引' } as const;

export interface ReindexSummaryFields {
  readonly dryRun: boolean;
  readonly files: number;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly newTitles: readonly string[];
  readonly changedTitles: readonly string[];
  readonly stored: number;
  readonly repairs: number;
  readonly masked: number;
  readonly suspicious: number;
  readonly problems: number;
  readonly problemTexts: readonly string[];
}

/** Counts of the notices that an index run stored before it failed. */
interface SavedCounts {
  readonly new: number;
  readonly changed: number;
  readonly refreshed: number;
  readonly isIndexed: boolean;
}

/** Descriptions in the admin's command menu. */
export const adminCommandTexts = {
  reindex: { about: '更新通知：/reindex 来源 --dry-run', en: 'Re-index: /reindex source --dry-run' },
  status: { about: '运行情况', en: 'How the bot is doing' },
  unanswered: { about: '没答出和答得不好的问题', en: 'Questions refused or voted down' },
  pin: { about: '固定回答：/pin 问题 => 回答', en: 'Fix an answer: /pin question => answer' },
  sources: { about: '通知来源', en: 'Sources of notices' },
  broadcast: { about: '群发：/broadcast 内容', en: 'Send to all chats: /broadcast text' },
} as const;

export const adminMessages = {
  refused: '这个命令只有管理员可以用。',
  privateOnly: '管理命令请在与我的私聊里使用。',
  buttonRefused: '这个按钮只有管理员可以用。',

  reindex: {
    noSources: '还没有设置来源。请在环境变量 SOURCES 里写上文件或文件夹，重启后再试。',
    unknownSource: (names: readonly string[]) => `没有这个来源。可以写编号或名称：${names.join('、')}`,
    usage: '用法：/reindex、/reindex 来源、/reindex 来源 --dry-run（只看会有什么变化）。',
    starting: (sources: readonly string[], dryRun: boolean) =>
      `${dryRun ? '试运行' : '更新索引'}：${sources.join('、')}\n正在开始……`,
    progress: (sources: readonly string[], dryRun: boolean, at: string, seconds: number) =>
      `${dryRun ? '试运行' : '更新索引'}：${sources.join('、')}\n${at}（已用 ${seconds} 秒）\n完成之前用现有索引回答。`,
    stage: (stage: keyof typeof STAGES, file: string | null, done: number, total: number) => {
      if (stage === 'saving') return `保存 ${total} 份通知`;
      return `${STAGES[stage]}${file === null ? ` ${done}/${total}` : ` ${file}`} ${percent(done, total)}%`;
    },
    notYet: '正在开始',
    alreadyRunning: (since: string, at: string) => `已经有一次更新在进行（${since} 开始）：${at}。请等它结束。`,
    stopping: '机器人正在停止，请稍后再试。',
    failed: (message: string, seconds: number, saved: SavedCounts | null) =>
      [
        `更新没有完成（用时 ${seconds} 秒）：${message}`,
        saved === null
          ? '已收录的通知没有变化，继续用现有索引回答。'
          : `在那之前读到的通知已经存下：新增 ${saved.new}，有变化 ${saved.changed}${saved.refreshed > 0 ? `，重新整理 ${saved.refreshed}` : ''}。`,
        ...(saved === null
          ? []
          : [
              saved.isIndexed
                ? '索引已经补齐，现在就用新的内容回答。'
                : '索引还没有补齐，先用旧索引回答；下次更新或重启时再补。',
            ]),
      ].join('\n'),
    failedDry: (message: string) => `试运行没有完成：${message}`,
    done: (s: ReindexSummaryFields, seconds: number) =>
      [
        s.dryRun ? `试运行完成（用时 ${seconds} 秒），没有改动任何内容。` : `更新完成（用时 ${seconds} 秒）。`,
        s.files === 0
          ? '没有读到任何通知。'
          : `${s.dryRun ? '更新后会' : ''}新增 ${s.new}，有变化 ${s.changed}，未变 ${s.unchanged}；共 ${s.stored} 份通知。`,
        ...(s.new > 0 ? ['新增：', ...list(s.newTitles, s.new)] : []),
        ...(s.changed > 0 ? ['有变化：', ...list(s.changedTitles, s.changed)] : []),
        ...(s.repairs > 0
          ? [`修复文字 ${s.repairs} 处${s.masked > 0 ? `，其中 ${s.masked} 处无法判断原文，已隐去` : ''}。`]
          : []),
        ...(s.suspicious > 0 ? [`发现 ${s.suspicious} 个疑似混入的广告词，已隐去，请用命令行 index 查看。`] : []),
        ...(s.problems > 0
          ? [
              `未能照原样读取的地方 ${s.problems} 处：`,
              ...s.problemTexts.map((text) => `  · ${text}`),
              ...(s.problems > s.problemTexts.length ? ['  ……其余从略'] : []),
            ]
          : []),
      ].join('\n'),
    unexpected: (reason: string) => `出现意外错误：${reason}`,
    stopped: '机器人停止，更新中断。',
    stalled: '更新长时间没有进展，已中断。',
    died: (how: string) => `更新的进程意外结束（${how}），可能是内存不足。`,
  },

  sources: {
    none: '还没有设置来源（环境变量 SOURCES）。',
    title: '通知来源（/reindex 后面写编号或名称）：',
    line: (number: number, name: string, last: string) => `${number}. ${name}\n   ${last}`,
    never: '还没有读取过',
    done: (at: string, fresh: number, changed: number) => `${at} 读取成功：新增 ${fresh}，有变化 ${changed}`,
    failed: (at: string, reason: string) => `${at} 读取失败：${reason}`,
    unknownReason: '原因不明',
  },

  status: {
    title: '运行情况',
    version: (version: string, up: string) => `版本 ${version}，已运行 ${up}`,
    days: (days: number, hours: number) => `${days} 天 ${hours} 小时`,
    hours: (hours: number, minutes: number) => `${hours} 小时 ${minutes} 分`,
    notices: (stored: number, indexed: number, fits: boolean) =>
      `通知 ${stored} 份，索引 ${indexed} 份${fits ? '' : '（索引落后于通知库，下次更新时补齐）'}`,
    sample: '还没有收录通知，现在用自带样例回答。',
    running: (since: string, at: string) => `正在更新索引（${since} 开始）：${at}`,
    runs: '最近的更新：',
    run: (at: string, seconds: number, sources: readonly string[], result: string) =>
      `  · ${at}（${seconds} 秒）${sources.join('、')}：${result}`,
    noRuns: '还没有更新过。',
    ran: (fresh: number, changed: number) => `新增 ${fresh}，有变化 ${changed}`,
    failed: '失败',
    queue: (c: { owed: number; claimed: number; sent: number; rejected: number; dropped: number }) =>
      `发送：待发 ${c.owed}，正在发 ${c.claimed}，已发 ${c.sent}，被拒 ${c.rejected}，放弃 ${c.dropped}`,
    chats: (active: number, inactive: number, subscriptions: number) =>
      `聊天 ${active} 个（停用 ${inactive} 个），订阅 ${subscriptions} 项`,
    memory: (mib: number) => `内存 ${mib} MiB`,
  },

  unanswered: {
    none: '没有待处理的问题。',
    title: (questions: number, kinds: number) => `待处理的问题 ${questions} 个，归为 ${kinds} 类：`,
    line: (n: number, count: number, example: string, refused: number, down: number) =>
      `${n}. （${count} 次${refused > 0 ? `，没答出 ${refused}` : ''}${down > 0 ? `，👎 ${down}` : ''}）${example}`,
    reasons: { wrong: '答错了', incomplete: '不完整', outdated: '过时了', unclear: '看不懂', other: '其他' },
    why: (reason: string) => `［${reason}］`,
    more: (kinds: number) => `另有 ${kinds} 类没有列出。`,
    hint: '处理好一类，就点它的按钮，把它从这里去掉；也可以用 /pin 问题 => 回答 固定一个回答。',
    done: (n: number) => `第 ${n} 类：标为已处理`,
    marked: (count: number) => `已处理 ${count} 个问题。`,
    gone: '这些问题已经处理过了。',
  },

  pin: {
    usage: [
      '用法：/pin 问题 => 回答',
      '可以在最后写有效期：/pin 问题 => 回答 => 30天，或 => 2024-06-30（不写就是 90 天，最长 365 天）。',
      '同一类问题都会得到这个回答，并注明是管理员固定的、不是通知原文。',
    ].join('\n'),
    badExpiry: '有效期没有看懂，请写成“30天”或“2024-06-30”这样，而且要在今后 365 天以内。',
    tooLong: (question: number, answer: number) => `太长了：问题最多 ${question} 字，回答最多 ${answer} 字。`,
    noSubject: '问题里看不出问的是什么事，请写得具体些，例如：食堂几点开门。',
    tooMany: (most: number) => `固定的回答已经有 ${most} 条，请先删掉一些。`,
    added: (question: string, until: PlainDate) => `已固定：${question}\n有效期至${formatDay(until)}。`,
    none: '没有固定的回答。',
    title: '固定的回答：',
    line: (n: number, question: string, answer: string, until: PlainDate) =>
      `${n}. ${question}\n   ${answer}\n   有效期至${formatDay(until)}`,
    more: (count: number) => `另有 ${count} 条没有列出。`,
    remove: (n: number) => `删除第 ${n} 条`,
    removed: '已删除。',
    gone: '这一条已经不在了。',
  },
  /** Shown to readers, so that a pinned answer is never taken for the text of a notice. */
  pinned: {
    label: (since: PlainDate) => `管理员固定的回答（${formatDay(since)}）`,
    until: (day: PlainDate) => `这是管理员的说明，不是通知原文；有效期至${formatDay(day)}。`,
  },

  broadcast: {
    usage: '用法：/broadcast 要群发的内容（纯文字）。',
    tooLong: '内容太长，一条消息放不下，请缩短。',
    heading: '管理员通知',
    preview: (chats: number) => `会发给 ${chats} 个聊天，效果如下。请在 10 分钟内确认：`,
    noChats: '现在没有可以发送的聊天。',
    confirm: '确认发送',
    cancel: '取消',
    begun: (chats: number) => `开始群发，共 ${chats} 个聊天；进度见 /status。`,
    busy: '上一次群发还没有排完，请稍后再试。',
    expired: '这次群发已经处理过或超过 10 分钟，请重新发送 /broadcast。',
    cancelled: '已取消，没有发送。',
  },
} as const;
