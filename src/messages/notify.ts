import type { PeriodType } from '../domain/fact.js';

/** Suffix of a heading that names a time: 公示时间, 报名截止日期, 缴费期限, 公示期. */
const TIME_SUFFIX = /(?:截止|起止)?(?:时间|日期|期限|时限)$|截止日?$|(?<=公示|公告|申报|申请|报名|缴费|征集)期$/u;

/** Removes the time suffix of a heading: 公示时间 → 公示. */
const stripTimeSuffix = (subject: string): string => subject.replace(TIME_SUFFIX, '');

/** Returns whether a heading names an end together with something else: 投标截止和开标时间 → true. */
const namesMoreThanEnd = (subject: string): boolean => stripTimeSuffix(subject).includes('截止');

/** Names the end of a period by its heading: 公示时间 and 公示截止时间 → 公示截止. */
const nameOfEnd = (subject: string): string =>
  namesMoreThanEnd(subject) ? subject : `${stripTimeSuffix(subject)}截止`;

const nameOfStart = (subject: string): string => `${stripTimeSuffix(subject)}开始`;

/** Texts of messages that the bot sends unasked: digests, alerts, reminders and corrections. */
export const notifyMessages = {
  digest: {
    lead: '通知摘要',
    period: (from: string, to: string) => `从 ${from} 到 ${to}`,
    counts: (news: number) => `新通知 ${news} 份`,
    nothingNew: '这段时间没有新的通知。',
    column: (name: string, count: number) => `【${name}】${count} 份`,
    noColumn: '其他',
    moreNews: (count: number) => `还有 ${count} 份没有列出，发送 /latest 查看。`,
    near: (days: number) => `今后 ${days} 天内截止或开始：`,
    nearEntry: (what: string, number: number) => `· ${what}（第 ${number} 条）`,
    moreNear: (count: number) => `还有 ${count} 项没有列出，发送 /deadlines 查看。`,
  },
  alert: {
    lead: '新通知',
    button: '查看通知',
  },
  reminder: {
    lead: {
      end: (subject: string, left: string) =>
        namesMoreThanEnd(subject) ? `提醒：${subject}，${left}` : `提醒：${stripTimeSuffix(subject)}${left}截止`,
      start: (subject: string, left: string) => `提醒：${stripTimeSuffix(subject)}${left}开始`,
      on: (subject: string, left: string) => `提醒：${subject}，${left}`,
    },
    when: (day: string) => `时间：${day}`,
    button: '查看通知',
    manage: '查看或取消提醒：/reminders',
  },
  correction: {
    lead: '通知有更正',
    changed: (subject: string, before: string, after: string) => `${subject}改为${after}，原来是${before}。`,
    gone: (subject: string, before: string) => `${subject}：现在的通知里没有写这一项，原来是${before}。`,
    back: (subject: string, after: string) => `${subject}：现在写明是${after}。`,
    moved: (day: string) => `您的提醒已改为按${day}发送。`,
    movedPast: (day: string) => `离${day}太近，来不及再提醒，这条提醒不再发送。`,
    kept: (day: string) => `您的提醒仍按${day}发送，不需要时可用 /reminders 取消。`,
    button: '查看通知',
  },
  /** Name of a period by its type, for a notice that has no short heading of its own for it. */
  subjects: {
    publicity: '公示',
    application: '申报',
    registration: '报名',
    submission: '提交材料',
    exam: '考试',
    activity: '活动',
    opening: '开放',
    printing: '打印准考证',
    query: '查询',
    evaluation: '评估检查',
    payment: '缴费',
    bidding: '投标',
    outage: '停供',
    effective: '施行',
    signature: '落款日期',
    cited: '引用日期',
    other: '时间',
  } satisfies Record<PeriodType, string>,
  /** Name of a period's end or start by its heading: 公示截止, 报名开始. */
  due: { end: nameOfEnd, start: nameOfStart },
  deadline: {
    end: (subject: string, day: string, left: string) => `${nameOfEnd(subject)}：${day}，${left}`,
    start: (subject: string, day: string, left: string) => `${nameOfStart(subject)}：${day}，${left}`,
  },
  untitled: '（无标题）',
  left: (days: number) => (days === 0 ? '今天' : days === 1 ? '明天' : `还有 ${days} 天`),
  month: (year: string, month: number) => `${year}年${month}月`,
  year: (year: string) => `${year}年`,
  from: (start: string) => `${start}起`,
  until: (end: string) => `${end}止`,
  between: (start: string, end: string) => `${start}至${end}`,
  calendarFile: {
    ends: (subject: string, title: string) => `${nameOfEnd(subject)}：${title}`,
    takesPlace: (subject: string, title: string) => `${subject}：${title}`,
  },
} as const;

/** Texts for the operator's log and /status. */
export const notifyOperatorMessages = {
  calendarEnds: (year: number) =>
    `内置的节假日安排只到 ${year} 年，之后“工作日”按周一至周五计算，不含调休；请升级 chinese-days。`,
} as const;
