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
