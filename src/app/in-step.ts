import { refuse } from '../answer/answer.js';
import type { Answer } from '../domain/answer.js';
import { indexNotice, type IndexedNotice } from '../index/indexed-notice.js';
import type { LoadedIndex } from '../index/loaded-index.js';
import type { NoticeStore } from '../store/notice-store.js';

/** Each time another notice turns out to have changed; more than a few at once is rare, and then refused. */
const MOST_REREADS = 3;

/**
 * Answers from an index that a run in another process may have left behind the
 * store: between its save and its snapshot the old sentences would be quoted
 * at their old places in the new text. A notice that changed is read anew and
 * the question answered again.
 */
export async function inStep(
  current: LoadedIndex,
  store: Pick<NoticeStore, 'get' | 'revision'>,
  answerFrom: (loaded: LoadedIndex) => Promise<Answer>,
): Promise<Answer> {
  let loaded = current;
  for (let reread = 0; ; reread++) {
    const answer = await answerFrom(loaded);
    // Looked at afterwards: what was saved while it was made shows too.
    // A refusal may come of reading the new text at the old places.
    const read = answer.kind === 'answer' ? answer.notice.id : answer.candidates[0]?.id;
    if (read === undefined || (await store.revision()) === current.storeRevision) return answer;
    const fresh = await changed(read, loaded, store);
    if (fresh === null) return answer;
    if (reread === MOST_REREADS) return refuse(answer, 'unsupported', 0, answer.candidates);
    loaded = { ...loaded, notices: new Map(loaded.notices).set(fresh.id, fresh) };
  }
}

/** The notice as it is stored now, or null when that is what the index holds. */
async function changed(
  id: string,
  { notices }: LoadedIndex,
  store: Pick<NoticeStore, 'get'>,
): Promise<IndexedNotice | null> {
  const [stored] = await store.get([id]);
  if (stored === undefined) return null;
  const fresh = indexNotice(stored);
  return JSON.stringify(fresh) === JSON.stringify(notices.get(id)) ? null : fresh;
}
