import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { dataFiles, readTextFiles } from '../../src/bootstrap/data-files.js';
import { OperatorError } from '../../src/domain/errors.js';

it('reads the text files of a folder by name, and nothing else in it', () => {
  const files = readTextFiles('contrasts');
  const names = files.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['contrasts/exams.txt', 'contrasts/study.txt']));
  expect(names).toEqual([...names].sort());
  for (const { name, text } of files) expect(text).toBe(readFileSync(dataFiles.directory + name, 'utf8'));
  // The folder that holds the JSON files and the folders.
  expect(readTextFiles('.').map(({ name }) => name)).toEqual(['./sample-bulletin.txt']);
});

it('refuses a folder that is not there, and names it', () => {
  const reading = () => readTextFiles('no-such-folder');
  expect(reading).toThrow(OperatorError);
  expect(reading).toThrow(/no-such-folder 无法读取/);
});
