import type { SubscriptionSettings } from '../../../src/domain/subscription.js';
import { BOT_MINUTES, clockAt, PUBLISHED, START, type Published, type Subscriber } from './ten-days.js';

/** A message as its reader sees it. */
export interface Told {
  readonly at: string;
  readonly kind: 'digest' | 'alert';
  readonly news: readonly string[];
  readonly near: readonly string[];
}

const MINUTE = 60_000;
/** Of the days of the story, those on which offices work: by the State Council's plan for 2024. */
const WORKED = new Set([2, 4, 5, 6, 7, 8, 9].map((day) => `2024-02-0${day}`));
const MEANT: Readonly<Record<string, string>> = { 線上: '线上', '０５': '05' };

const SHANGHAI = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
  hourCycle: 'h23',
});

/** Local fields, without the program's own helpers. */
function local(at: number): { date: string; time: string; weekday: number } {
  const parts = SHANGHAI.format(at);
  const [, day = '', month = '', year = '', time = ''] = /(\d\d)\/(\d\d)\/(\d{4}), (\d\d:\d\d)/.exec(parts) ?? [];
  return { date: `${year}-${month}-${day}`, time, weekday: new Date(`${year}-${month}-${day}`).getUTCDay() || 7 };
}

const LOCAL = new Map<number, ReturnType<typeof local>>();
function localAt(at: number): ReturnType<typeof local> {
  const known = LOCAL.get(at) ?? local(at);
  LOCAL.set(at, known);
  return known;
}

/** Whether a digest is wanted in this very minute. */
function fits({ time, days, weekday }: SubscriptionSettings, at: number): boolean {
  const here = localAt(at);
  if (here.time !== time) return false;
  return days === 'daily' || (days === 'weekly' ? here.weekday === weekday : WORKED.has(here.date));
}

function wants({ columns, include, exclude }: SubscriptionSettings, { title, column }: Published): boolean {
  const holds = (word: string): boolean => title.includes(MEANT[word] ?? word);
  return (
    (columns.length === 0 || columns.some((one) => one === column)) &&
    (include.length === 0 || include.some(holds)) &&
    !exclude.some(holds)
  );
}

function isNear({ deadline }: Published, at: number, days: number): boolean {
  if (deadline === null || days === 0) return false;
  const [date = '', time = '24:00'] = deadline.split(' ');
  const midnight = Date.parse(`${date}T00:00:00+08:00`);
  const past = midnight + Number(time.slice(0, 2)) * 60 * MINUTE + Number(time.slice(3)) * MINUTE;
  const today = Date.parse(`${localAt(at).date}T00:00:00+08:00`);
  return past > at && (midnight - today) / (24 * 60 * MINUTE) <= days;
}

/** All that a subscriber must get, found by walking through every minute. */
function tell({ settings }: Subscriber): Told[] {
  const told: Told[] = [];
  let looked = START.getTime();
  let passed = 0;
  /** Where the digest began that the bot died with; unless another is due at the next look, it is sent then. */
  let unsent: number | null = null;
  for (let minute = 0; minute < 10 * 24 * 60; minute += BOT_MINUTES) {
    const { wall, bot } = clockAt(minute);
    if (bot === 'down') continue;
    const at = wall.getTime();
    const stored = PUBLISHED.filter((one) => one.minute <= minute);
    const newsFrom = (first: number) => stored.slice(first).filter((one) => wants(settings, one));
    if (settings.mode === 'immediate') {
      for (const { title } of newsFrom(passed))
        told.push({ at: wall.toISOString(), kind: 'alert', news: [title], near: [] });
      passed = stored.length;
      continue;
    }
    let isDue = false;
    for (let m = looked + MINUTE; m <= at; m += MINUTE) isDue ||= fits(settings, m);
    if (!isDue) {
      unsent = null;
      continue;
    }
    // One digest, not two.
    if (unsent !== null) told.pop();
    const first: number = unsent ?? passed;
    const news = newsFrom(first);
    looked = at;
    passed = stored.length;
    unsent = null;
    const near = stored.filter((one) => wants(settings, one) && isNear(one, at, settings.deadlineDays));
    if (news.length + near.length === 0 && settings.quietWhenEmpty) continue;
    const titles = (list: readonly Published[]): string[] => list.map(({ title }) => title).sort();
    if (bot === 'stops') unsent = first;
    told.push({ at: wall.toISOString(), kind: 'digest', news: titles(news), near: titles(near) });
  }
  return told;
}

export const oracle = { fits, tell };
