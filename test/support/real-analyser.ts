import { createAnalyser, type Analyser } from '../../src/text/analyser.js';
import { loadSegmenter } from '../../src/text/segmenter.js';
import { dataFiles } from '../../src/bootstrap/data-files.js';

let analyser: Analyser | undefined;

/** Returns the real analyser, loaded once a worker: jieba takes a second and 260 MB. For integration tests only. */
export function realAnalyser(): Analyser {
  return (analyser ??= createAnalyser(loadSegmenter(dataFiles.userDictionary)));
}
