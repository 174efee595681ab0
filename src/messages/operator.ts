/** Configuration errors for operators at the command line: one sentence that names the place at fault. */
export const operatorMessages = {
  dictionaryMissing: (file: string) => `找不到分词词典 ${file}，请重新安装（npm ci）。`,
  dataFileUnreadable: (file: string, cause: unknown) => `数据文件 ${file} 无法读取：${reason(cause)}`,
  dataFileInvalid: (file: string, path: string, problem: string) =>
    `数据文件 ${file} 的 ${path === '' ? '顶层' : path} 不对：${problem}`,
  settingInvalid: (variable: string, problem: string) => `环境变量 ${variable} 不对：${problem}`,
  settings: {
    url: '应是完整的 http(s) 网址。',
    token: '应是 @BotFather 给出的口令，形如 123456:ABC…。',
    secret: '应为 16～256 位字母、数字、下划线或连字符。',
    secretWithoutUrl: '没有设置 WEBHOOK_URL 时不需要它，请删去其一或补上另一个。',
    urlWithoutSecret: '设置了 WEBHOOK_URL 就必须设置它（16 位以上随机字母数字）。',
    port: '应是 0～65535 的整数。',
    adminIds: '应是 Telegram 用户编号（正整数），多个用逗号隔开。',
    ingestMaxAge: '应是 1～8760 的整数（单位小时）。',
    questionLogDays: '应是 1～3650 的整数（单位天）。',
    sourceMaxMb: '应是 1～1024 的整数（单位 MiB）。',
    logLevel: (levels: readonly string[]) => `应是以下之一：${levels.join('、')}。`,
  },
} as const;

/** Texts of the health check and its server, for operators. */
export const operationsMessages = {
  cannotListen: (host: string, port: number, why: string): string =>
    `无法在 ${host}:${port} 上提供 /healthz 和 /metrics（${why}）。请检查 OPERATIONS_PORT 和 OPERATIONS_HOST。`,
  overdue: {
    poll: (minutes: number): string => `${minutes} 分钟没有成功收取消息`,
    ingest: (minutes: number): string => `${minutes} 分钟没有成功更新索引`,
    plan: (minutes: number): string => `${minutes} 分钟没有成功排定摘要`,
  },
} as const;

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
