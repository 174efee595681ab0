import { fakeSegmenter } from '../support/fake-analyser.js';
import { describeSegmenter, SUITE_WORDS } from './segmenter-suite.js';

describeSegmenter('of unit tests', () => fakeSegmenter(SUITE_WORDS));
