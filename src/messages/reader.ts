/** Texts of answers and refusals for readers, the same in every interface. */
export const readerMessages = {
  whichOne: '有几份通知都符合，您问的是哪一份？',
  newest: (count: number) => `最新的 ${count.toString()} 份通知：`,
  nearest: '内容最接近的通知（不一定有您要的答案）：',
  opening: '这份通知的开头是：',
  notInNotice: '这份通知里没有找到这个问题的答案，它的开头是：',
  computed: {
    label: '推算',
    on: (day: string, weekday: string) => `${day}是星期${weekday}。`,
    past: (day: string) => `${day}已过。`,
    ended: (day: string) => `${day}已截止。`,
    today: (day: string) => `${day}就是今天。`,
    left: (day: string, days: number) => `到${day}还有 ${days.toString()} 天。`,
    ahead: (day: string, days: number) => `离${day}还有 ${days.toString()} 天。`,
    workingDays: (stated: number, actual: number) =>
      `通知写的是 ${stated.toString()} 个工作日，按日历是 ${actual.toString()} 个。`,
  },
  also: '其他通知里：',
  /** Above further lines that may be meant. */
  alsoNear: '也可能是这里：',
  /** Above the nearest line of a notice that lacks words of the question. */
  notMentioned: (words: readonly string[]): string =>
    `通知里没有提到${words.map((word) => `「${word}」`).join('、')}。最接近的是：`,
  /** Above a line that may be the answer. */
  unsure: '不太确定，通知里这样写：',
  undated: '日期未注明',
  evidence: '原文',
  refusal: {
    unsupported: '现有通知里没有找到这个问题的答案。',
    'not-stated': '通知里没有写这一项。',
    'no-subject': '请说明问的是哪份通知，例如：在线精品课程公示的联系电话。',
    'empty-question': '没有看到问题。可以问通知里的时间、电话、名单、办法等，例如：公示到哪天结束？',
    'too-long': '问题太长了，请用一两句话（300 字以内）说明想问什么。',
    'no-notices': '还没有收录任何通知，请管理员先导入通知。',
    'nothing-recent': '这段时间没有收录新的通知。',
    chitchat: '我只回答通知公告里的内容。有问题请直接问我，例如：公示到哪天结束？',
  },
} as const;
