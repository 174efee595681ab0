import { IndexBuilder } from '../../src/index/index-builder.js';
import { toIndexedNotice, type IndexedNotice } from '../../src/index/indexed-notice.js';
import type { LoadedIndex } from '../../src/index/loaded-index.js';
import type { Notice } from '../../src/domain/notice.js';
import type { Analyser } from '../../src/text/analyser.js';
import { notice, stored } from './texts.js';

/** Returns the index of a handful of notices, keyed from 1 in their order. */
export function smallIndex(analyser: Analyser, notices: readonly Notice[]): Promise<LoadedIndex> {
  const builder = new IndexBuilder(analyser);
  for (const [i, one] of notices.entries()) builder.put(stored(i + 1, one));
  return builder.finish(1);
}

/** Returns a notice as ranking sees it. */
export function indexed(title: string, body: string, rest: Partial<Notice> = {}): IndexedNotice {
  return toIndexedNotice(stored(1, notice(rest.id ?? title, title, body, rest)));
}
