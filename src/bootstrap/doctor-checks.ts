import { existsSync } from 'node:fs';
import { access, constants, mkdir } from 'node:fs/promises';
import type { DoctorCheck } from '../cli/doctor-command.js';
import { readConfig, type Config } from './config.js';
import { databaseFile, locateSnapshot, openStore } from './index-dependencies.js';
import { loadAnalyser } from './load-analyser.js';
import { loadProgramData } from './program-data.js';
import { readSnapshot } from '../index/snapshot.js';
import { doctorMessages as m } from '../messages/cli.js';
import { reportMessages } from '../messages/index-report.js';
import type { NoticeStore } from '../store/notice-store.js';
import { fetchBotUsername } from '../telegram/transport/connect.js';

/** Returns the checks of `runDoctor`, each after those that it depends on. */
export function createChecks(environment: Readonly<Record<string, string | undefined>>): DoctorCheck[] {
  const config = (): Config => readConfig(environment);
  return [
    {
      name: m.names.configuration,
      run: () => Promise.resolve(m.configured(describeTelegram(config()))),
    },
    {
      name: m.names.dataFiles,
      run: () => {
        loadProgramData();
        return Promise.resolve(m.dataFilesValid);
      },
    },
    {
      name: m.names.dictionary,
      run: () => {
        loadAnalyser();
        return Promise.resolve(m.dictionaryLoaded);
      },
    },
    { name: m.names.dataDir, run: () => checkDataDir(config()) },
    {
      name: m.names.store,
      run: () => withStore(config(), async (store) => m.stored(await store.count())),
    },
    {
      name: m.names.index,
      run: () => withStore(config(), (store) => checkIndex(config(), store)),
    },
    { name: m.names.token, run: () => checkToken(config()) },
  ];
}

/** Creates a missing data directory and checks access to it. Returns its path; throws when it cannot be used. */
async function checkDataDir({ dataDir }: Config): Promise<string> {
  try {
    await mkdir(dataDir, { recursive: true });
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new Error(m.dataDirUnusable(dataDir), { cause });
  }
  return dataDir;
}

async function checkIndex({ dataDir }: Config, store: NoticeStore): Promise<string> {
  if ((await store.count()) === 0) return m.indexNotNeeded;
  const { fingerprint, snapshotFile } = locateSnapshot(dataDir);
  const snapshot = await readSnapshot(snapshotFile, { fingerprint, storeRevision: await store.revision() });
  if (typeof snapshot !== 'string') return m.indexFits;
  throw new Error(m.indexNotFitting(reportMessages.refusals[snapshot]));
}

/** Runs `look` on the opened store and closes it. Creates no database where there is none. */
async function withStore(config: Config, look: (store: NoticeStore) => Promise<string>): Promise<string> {
  if (!existsSync(databaseFile(config.dataDir))) return m.nothingStored;
  const store = await openStore(config.dataDir);
  try {
    return await look(store);
  } finally {
    await store.close();
  }
}

async function checkToken({ telegram }: Config): Promise<string> {
  if (telegram === null) return m.telegramOff;
  return m.tokenValid(await fetchBotUsername(telegram.token, telegram.apiRoot));
}

function describeTelegram({ telegram }: Config): string {
  if (telegram === null) return m.telegramOff;
  return telegram.mode.kind === 'polling' ? m.telegramPolling : m.telegramWebhook;
}
