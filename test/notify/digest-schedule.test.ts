import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DIGEST_DAYS } from '../../src/domain/subscription.js';
import { isImplausiblyLate, nextDigestAt } from '../../src/notify/digest-schedule.js';
import { calendarWarning } from '../../src/operations/calendar-warning.js';
import { hasHolidayData, isWorkday } from '../../src/text/chinese-calendar.js';
import { shanghai } from './cast.js';

const next = (time: string, days: 'daily' | 'workdays' | 'weekly', after: string, weekday = 1): string =>
  wall(nextDigestAt({ time, days, weekday }, shanghai(after)));
const wall = (instant: Date): string =>
  new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

describe('the next digest', () => {
  it('is at the chosen time of today or tomorrow, never at the very time given', () => {
    expect(next('08:00', 'daily', '2024-03-11 07:59')).toBe('2024-03-11 08:00');
    expect(next('08:00', 'daily', '2024-03-11 08:00')).toBe('2024-03-12 08:00');
    expect(next('00:00', 'daily', '2024-12-31 23:59')).toBe('2025-01-01 00:00');
    expect(next('23:59', 'daily', '2024-02-28 23:59')).toBe('2024-02-29 23:59');
  });

  it('is once a week on the chosen day, Sunday being the seventh', () => {
    expect(next('09:30', 'weekly', '2024-03-11 09:30', 1)).toBe('2024-03-18 09:30');
    expect(next('09:30', 'weekly', '2024-03-11 09:30', 7)).toBe('2024-03-17 09:30');
  });

  it('leaves out the weekend and the holidays, and keeps the weekend days that are worked', () => {
    expect(next('08:00', 'workdays', '2024-03-15 08:00')).toBe('2024-03-18 08:00');
    // Spring Festival 2024: 10 to 17 February off, the 4th and the 18th (Sundays) worked.
    expect(next('08:00', 'workdays', '2024-02-09 08:00')).toBe('2024-02-18 08:00');
    expect(next('08:00', 'workdays', '2024-02-02 08:00')).toBe('2024-02-04 08:00');
    expect(next('08:00', 'workdays', '2024-09-30 08:00')).toBe('2024-10-08 08:00');
  });

  it('has the same workdays whatever zone the process runs in', () => {
    const before = process.env['TZ'];
    const days = Array.from({ length: 366 }, (_, i) => new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10));
    const zones = ['Asia/Shanghai', 'UTC', 'America/Los_Angeles', 'America/Havana', 'Pacific/Auckland'];
    try {
      const calendars = zones.map((zone) => {
        process.env['TZ'] = zone;
        return days.filter(isWorkday).join(' ');
      });
      expect(new Set(calendars).size).toBe(1);
      expect(calendars[0]).toContain('2024-02-18 2024-02-19');
      expect(calendars[0]).not.toContain('2024-02-03');
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });

  it('takes Monday to Friday where the holidays are not known yet, and the operator is told before', () => {
    expect(next('08:00', 'workdays', '2027-09-30 08:00')).toBe('2027-10-01 08:00');
    expect(next('08:00', 'workdays', '2027-10-01 08:00')).toBe('2027-10-04 08:00');
    expect(hasHolidayData('2026-12-31')).toBe(true);
    expect(hasHolidayData('2027-01-01')).toBe(false);
    expect(calendarWarning(shanghai('2026-11-30 12:00'))).toBeNull();
    expect(calendarWarning(shanghai('2026-12-01 12:00'))).toContain('2026');
  });

  const settings = fc.record({
    time: fc
      .tuple(fc.nat(23), fc.nat(59))
      .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`),
    days: fc.constantFrom(...DIGEST_DAYS),
    weekday: fc.integer({ min: 1, max: 7 }),
  });
  const instant = fc.date({ min: new Date('2020-01-01'), max: new Date('2028-12-31'), noInvalidDate: true });

  it('is the first minute that fits, as a search minute by minute finds it', () => {
    fc.assert(
      fc.property(settings, instant, ({ time, days, weekday }, after) => {
        let minute = Math.floor(after.getTime() / 60_000) + 1;
        const fits = (): boolean => {
          const local = new Date((minute + 480) * 60_000).toISOString();
          if (local.slice(11, 16) !== time) return false;
          if (days === 'weekly') return (new Date(local).getUTCDay() || 7) === weekday;
          return days === 'daily' || isWorkday(local.slice(0, 10));
        };
        while (!fits()) minute += 1;
        expect(nextDigestAt({ time, days, weekday }, after)).toEqual(new Date(minute * 60_000));
      }),
      { numRuns: 60 },
    );
  });

  it('is astray when it is further off than the second next, and never when it was just planned', () => {
    const daily = { time: '08:00', days: 'daily', weekday: 1 } as const;
    const planned = shanghai('2024-03-12 08:00');
    expect(isImplausiblyLate(planned, daily, shanghai('2024-03-11 05:00'))).toBe(false);
    expect(isImplausiblyLate(planned, daily, shanghai('2024-03-10 05:00'))).toBe(true);
    fc.assert(
      fc.property(settings, instant, (some, now) => {
        expect(isImplausiblyLate(nextDigestAt(some, now), some, now)).toBe(false);
        // A clock that was ahead by less than three hours changes nothing.
        expect(isImplausiblyLate(nextDigestAt(some, new Date(now.getTime() + 3 * 3_600_000)), some, now)).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});
