import { notifyMessages as m } from '../../messages/notify.js';
import type { MessageBlock } from '../../render/message.js';
import { noticeButton, renderOutgoing } from '../../render/outgoing-message.js';
import type { StoredNotice } from '../../store/notice-store.js';
import { listDeadlines, formatDeadline } from '../deadlines.js';
import type { ComposedDigest } from './digest-message.js';
import type { NotifyRules } from '../deadline-rules.js';
import { formatTitle } from '../format-facts.js';

/** Upper bound on listed deadlines; the notice has the rest of a timetable. */
const MAX_DEADLINES = 3;

/** Composes the alert of one new notice, for subscriptions in mode `immediate`. */
export function composeAlert(stored: StoredNotice, now: Date, rules: NotifyRules): ComposedDigest {
  const { title, publishedOn, url } = stored.notice;
  const told = listDeadlines(stored, now, rules).slice(0, MAX_DEADLINES);
  const blocks: MessageBlock[] = [
    { kind: 'lead', text: m.alert.lead },
    { kind: 'source', title: formatTitle(title), date: publishedOn, url },
    ...told.map((deadline): MessageBlock => ({ kind: 'note', text: formatDeadline(deadline, now) })),
  ];
  return { messages: renderOutgoing(blocks, [[noticeButton(stored.key, m.alert.button)]], now), announced: told };
}
