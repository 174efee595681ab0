/** Texts of the Telegram interface only; those of answers are in `reader.ts`. */
export const telegramMessages = {
  start: {
    lead: '我根据收录的通知公告回答问题，并附上原文和出处。',
    body: [
      '直接把问题发给我就行，例如：',
      '· 在线精品课程公示到哪天结束？',
      '· 县域督导评估的举报电话是多少？',
      '更多用法：/help',
    ].join('\n'),
    inGroup: (bot: string): string =>
      [
        `在群里请发送“/ask 问题”，或在消息里写上 @${bot}，例如：`,
        '/ask 在线精品课程公示到哪天结束？',
        '更多用法：/help',
      ].join('\n'),
  },
  help: {
    lead: '怎么问',
    /** @param commands lines, each a command with its description */
    body: (bot: string, commands: readonly string[]): string =>
      [
        '直接发一句话，像平时说话一样问时间、电话、对象、办法都可以，一次问一件事。',
        '回答下面的按钮可以看全文、设提醒、加入日历，或者看其他可能相关的通知。',
        '',
        '我不会做的',
        '· 通知里没有写的，我会直说没有找到，不猜。',
        '· 不代办、不转达，也不解释政策；有疑问请拨打通知里的电话。',
        '· 只看文字，不看图片、语音和文件。',
        '',
        '在群里',
        `发送“/ask 问题”，或在消息里写上 @${bot}，或回复我的消息；其余聊天我不插话。`,
        '群里的订阅和设置由群管理员操作。',
        '',
        '命令',
        ...commands,
      ].join('\n'),
    admins: (commands: readonly string[]): string =>
      ['', '管理员命令（只有您这样的管理员能用）', ...commands].join('\n'),
  },
  /** Reply to a bare number: lists are numbered, and so are the buttons under them. */
  pressNumber: '要看列表里的某一份，请点那条消息下面的数字按钮；要提问，请打一句话。',
  textOnly: '我只能看懂文字，请把问题打成一句话发给我。',
  unknownCommand: '没有这个命令。直接发问题就行，用法见 /help。',
  /** Shown as a small notification over a pressed button. */
  buttonUnknown: '这个按钮已经失效了，请重新提问。',
  noticeGone: '这份通知已经不在收录范围内了，请重新提问。',
  failed: (code: string): string =>
    `抱歉，刚才出了点问题，没能回答。请稍后再试；如果一直这样，请把代码 ${code} 告诉管理员。`,
} as const;

/** Texts for operators. They never hold the token or the webhook secret. */
export const telegramOperatorMessages = {
  tokenInvalid: 'BOT_TOKEN 无效：Telegram 不认识它。请向 @BotFather 核对后重新设置。',
  unreachable: (where: string, fault?: string): string =>
    `连不上 Telegram（${[where, fault].filter((part) => part !== undefined).join('，')}）。请检查网络，或用 TELEGRAM_API_ROOT 指定可用的 Bot API 服务器。`,
  startRefused: (what: string): string => `Telegram 拒绝了启动请求：${what}`,
  badApiRoot: 'TELEGRAM_API_ROOT 应是 http:// 或 https:// 开头的网址。',
  badWebhookUrl: 'WEBHOOK_URL 应是 https:// 开头的网址。',
  webhookRefused: (why: string): string => `Telegram 拒绝了 WEBHOOK_URL：${why}`,
  cannotListen: (host: string, port: number, why: string): string =>
    `无法在 ${host}:${port} 上监听 webhook（${why}）。`,
} as const;
