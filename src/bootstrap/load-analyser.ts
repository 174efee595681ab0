import { createAnalyser, type Analyser } from '../text/analyser.js';
import { createHomophoneFinder } from '../text/homophones.js';
import { loadSegmenter } from '../text/segmenter.js';
import { dataFiles } from './data-files.js';

/** Loads the dictionaries of the analyser. Blocks for about a second and takes about 260 MB. */
export function loadAnalyser(): Analyser {
  return createAnalyser(loadSegmenter(dataFiles.userDictionary), createHomophoneFinder());
}
