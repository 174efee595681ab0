import { notifyMessages as m } from '../messages/notify.js';
import type { Block } from '../render/message.js';
import { noticeButton, outgoing } from '../render/outgoing.js';
import type { StoredNotice } from '../store/notice-store.js';
import { deadlinesOf, deadlineWords } from './deadlines.js';
import type { ComposedDigest } from './digest-message.js';
import type { NotifyRules } from './rules.js';
import { titleWords } from './wording.js';

/** Upper bound on listed deadlines; the notice has the rest of a timetable. */
const MOST_DEADLINES = 3;

/** Composes the alert of one new notice, for subscriptions in mode `immediate`. */
export function composeAlert(stored: StoredNotice, now: Date, rules: NotifyRules): ComposedDigest {
  const { title, publishedOn, url } = stored.notice;
  const told = deadlinesOf(stored, now, rules).slice(0, MOST_DEADLINES);
  const blocks: Block[] = [
    { kind: 'lead', text: m.alert.lead },
    { kind: 'source', title: titleWords(title), date: publishedOn, url },
    ...told.map((deadline): Block => ({ kind: 'note', text: deadlineWords(deadline, now) })),
  ];
  return { messages: outgoing(blocks, [[noticeButton(stored.key, m.alert.button)]], now), told };
}
