/** Texts of the commands and of the buttons under answers, and the commands' descriptions in the menus. */

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'] as const;

/** Menu descriptions. `about`: Chinese, also for languages without a text of their own; `en`: for English clients. */
export const commandTexts = {
  ask: { about: '提问，后面写问题', en: 'Ask about the notices: /ask question (in Chinese)' },
  latest: { about: '最新通知，后面可写栏目或日期', en: 'Newest notices: /latest column or date' },
  deadlines: { about: '近期截止的事项，后面可写几天', en: 'What ends soon: /deadlines 30' },
  digest: { about: '看一份摘要，后面可写日期', en: 'The digest, now: /digest date' },
  subscribe: { about: '订阅每日摘要', en: 'Subscribe to the daily digest' },
  settings: { about: '设置推送时间、栏目和关键词', en: 'Time, columns and words of the digest' },
  unsubscribe: { about: '取消订阅', en: 'Cancel the subscription' },
  reminders: { about: '我设的提醒', en: 'Reminders that are set' },
  privacy: { about: '保存了哪些信息', en: 'What is stored about you' },
  forgetme: { about: '删除保存的信息', en: 'Delete what is stored' },
  help: { about: '怎么问，在群里怎么用', en: 'How to ask, also in groups' },
  start: { about: '这个机器人能做什么', en: 'What this bot does' },
} as const;

