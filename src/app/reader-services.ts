import type { IndexedNotice } from '../index/indexed-notice.js';
import type { NotifyRules } from '../notify/rules.js';
import type { Recency } from '../question/recency.js';
import type { NoticeStore } from '../store/notice-store.js';
import type { StateStore } from '../store/state-store.js';
import type { AskService } from './ask-service.js';
import { createBoard, type NoticeBoard } from './board.js';
import { createDigestPreview, type DigestPreview } from './digest-preview.js';
import type { Pins } from './pins.js';
import { createQuestionJournal, type QuestionJournal } from './question-log.js';
import { createReaders, type Readers } from './readers.js';
import { createReminders, type Reminders } from './reminders.js';
import { createSubscriptions, type Subscriptions } from './subscriptions.js';

/** All that a reader's front works with. */
export interface ReaderServices {
  readonly ask: AskService;
  /** To be asked before the notices are. */
  readonly pins: Pick<Pins, 'pinFor'>;
  readonly board: NoticeBoard;
  readonly digests: DigestPreview;
  readonly subscriptions: Subscriptions;
  readonly reminders: Reminders;
  readonly readers: Readers;
  readonly journal: QuestionJournal;
}

export interface ReaderServiceDependencies {
  readonly ask: AskService;
  readonly pins: Pick<Pins, 'pinFor'>;
  readonly state: StateStore;
  /** The operator's own notices, also while the sample is answered from: keys that subscriptions go by are theirs. */
  readonly store: Pick<NoticeStore, 'newestKey'>;
  /** What is answered from at present, which is the sample while nothing is stored. */
  readonly present: () => { readonly notices: ReadonlyMap<string, IndexedNotice>; readonly store: NoticeStore };
  readonly recency: Recency;
  readonly rules: NotifyRules;
  readonly now: () => Date;
  /** Told when a question could not be logged; the answer goes out all the same. */
  readonly onLogFault: (error: unknown) => void;
}

export function createReaderServices(deps: ReaderServiceDependencies): ReaderServices {
  const { ask, pins, state, store, present, recency, rules, now } = deps;
  const readers = createReaders(state, now, () => store.newestKey());
  const board = createBoard({ present, recency, rules, now });
  return {
    ask,
    pins,
    board,
    readers,
    digests: createDigestPreview({ board, present, subscriptions: state.subscriptions, rules, now }),
    subscriptions: createSubscriptions({
      table: state.subscriptions,
      readers,
      newestKey: () => store.newestKey(),
      now,
    }),
    reminders: createReminders({ rules, table: state.reminders, readers, notice: (key) => ask.notice(key), now }),
    journal: createQuestionJournal(state.questions, now, deps.onLogFault),
  };
}
