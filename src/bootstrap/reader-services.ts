import type { IndexedNotice } from '../index/indexed-notice.js';
import type { NotifyRules } from '../notify/deadline-rules.js';
import type { RecencyRules } from '../answering/query/news-query.js';
import type { NoticeStore } from '../store/notice-store.js';
import type { StateStore } from '../store/state-store.js';
import type { ReaderServices } from '../telegram/services.js';
import type { AskService } from '../answering/ask-service.js';
import { createBoard } from '../notify/notice-board.js';
import { createDigestPreview } from '../notify/digests/digest-preview.js';
import type { Pins } from '../operations/pins.js';
import { createQuestionJournal } from '../operations/question-journal.js';
import { createChatLifecycle } from '../notify/chat-lifecycle.js';
import { createReminders } from '../notify/reminders/reminder-service.js';
import { createSubscriptions } from '../notify/subscriptions/subscriptions.js';

export interface ReaderServiceDependencies {
  readonly ask: AskService;
  readonly pins: Pick<Pins, 'pinFor'>;
  readonly state: StateStore;
  /** Store of the operator's notices, also while the sample answers: cursors of subscriptions are its keys. */
  readonly store: Pick<NoticeStore, 'newestKey'>;
  /** Returns the notices and the store that currently answer: the sample's while nothing is stored. */
  readonly getCorpus: () => { readonly notices: ReadonlyMap<string, IndexedNotice>; readonly store: NoticeStore };
  readonly recency: RecencyRules;
  readonly rules: NotifyRules;
  readonly now: () => Date;
  /** Called when a question could not be logged; the answer is sent all the same. */
  readonly onLogError: (error: unknown) => void;
}

export function createReaderServices(deps: ReaderServiceDependencies): ReaderServices {
  const { ask, pins, state, store, getCorpus: present, recency, rules, now } = deps;
  const readers = createChatLifecycle(state, now, () => store.newestKey());
  const board = createBoard({ getCorpus: present, recency, rules, now });
  return {
    ask,
    pins,
    board,
    chats: readers,
    digestPreview: createDigestPreview({ board, getCorpus: present, subscriptions: state.subscriptions, rules, now }),
    subscriptions: createSubscriptions({
      table: state.subscriptions,
      chats: readers,
      newestKey: () => store.newestKey(),
      now,
    }),
    reminders: createReminders({
      rules,
      table: state.reminders,
      chats: readers,
      getNotice: (key) => ask.notice(key),
      now,
    }),
    journal: createQuestionJournal(state.questions, now, deps.onLogError),
  };
}
