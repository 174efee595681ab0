import type { NoticeStore } from '../store/notice-store.js';

/** What telling needs of the stored notices. */
export type NoticeReader = Pick<NoticeStore, 'newestKey' | 'after' | 'get' | 'withPeriods' | 'revision'>;
