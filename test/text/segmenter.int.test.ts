import { describe, expect, it } from 'vitest';
import { dataFiles } from '../../src/bootstrap/data-files.js';
import { OperatorError } from '../../src/domain/errors.js';
import { loadSegmenter, type Segmenter } from '../../src/text/segmenter.js';
import { describeSegmenter } from './segmenter-suite.js';

let loaded: Segmenter | undefined;
const real = (): Segmenter => (loaded ??= loadSegmenter(dataFiles.userDictionary));

describeSegmenter('of jieba', real);

describe('jieba', () => {
  it('is not loaded without its dictionaries, which would abort the process', () => {
    expect(() => loadSegmenter('/nowhere/user.dict.txt')).toThrow(OperatorError);
  });
});
