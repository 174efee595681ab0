/** Errors of the stored state, for operators. Those about a file name it and say what to do. */
export const storeMessages = {
  notADatabase: (file: string) =>
    `${file} 不是数据库文件，没有改动它。请检查路径设置；如果文件已损坏，请用备份恢复，或移走后重新导入。`,
  foreignDatabase: (file: string) => `${file} 是其他程序的数据库，没有改动它。请检查路径设置，换一个文件名。`,
  newerVersion: (file: string, migration: string) =>
    `${file} 由更新版本的程序写成（含未知的结构变更 ${migration}）。请升级本程序，或换用旧版本的备份。`,
  damaged: (file: string) => `${file} 已损坏，无法读取。请用备份恢复，或移走后重新导入。`,
  damagedValue: (file: string, place: string) => `${file} 中 ${place} 的内容无法识别。请用备份恢复，或移走后重新导入。`,
  unreadableRow: (file: string, place: string) =>
    `${file} 中 ${place} 的内容无法识别，已跳过，原样保留。请升级本程序后再试，或用备份核对这一行。`,
  notWritable: (file: string) =>
    `无法写入 ${file}。请确认文件及其所在文件夹对运行本程序的用户可写，且没有以只读方式挂载。`,
  cannotOpen: (file: string) => `无法打开 ${file}。请确认它是普通文件，且其所在文件夹可读写。`,
  folderUnusable: (folder: string, reason: string) =>
    `无法创建或使用文件夹 ${folder}（${reason}）。请检查路径和权限，或改用其他文件夹。`,
  diskFull: (file: string) => `磁盘已满，无法写入 ${file}；已保存的内容没有变化。请腾出空间后重试。`,
  ioFailed: (file: string) => `读写 ${file} 时磁盘出错。请检查磁盘和挂载，再重试。`,
  locked: (file: string) => `${file} 一直被其他进程占用。请等它完成，或关闭正在使用该文件的程序后重试。`,
  closed: '存储已关闭，不能再读写。',
  runHeld: (dir: string) => `另一次运行正在更新 ${dir} 的通知和索引，同一文件夹一次只能有一个。请等它结束后再试。`,
  servedByAnother: (dir: string) =>
    `另一个机器人进程正在使用 ${dir}。请先停掉它；要同时运行两个机器人，请给它们不同的 DATA_DIR。`,
} as const;
