import { dayInShanghai } from '../../domain/day.js';
import type { Moment } from '../../domain/fact.js';
import { commandMessages as m } from '../../messages/commands.js';
import { reminderTimes } from '../../notify/reminder-times.js';

/** Says when a reminder is sent; one for something due early in the day is sent the evening before. */
export function mornings(daysBefore: number, due: Moment): string {
  const [at] = reminderTimes(due, [daysBefore]);
  const isEve = daysBefore === 0 && at !== undefined && dayInShanghai(at) < due.date;
  return isEve ? m.buttons.remindEve : m.buttons.remindOn(daysBefore);
}
