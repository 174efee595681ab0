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
