import { fileURLToPath } from 'node:url';

/** Path of `data/`, a sibling of both `src/` and `dist/`: the same relative path before and after compiling. */
const DATA_DIRECTORY = fileURLToPath(new URL('../../data/', import.meta.url));

/** Paths of the data files that ship with the program. */
export const dataFiles = {
  directory: DATA_DIRECTORY,
  userDictionary: `${DATA_DIRECTORY}dictionary/user.dict.txt`,
  recency: `${DATA_DIRECTORY}recency.json`,
  followUps: `${DATA_DIRECTORY}follow-ups.json`,
  repairs: `${DATA_DIRECTORY}repairs.json`,
  columns: `${DATA_DIRECTORY}columns.json`,
  amendments: `${DATA_DIRECTORY}amendments.json`,
  notify: `${DATA_DIRECTORY}notify.json`,
  telegramErrors: `${DATA_DIRECTORY}telegram-errors.json`,
  support: `${DATA_DIRECTORY}support.json`,
  sample: `${DATA_DIRECTORY}sample-bulletin.txt`,
};
