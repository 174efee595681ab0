/** Help texts and usage errors of the command line: Chinese first, English below it. */
export const cliMessages = {
  description:
    '回答关于通知公告的问题，并给出原文依据。\nAnswers questions about official notices, with the line that proves the answer.\n\n' +
    '不带命令时：设置了 BOT_TOKEN 就运行 Telegram 机器人，否则在终端聊天。\n' +
    'Without a command: runs the Telegram bot when BOT_TOKEN is set, else a chat in the terminal.',
  index:
    '读取通知文件或文件夹，存入库中并建立索引。\nReads files or folders of notices into the store and builds the index.',
  indexPaths:
    '文件或文件夹（网页导出文本，或 JSON Lines）\nfiles or folders: page exports (.txt) or JSON Lines (.jsonl)',
  indexDryRun: '只看会有什么变化，不写入任何内容\nonly says what would change, and writes nothing',
  chat: '在终端里提问。\nAsks in the terminal.',
  ask: '回答一个问题；问题写作 - 时，从标准输入逐行读取。\nAnswers one question; with - reads one question a line from standard input.',
  askQuestion: '问题，或 -\nthe question, or -',
  askJson: '每个问题输出一行 JSON\nprints one JSON object a line',
  askConversation:
    '把各行当作同一个聊天，可以接着上一句问\ntakes the lines as one chat, so that a line may go on from the one before',
  now: '把现在当作这个时刻（ISO 8601，如 2024-03-11T09:00:00+08:00）\ntakes this moment (ISO 8601) as the present',
  serve: '运行 Telegram 机器人（需要 BOT_TOKEN）。\nRuns the Telegram bot (needs BOT_TOKEN).',
  evaluate:
    '用现有索引回答问题文件里的问题并打分，可与上一次的报告比较。\nScores files of questions against the present index; can compare with the last report.',
  evalFiles: '问题文件（JSON Lines）\nfiles of questions (JSON Lines)',
  evalCompare: '与这份报告比较\ncompares with this report',
  evalOut: '把报告写到这个文件\nwrites the report to this file',
  evalShow: '列出没有答对的问题\nlists the questions that were not answered right',
  doctor:
    '检查配置、数据目录、词典、索引和口令，并说明怎么办。\nChecks configuration, data directory, dictionary, index and token, and says what to do.',
  version: '显示版本\nshows the version',
  help: '显示帮助\nshows this help',
  helpHeadings: { Usage: '用法', Arguments: '参数', Options: '选项', Commands: '命令' },
  seeHelp: '运行 bulletin-bot --help 查看用法。',
  unknownCommand: (text: string) => `没有这个命令：${text}。`,
  unknownOption: (text: string) => `没有这个选项：${text}。`,
  missingArgument: (text: string) => `缺少参数 ${text}。`,
  missingOptionValue: (text: string) => `选项 ${text} 后面缺少值。`,
  excessArguments: (text: string) => `多余的参数：${text}。`,
  invalidUse: (text: string) => `用法不对：${text}`,
  invalidNow: (text: string) => `选项 --now 的值“${text}”不是有效的时刻，请写成 2024-03-11T09:00:00+08:00 这样的格式。`,
  tokenMissing: '没有设置环境变量 BOT_TOKEN，无法运行 Telegram 机器人；向 @BotFather 申请后写入 .env。',
  nothingIndexed: '没有读到任何通知，请检查上面列出的问题。',
  sampleInUse: '还没有导入通知，现在回答的是自带样例。导入：npm run index -- 文件路径',
  unexpected: (reason: string) => `出现意外错误：${reason}（设置 LOG_LEVEL=debug 可看到详情）`,
} as const;

/** Texts of the terminal chat. */
export const chatMessages = {
  prompt: '问> ',
  farewell: '再见。',
  /** Reply to /help and other commands, which exist only in Telegram. */
  noCommands: '终端里没有命令，直接输入问题就行；退出：Ctrl-D。',
  greeting: (notices: number) =>
    `bulletin-bot：已收录 ${notices.toString()} 份通知，直接输入问题，例如：在线精品课程公示到哪天结束？（退出：Ctrl-D）`,
  sample:
    '现在用的是自带样例。换成自己的通知：npm run index -- 文件路径；接入 Telegram：设置环境变量 BOT_TOKEN 后再 npm start。',
};

/** Output of `runDoctor`: what was checked, what was found, and how to fix it. */
export const doctorMessages = {
  ok: (name: string, found: string) => `✓ ${name}：${found}`,
  failed: (name: string, problem: string) => `✗ ${name}：${problem}`,
  allWell: '一切正常。',
  someFailed: (count: number) => `${count.toString()} 项有问题，请按上面的提示处理后再运行 doctor。`,
  names: {
    configuration: '配置',
    dataFiles: '数据文件',
    dictionary: '分词词典',
    dataDir: '数据目录',
    store: '通知库',
    index: '索引',
    token: 'Telegram',
  },
  configured: (telegram: string) => `环境变量有效（${telegram}）`,
  telegramOff: '未设置 BOT_TOKEN，只在终端聊天',
  telegramPolling: 'Telegram，长轮询',
  telegramWebhook: 'Telegram，webhook',
  dataFilesValid: '规则与词表格式正确',
  dictionaryLoaded: '已装入',
  dataDirUnusable: (dir: string) => `${dir} 不能读写，请检查 DATA_DIR 和目录权限。`,
  stored: (count: number) => `已收录 ${count.toString()} 份通知`,
  nothingStored: '还没有收录通知（会使用自带样例）；运行 npm run index -- 文件路径 导入。',
  indexFits: '快照与词典、通知库一致',
  indexNotFitting: (why: string) => `${why}；运行 npm run index -- 文件路径，或直接启动，都会自动重建。`,
  indexNotNeeded: '没有通知，不需要索引',
  tokenValid: (username: string) => `口令有效，机器人是 @${username}`,
} as const;
