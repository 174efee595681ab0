import type { NoticeStore } from '../store/notice-store.js';

/** Part of the notice store that the planners read. */
export type PlannerNoticeStore = Pick<NoticeStore, 'newestKey' | 'after' | 'get' | 'withPeriods' | 'revision'>;
