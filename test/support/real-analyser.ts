import { loadAnalyser } from '../../src/bootstrap/load-analyser.js';
import type { Analyser } from '../../src/text/analyser.js';

let analyser: Analyser | undefined;

/** Returns the real analyser, loaded once a worker: jieba takes a second and 260 MB. For integration tests only. */
export function realAnalyser(): Analyser {
  return (analyser ??= loadAnalyser());
}
