import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { answerTypesSchema, createAnswerTypes } from '../../src/answering/query/answer-types.js';
import { parseContrasts } from '../../src/answering/query/contrasts.js';
import { parseLexicon } from '../../src/answering/query/lexicon.js';
import { dataFiles, readDataFile } from '../../src/bootstrap/data-files.js';
import { fold } from '../../src/text/fold.js';

const filesOf = (folder: string) =>
  readdirSync(`${dataFiles.directory}${folder}`).map((file) => {
    const name = `${folder}/${file}`;
    return { name, text: readFileSync(`${dataFiles.directory}${name}`, 'utf8') };
  });
/** Lines that are no comments, each with its place. */
const linesOf = (files: ReturnType<typeof filesOf>) =>
  files.flatMap(({ name, text }) =>
    text
      .split('\n')
      .map((line, i) => ({ line: line.trim(), at: `${name}:${i + 1} ${line}` }))
      .filter(({ line }) => line !== '' && !line.startsWith('#')),
  );
const wordsOf = (line: string): string[] => line.split(/[ /|=<@]+/).filter((word) => word !== '');

const lexiconFiles = filesOf('lexicon');
const contrastFiles = filesOf('contrasts');
const groups = linesOf(lexiconFiles);
const contrasts = parseContrasts(contrastFiles);

describe('the words that the program knows', () => {
  it('are at least 6,000 groups and 600 contrast sets, without a malformed line', () => {
    expect(parseLexicon(lexiconFiles).size).toBeGreaterThanOrEqual(6000);
    expect(contrasts.sets.length).toBeGreaterThanOrEqual(600);
  });

  it('stand in files of lower-case names that begin with a header', () => {
    const files = [...lexiconFiles, ...contrastFiles];
    expect(files.filter(({ name }) => !/^[a-z/]+(?:-[a-z]+)*\.txt$/.test(name)).map(({ name }) => name)).toEqual([]);
    expect(files.filter(({ text }) => !/^# \S/.test(text)).map(({ name }) => name)).toEqual([]);
  });

  it('are in folded form', () => {
    const unfolded = [...groups, ...linesOf(contrastFiles)].filter(({ line }) =>
      wordsOf(line).some((word) => fold(word) !== word),
    );
    expect(unfolded.map(({ at }) => at)).toEqual([]);
  });

  it('are grouped once', () => {
    const first = new Map<string, string>();
    const repeated = groups.flatMap(({ line, at }) => {
      const key = `${line.charAt(0)} ${line
        .split(' | ')
        .map((side) => wordsOf(side).sort().join(' '))
        .join(' | ')}`;
      const earlier = first.get(key);
      if (earlier === undefined) first.set(key, at);
      return earlier === undefined ? [] : [`${at} repeats ${earlier}`];
    });
    expect(repeated).toEqual([]);
  });

  it('never mean the same and exclude each other', () => {
    const membersOf = new Map<string, Map<number, number>>();
    contrasts.sets.forEach((set, s) => {
      set.forEach((words, member) => {
        for (const word of words)
          membersOf.set(word, (membersOf.get(word) ?? new Map<number, number>()).set(s, member));
      });
    });
    const exclude = (word: string, other: string): boolean =>
      [...(membersOf.get(word) ?? [])].some(([s, member]) => (membersOf.get(other)?.get(s) ?? member) !== member);
    const contradictory = groups.filter(({ line }) => {
      const words = line.startsWith('=') ? wordsOf(line) : [];
      return words.some((word) => words.some((other) => exclude(word, other)));
    });
    expect(contradictory.map(({ at }) => at)).toEqual([]);
  });
});

describe('the kinds of answers', () => {
  const table = readDataFile(`${dataFiles.directory}answer-types.json`, answerTypesSchema);

  it('are each described once, in folded words, each word once', () => {
    expect(new Set(table.types.map(({ type }) => type)).size).toBe(table.types.length);
    for (const { type, cues, values, columns } of table.types) {
      for (const list of [cues, values, columns]) expect(new Set<string>(list).size, type).toBe(list.length);
      expect(
        [...cues, ...columns].filter((word) => fold(word) !== word),
        type,
      ).toEqual([]);
    }
  });

  it('are found by each of their cues', () => {
    const answerTypes = createAnswerTypes(table);
    table.types.forEach(({ type, cues }, t) => {
      expect(
        cues.filter((cue) => (answerTypes.of(cue).types & (1 << t)) === 0),
        type,
      ).toEqual([]);
    });
  });
});
