import type { IndexedNotice } from '../index/indexed-notice.js';
import type { NotifyRules } from '../notify/rules.js';
import type { RecencyRules } from '../question/recency.js';
import type { NoticeStore } from '../store/notice-store.js';
import type { StateStore } from '../store/state-store.js';
import type { AskService } from './ask-service.js';
import { createBoard, type NoticeBoard } from './board.js';
import { createDigestPreview, type DigestPreview } from './digest-preview.js';
import type { Pins } from './pins.js';
import { createQuestionJournal, type QuestionJournal } from './question-log.js';
import { createChatLifecycle, type ChatLifecycle } from './readers.js';
import { createReminders, type Reminders } from './reminders.js';
import { createSubscriptions, type Subscriptions } from './subscriptions.js';

/** Services that the front end for readers uses. */
export interface ReaderServices {
  readonly ask: AskService;
  /** Pinned answers, looked up before retrieval. */
  readonly pins: Pick<Pins, 'pinFor'>;
  readonly board: NoticeBoard;
  readonly digestPreview: DigestPreview;
  readonly subscriptions: Subscriptions;
  readonly reminders: Reminders;
  readonly chats: ChatLifecycle;
  readonly journal: QuestionJournal;
}

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