export const commandMessages = {
  deadlinesWithin: (days: number) => `今后 ${days} 天内截止或开始：`,
  noDeadlines: (days: number) => `今后 ${days} 天内没有查到截止或开始的事项。`,
  moreDeadlines: (count: number) => `另有 ${count} 项没有列出。`,
  notUnderstoodDays: '没有看懂要看几天内的。可以写：/deadlines，或者 /deadlines 30天（最多 366 天）。',

  latest: (count: number) => `最新的 ${count} 份通知：`,
  latestOf: (what: string, count: number) => `${what}：最新的 ${count} 份通知`,
  latestOfDays: (days: string, count: number) => `${days}的通知（${count} 份）：`,
  notListed: (count: number) => `另有 ${count} 份没有列出。`,
  /** @param example a command that lists fewer notices */
  olderNotListed: (count: number, example: string) => `更早的 ${count} 份没有列出，可按日期查看，例如：${example}`,
  noneOf: (what: string) => `${what}：没有收录的通知。`,
  noneOfDays: (days: string) => `${days}没有收录的通知。`,
  nothingStored: '还没有收录任何通知。',
  notUnderstoodColumnOrDay: (columns: readonly string[]) =>
    [
      '没有看懂要哪一栏或哪一天。可以这样写：',
      '/latest、/latest 今天、/latest 本周、/latest 3月11日、/latest 3月',
      ...(columns.length > 0 ? [`或者写栏目名：${columns.join('、')}`] : []),
    ].join('\n'),
  notUnderstoodDay: '没有看懂是哪一天。可以写：今天、昨天、前天、本周、上周、本月、3月11日、2024年3月。',

  digestOf: (days: string) => `摘要：${days}的通知`,
  digestLastDay: (day: string) => `摘要：${day}的通知（最近有通知的一天）`,
  digestLastDayWanted: (day: string) => `摘要：${day}的通知（最近有符合设置的一天）`,
  digestNone: '没有符合的通知。',
  digestNothingSince: (since: string) => `${since} 以来没有符合您订阅设置的新通知。`,

  adminOnly: '在群里只有群管理员可以订阅、修改设置和删除信息。',
  adminUnknown: '暂时无法确认您是不是群管理员，请稍后再试。',

  subscribed: (when: string) => `已订阅：${when}。可以用下面的按钮调整，退订用 /unsubscribe。`,
  alreadySubscribed: '已经订阅了，下面是现在的设置。',
  /** Reply to arguments of /subscribe. */
  setBelow: '命令后面的字没有用到：时间、栏目和词请用下面的按钮设。',
  notSubscribed: '还没有订阅。发送 /subscribe 就可以订阅每日摘要。',
  unsubscribed: '已退订，不再发送摘要。设好的提醒仍然有效，见 /reminders。',

  panel: {
    title: '订阅设置',
    mode: { digest: '方式：定时摘要', immediate: '方式：有符合的新通知立即发送' },
    when: (when: string) => `时间：${when}`,
    columns: (columns: readonly string[]) => `栏目：${columns.length === 0 ? '全部' : columns.join('、')}`,
    include: (words: readonly string[]) =>
      words.length === 0 ? '只看的词：不限' : `只推送含有以下任一词的通知：${words.join('、')}`,
    exclude: (words: readonly string[]) =>
      words.length === 0 ? '不看的词：无' : `不推送含有以下任一词的通知：${words.join('、')}`,
    quiet: (on: boolean) => (on ? '没有新内容时：不发' : '没有新内容时：也发一条'),
    deadlines: (days: number) => (days === 0 ? '快截止的事项：不列' : `快截止的事项：列出 ${days} 天内的`),
    days: {
      daily: '每天',
      workdays: '工作日',
      weekly: (weekday: number) => `每周${WEEKDAYS[weekday - 1] ?? ''}`,
    },
    at: (days: string, time: string) => `${days} ${time}`,
    pickHour: '请选几点：',
    pickMinute: '请选几分：',
    pickDays: '请选哪些天：',
    pickColumns: '请选栏目（一个都不选就是全部）：',
    pickDeadlines: '摘要里列出几天内截止的事项？',
  },
  buttons: {
    time: '⏰ 时间',
    days: '📅 哪些天',
    columns: '🗂 栏目',
    include: '✅ 只看的词',
    exclude: '🚫 不看的词',
    /** Labels name the effect of a press. Keys are the present state. */
    quiet: { on: '改为没有新内容也发', off: '改为没有新内容不发' },
    deadlines: '⌛ 截止天数',
    mode: { digest: '改为立即发送', immediate: '改为定时摘要' },
    hour: (hour: number) => `${hour} 点`,
    minute: (minute: number) => `${minute} 分`,
    daily: '每天',
    workdays: '工作日',
    weekday: (weekday: number) => `周${WEEKDAYS[weekday - 1] ?? ''}`,
    chosen: (label: string) => `✓ ${label}`,
    deadlineDays: (days: number) => (days === 0 ? '不列' : `${days} 天`),
    back: '« 返回',
    close: '完成',
    /** `page`: number of the page that the button opens. */
    previous: (page: number, pages: number) => `◀ 上一页（${page}/${pages}）`,
    next: (page: number, pages: number) => `下一页（${page}/${pages}）▶`,
    copyPhone: '📋 复制电话',
    copyNumber: (number: string) => `📋 ${number}`,
    remind: '⏰ 提醒我',
    calendar: '📅 加入日历',
    fullText: '📄 全文',
    up: '👍',
    down: '👎',
    remindEve: '前一天晚上',
    remindOn: (days: number) => (days === 0 ? '当天早上' : `提前 ${days} 天`),
    confirm: '确定',
    cancel: '取消',
    removeReminder: (n: number) => `删除第 ${n} 条`,
    forget: '全部删除',
  },

  wordsPrompt: {
    include: '只推送含有以下任一词的通知。请回复这条消息，写出这些词。',
    exclude: '不推送含有以下任一词的通知。请回复这条消息，写出这些词。',
    how: (now: readonly string[]) =>
      now.length === 0
        ? '词和词之间用空格隔开。'
        : `词和词之间用空格隔开，新写的会替换现有的；回复“清空”，就一个词也不留。\n现有：${now.join('、')}`,
    placeholder: '例如：公示 职业教育',
  },
  wordsTaken: (words: readonly string[]) => (words.length === 0 ? '已清空。' : `已改为：${words.join('、')}`),
  noWords: '没有看到词，没有改动。',
  tooManyWords: (most: number) => `词太多了，最多 ${most} 个，没有改动。`,
  wordTooLong: (word: string, longest: number) => `“${word}…”太长了，每个词最多 ${longest} 个字，没有改动。`,
  tooManyColumns: (most: number) => `最多选 ${most} 个栏目。`,
  panelClosed: '设置已保存。',
  saved: '已保存。',

  reminder: {
    choose: (title: string, what: string, day: string) => `${what}：${day}\n《${title}》\n\n什么时候提醒您？`,
    chooseAtLeastOne: '请至少选一个时间。',
    set: (when: readonly string[], what: string, day: string) =>
      `好的，会提醒您（${when.join('、')}）。\n${what}：${day}\n查看或删除：/reminders`,
    cancelled: '没有设置提醒。',
    past: '这个时间已经过了，没有设置提醒。',
    tooMany: (most: number) => `这里的提醒已经有 ${most} 条了，请先用 /reminders 删掉一些。`,
    gone: '这份通知有变动或时间已到，请重新提问。',
    none: '没有设置提醒。在回答下面点“⏰ 提醒我”就能设置。',
    list: '设好的提醒：',
    more: (count: number) => `另有 ${count} 条没有列出。`,
    line: (n: number, what: string, day: string, title: string, when: readonly string[]) =>
      `${n}. ${what}：${day}\n    《${title}》\n    提醒：${when.join('、')}`,
    removed: '已删除这条提醒。',
    ofAnother: '这条提醒是别人设的，只有本人或群管理员可以删除。',
    unknown: '这条提醒已经不在了。',
  },

  calendarCaption: (what: string) => `打开这个文件就能加入日历：${what}`,
  fullTextPage: (page: number, pages: number) => `全文 第 ${page}/${pages} 页`,
  fullTextFile: '全文较长，请看附件。',

  vote: {
    thanks: '谢谢。',
    why: '谢谢，请点一下哪里不好。',
    noted: '记下了，会请管理员看。',
    notYours: '只有提问的人可以评价这条回答。',
    reasons: {
      wrong: '答错了',
      incomplete: '不完整',
      outdated: '过时了',
      unclear: '看不懂',
      other: '其他',
    },
  },

  privacy: (days: {
    questionDays: number;
    toldDays: number;
    deliveryDays: number;
    inactiveDays: number;
    auditDays: number;
  }) =>
    [
      '保存的信息',
      `· 提问记录：问题、回答的情况和您的评价，${days.questionDays} 天后删除。谁问的、在哪个聊天里问的，只存打乱后的代号，不存账号。`,
      '· 订阅设置：推送时间、栏目和关键词，退订时删除。',
      '· 提醒：设了哪些提醒、设的人的账号编号，不需要的可用 /reminders 删除。',
      `· 告诉过这里的期限：通知更正时用来告知，${days.toldDays} 天后删除。`,
      `· 发送记录：用来避免漏发和重发，${days.deliveryDays} 天后删除。`,
      `· 聊天的编号和类型：用来发送消息；停用机器人 ${days.inactiveDays} 天后，以上各项全部删除。`,
      `· 管理命令：谁用过或试过管理员的命令，记账号编号，${days.auditDays} 天后删除。`,
      '',
      '不保存：姓名、用户名、电话、头像，以及群里没有对我说的话。',
      '正在进行的对话只在内存里记住上一句，最多 30 分钟。',
      '全部删除：/forgetme（群里由群管理员发送）。管理命令的记录会留下，但账号编号换成看不出是谁的代号。',
    ].join('\n'),

  forget: {
    ask: '要删除保存的关于这个聊天的全部信息吗？包括订阅、提醒、提问记录和发送记录。删除后不能恢复。',
    cancelled: '没有删除任何信息。',
    done: (counts: {
      subscriptions: number;
      reminders: number;
      announced: number;
      deliveries: number;
      questions: number;
    }) =>
      [
        '已经删除：',
        `· 订阅 ${counts.subscriptions} 项`,
        `· 提醒 ${counts.reminders} 条`,
        `· 告知过的期限 ${counts.announced} 条`,
        `· 发送记录 ${counts.deliveries} 条`,
        `· 提问记录 ${counts.questions} 条`,
        '正在进行的对话也忘掉了。',
      ].join('\n'),
  },

  flooded: '问得太快了，请稍后再问。前面的会依次回答，这一条和紧跟着的不再处理。',

  inline: {
    helpTitle: '输入问题就能查通知',
    helpDescription: '例如：在线精品课程公示到哪天',
    helpText: '在输入框里写上我的用户名和问题，就能把通知里的答案发到这里。',
  },
} as const;
