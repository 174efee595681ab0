import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { asksSchema } from '../../../src/answering/query/requested-fact.js';
import {
  createVocabulary,
  framesSchema,
  intentsSchema,
  paraphrasesSchema,
  synonymsSchema,
  type Vocabulary,
} from '../../../src/answering/query/vocabulary.js';
import { dataFiles, readDataFile } from '../../../src/bootstrap/data-files.js';
import { OperatorError } from '../../../src/domain/errors.js';

const FILES = ['intents.json', 'question-frames.json', 'synonyms.json', 'paraphrases.json', 'asks.json'];

/** Loads the shipped word lists with one of them changed. */
function load(file?: string, change: (json: Record<string, unknown>) => unknown = (json) => json): Vocabulary {
  const folder = mkdtempSync(join(tmpdir(), 'bulletin-words-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  for (const name of FILES) cpSync(join(dataFiles.directory, name), join(folder, name));
  if (file !== undefined) {
    const json = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Record<string, unknown>;
    writeFileSync(join(folder, file), JSON.stringify(change(json)));
  }
  return createVocabulary({
    intents: readDataFile(join(folder, 'intents.json'), intentsSchema),
    frames: readDataFile(join(folder, 'question-frames.json'), framesSchema),
    synonyms: readDataFile(join(folder, 'synonyms.json'), synonymsSchema),
    paraphrases: readDataFile(join(folder, 'paraphrases.json'), paraphrasesSchema),
    asks: readDataFile(join(folder, 'asks.json'), asksSchema),
  });
}

describe('the vocabulary', () => {
  it('lists frames and paraphrases with the longest first', () => {
    const { frames, paraphrases } = load();
    const lengths = frames.map(({ length }) => length);
    expect(lengths).toEqual([...lengths].sort((a, b) => b - a));
    const phrases = paraphrases.map(({ phrase }) => phrase.length);
    expect(phrases).toEqual([...phrases].sort((a, b) => b - a));
  });

  it('takes any word of a group for any other, and short names one way only', () => {
    const { synonyms } = load('synonyms.json', (json) => ({
      ...json,
      short: [['天大', '天津大学']],
      groups: [['开门', '开放', '营业']],
      answers: [['收费', '免费']],
    }));
    expect(synonyms.get('开门')).toEqual(['开放', '营业']);
    expect(synonyms.get('营业')).toEqual(['开门', '开放']);
    expect(synonyms.get('天大')).toEqual(['天津大学']);
    expect(synonyms.get('天津大学')).toBeUndefined();
    expect(synonyms.get('免费')).toEqual(['收费']);
  });

  it('joins the groups that a word stands in, each other word once', () => {
    const { synonyms } = load('synonyms.json', (json) => ({
      ...json,
      groups: [
        ['甲乙', '丙丁'],
        ['甲乙', '丙丁', '戊己'],
      ],
    }));
    expect(synonyms.get('甲乙')).toEqual(['丙丁', '戊己']);
  });

  it('folds its words', () => {
    const { frames } = load('question-frames.json', (json) => ({ ...json, frames: ['請問', 'ＯＫ'] }));
    expect([...frames].sort()).toEqual(['ok', '请问'].sort());
  });

  it('replaces a phrase by the first word that means it', () => {
    const row = { means: ['携带', '自带'], says: ['要带啥'] };
    const { paraphrases } = load('paraphrases.json', (json) => ({ ...json, asks: [row], subject: [] }));
    expect(paraphrases).toEqual([{ phrase: '要带啥', replacement: '携带', synonyms: ['自带'], namesFactKind: true }]);
  });

  it.each([
    ['synonyms.json', 'weight', 2],
    ['question-frames.json', 'frames', []],
    ['intents.json', 'fallback', 'nonsense'],
    ['asks.json', 'slips', [['甲']]],
    ['paraphrases.json', 'asks', 'none'],
  ])('refuses %s with a wrong %s, and names the file', (file, field, value) => {
    const loading = () => load(file, (json) => ({ ...json, [field]: value }));
    expect(loading).toThrow(OperatorError);
    expect(loading).toThrow(file);
  });
});
