/** Texts about deliveries in the log and the ledger, for operators. They hold nothing of a message's text. */
export const deliveryMessages = {
  /** Reasons of postponement or rejection, kept in the ledger. */
  reason: {
    paced: '发送速度已到上限，稍后再发',
    stopping: '程序正在停止，下次启动后再发',
    flood: (seconds: number): string => `Telegram 要求 ${seconds} 秒后再发`,
    gaveUp: (description: string): string => `多次重试仍被拒绝：${description}`,
  },
  log: {
    sent: '已送达',
    postponed: '没有送达，稍后重试',
    postponedSinceLast: '有消息没有送达，稍后重试（条数和最近一次的原因）',
    rejected: '消息被拒绝，不再重试',
    gone: '对方已不接收消息，停止推送',
    migrated: '群组已升级为超级群组，改发到新的会话',
    token: 'BOT_TOKEN 被拒绝，暂停推送；请检查口令',
    topicGone: '话题已不存在，改发到群组',
    markup: '消息的格式有误，已改发纯文本',
    buttons: '消息的按钮有误，已去掉按钮',
    recovered: '上次没有发完的消息将重新发送',
    claimFailed: '读取待发消息时出错，稍后重试',
    recordFailed: '记录发送结果时出错，稍后重试',
    listenerFailed: '处理发送结果时出错',
  },
} as const;
