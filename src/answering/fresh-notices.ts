import { refuse } from './compose/answer-query.js';
import type { Answer } from '../domain/answer.js';
import { toIndexedNotice, type IndexedNotice } from '../index/indexed-notice.js';
import type { LoadedIndex } from '../index/loaded-index.js';
import type { NoticeStore } from '../store/notice-store.js';

/** Upper bound on re-indexed notices per answer; more than a few at once is rare, and is refused. */
const MAX_REREADS = 3;

/**
 * Answers from an index that may be older than the store: between save and snapshot of a run in another process, old
 * sentences would be quoted at their old offsets of the new text. A notice that changed is indexed again, and the
 * question answered again.
 */
export async function answerWithFreshNotices(
  current: LoadedIndex,
  store: Pick<NoticeStore, 'get' | 'revision'>,
  answerFrom: (loaded: LoadedIndex) => Promise<Answer>,
): Promise<Answer> {
  let loaded = current;
  for (let reread = 0; ; reread++) {
    const answer = await answerFrom(loaded);
    // Checked after answering, so that a save in the meantime shows too. A refusal may also result from old offsets.
    const read = answer.kind === 'answer' ? answer.notice.id : answer.candidates[0]?.id;
    if (read === undefined || (await store.revision()) === current.storeRevision) return answer;
    const fresh = await readChangedNotice(read, loaded, store);
    if (fresh === null) return answer;
    if (reread === MAX_REREADS) return refuse(answer, 'unsupported', 0, answer.candidates);
    loaded = { ...loaded, notices: new Map(loaded.notices).set(fresh.id, fresh) };
  }
}

/** Returns the notice indexed from the store; null when the index holds the same, or it is not stored. */
async function readChangedNotice(
  id: string,
  { notices }: LoadedIndex,
  store: Pick<NoticeStore, 'get'>,
): Promise<IndexedNotice | null> {
  const [stored] = await store.get([id]);
  if (stored === undefined) return null;
  const fresh = toIndexedNotice(stored);
  return JSON.stringify(fresh) === JSON.stringify(notices.get(id)) ? null : fresh;
}
