import { fileURLToPath } from 'node:url';

/** Path of `data/`, a sibling of both `src/` and `dist/`: the same relative path before and after compiling. */
const DATA = fileURLToPath(new URL('../data/', import.meta.url));

/** Paths of the data files that ship with the program. */
export const dataFiles = {
  directory: DATA,
  userDictionary: `${DATA}dictionary/user.dict.txt`,
  recency: `${DATA}recency.json`,
  followUps: `${DATA}follow-ups.json`,
  repairs: `${DATA}repairs.json`,
  columns: `${DATA}columns.json`,
  amendments: `${DATA}amendments.json`,
  notify: `${DATA}notify.json`,
  telegramErrors: `${DATA}telegram-errors.json`,
  support: `${DATA}support.json`,
  sample: `${DATA}sample-bulletin.txt`,
};
