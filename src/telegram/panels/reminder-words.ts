import { dayInShanghai } from '../../domain/dates.js';
import type { TimePoint } from '../../domain/fact.js';
import { commandMessages as m } from '../../messages/commands.js';
import { listReminderTimes } from '../../notify/reminders/reminder-times.js';

/** Says when a reminder is sent; one for something due early in the day is sent the evening before. */
export function reminderTimeText(daysBefore: number, due: TimePoint): string {
  const [at] = listReminderTimes(due, [daysBefore]);
  const isEve = daysBefore === 0 && at !== undefined && dayInShanghai(at) < due.date;
  return isEve ? m.buttons.remindEve : m.buttons.remindOn(daysBefore);
}
