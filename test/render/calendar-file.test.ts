import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TimePoint } from '../../src/domain/fact.js';
import { renderCalendarFile, calendarUid, type CalendarEntry } from '../../src/render/calendar-file.js';
import { readCalendar, textOf, type Component } from './rfc5545.js';

const day = (date: string, time: string | null = null): TimePoint => ({ date, time });
const entry = (rest: Partial<CalendarEntry> = {}): CalendarEntry => ({
  title: '公示截止：在线精品课程',
  period: { start: null, end: day('2024-03-15') },
  notice: { title: '在线精品课程公示', date: '2024-03-11', url: 'https://example.cn/a?b=1;c=2,3&d=4' },
  quote: '公示时间：2024年3月11日至15日；逾期不候，\\特此公告。',
  uid: calendarUid({ noticeId: 'n1', type: 'publicity', label: '公示时间' }),
  sequence: 0,
  now: new Date('2024-03-11T01:02:03Z'),
  ...rest,
});
const eventOf = (calendar: Component): Component => {
  const [event, ...others] = calendar.components.filter(({ name }) => name === 'VEVENT');
  if (event === undefined || others.length > 0) throw new Error('not one event');
  return event;
};
const valueOf = ({ properties }: Component, name: string): string => {
  const [found, ...others] = properties.filter((property) => property.name === name);
  if (found === undefined || others.length > 0) throw new Error(`not one ${name}`);
  return [...found.parameters].map(([key, value]) => `${key}=${value}:`).join('') + found.value;
};
const times = (period: CalendarEntry['period']): [string, string] => {
  const event = eventOf(readCalendar(renderCalendarFile(entry({ period }))));
  return [valueOf(event, 'DTSTART'), valueOf(event, 'DTEND')];
};

describe('a calendar file', () => {
  it('is an event of the whole day where no time of day is stated', () => {
    expect(times({ start: null, end: day('2024-03-15') })).toEqual(['VALUE=DATE:20240315', 'VALUE=DATE:20240316']);
    expect(times({ start: day('2024-02-28'), end: day('2024-02-29') })).toEqual([
      'VALUE=DATE:20240228',
      'VALUE=DATE:20240301',
    ]);
    expect(times({ start: day('2024-03-15', '09:00'), end: day('2024-03-16') })).toEqual([
      'VALUE=DATE:20240315',
      'VALUE=DATE:20240317',
    ]);
  });

  it('is in the time of Shanghai where one is stated, with that zone defined', () => {
    const zone = 'TZID=Asia/Shanghai:';
    expect(times({ start: day('2024-03-15', '09:00'), end: day('2024-03-15', '11:30') })).toEqual([
      `${zone}20240315T090000`,
      `${zone}20240315T113000`,
    ]);
    expect(times({ start: null, end: day('2024-03-15', '17:00') })).toEqual([
      `${zone}20240315T163000`,
      `${zone}20240315T170000`,
    ]);
    expect(times({ start: day('2024-03-15', '09:00'), end: null })).toEqual([
      `${zone}20240315T090000`,
      `${zone}20240315T093000`,
    ]);
    expect(times({ start: null, end: day('2024-12-31', '24:00') })).toEqual([
      `${zone}20241231T233000`,
      `${zone}20250101T000000`,
    ]);
    const calendar = readCalendar(
      renderCalendarFile(entry({ period: { start: null, end: day('2024-03-15', '17:00') } })),
    );
    const [defined] = calendar.components.filter(({ name }) => name === 'VTIMEZONE');
    expect(defined && valueOf(defined, 'TZID')).toBe('Asia/Shanghai');
    expect(
      defined?.components.map((part) => [part.name, valueOf(part, 'TZOFFSETFROM'), valueOf(part, 'TZOFFSETTO')]),
    ).toEqual([['STANDARD', '+0800', '+0800']]);
  });

  it('is the same whatever zone the process runs in', () => {
    const before = process.env['TZ'];
    const period = { start: day('2024-03-10', '02:30'), end: day('2024-03-10', '03:30') };
    try {
      const files = ['UTC', 'America/Los_Angeles', 'Pacific/Auckland'].map((zone) => {
        process.env['TZ'] = zone;
        return renderCalendarFile(entry({ period })) + renderCalendarFile(entry());
      });
      expect(new Set(files).size).toBe(1);
      expect(files[0]).toContain('DTSTART;TZID=Asia/Shanghai:20240310T023000');
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });

  it('has an identity that stays, so that importing a later version updates the event', () => {
    const of = (label: string, sequence: number): [string, string] => {
      const uid = calendarUid({ noticeId: 'n1', type: 'publicity', label });
      const event = eventOf(readCalendar(renderCalendarFile(entry({ uid, sequence }))));
      return [valueOf(event, 'UID'), valueOf(event, 'SEQUENCE')];
    };
    expect(of('公示时间', 0)[0]).toBe(of('公示时间', 3)[0]);
    expect(of('公示时间', 3)[1]).toBe('3');
    expect(of('公示期', 0)[0]).not.toBe(of('公示时间', 0)[0]);
    expect(calendarUid({ noticeId: 'a"b', type: 'exam', label: 'c' })).not.toBe(
      calendarUid({ noticeId: 'a', type: 'exam', label: '"bc' }),
    );
    expect(of('公示时间', 0)[0]).toMatch(/^[0-9a-f]{32}@bulletin-bot$/);
  });

  it('says when it was made in UTC, names the notice, links it, and rings', () => {
    const event = eventOf(readCalendar(renderCalendarFile(entry())));
    expect(valueOf(event, 'DTSTAMP')).toBe('20240311T010203Z');
    expect(textOf(valueOf(event, 'SUMMARY'))).toBe('公示截止：在线精品课程');
    expect(textOf(valueOf(event, 'DESCRIPTION'))).toBe(
      [
        '公示时间：2024年3月11日至15日；逾期不候，\\特此公告。',
        '《在线精品课程公示》 2024年3月11日',
        'https://example.cn/a?b=1%3Bc=2%2C3&d=4',
      ].join('\n'),
    );
    expect(valueOf(event, 'URL')).toBe('VALUE=URI:https://example.cn/a?b=1%3Bc=2%2C3&d=4');
    const alarms = event.components.map((alarm) => [alarm.name, valueOf(alarm, 'ACTION'), valueOf(alarm, 'TRIGGER')]);
    // 15 hours 30 minutes before the day begins: 08:30 of the day before.
    expect(alarms).toEqual([['VALARM', 'DISPLAY', '-PT15H30M']]);
  });

  it('can be read back, whatever the notice holds', () => {
    const hostile = fc.string({
      unit: fc.constantFrom(
        '公',
        '𠮷',
        ';',
        ',',
        '\\',
        ':',
        '"',
        '\n',
        '\r',
        '\r\n',
        '\u0000',
        '\u0007',
        '\t',
        '\ud800',
        'n',
        ' ',
        'END:VEVENT',
      ),
      maxLength: 120,
    });
    const seen = (text: string): string => text.replaceAll('\r', '').replace(/(?!\n)[\p{Cc}\p{Surrogate}]/gu, ' ');
    fc.assert(
      fc.property(hostile, hostile, hostile, fc.option(hostile), (title, quote, named, path) => {
        const url = path === null ? null : `https://example.cn/${path}`;
        const file = renderCalendarFile(entry({ title, quote, notice: { title: named, date: null, url } }));
        const event = eventOf(readCalendar(file));
        expect(textOf(valueOf(event, 'SUMMARY'))).toBe(seen(title));
        expect(textOf(valueOf(event, 'DESCRIPTION'))).toContain(seen(`《${named}》`));
      }),
    );
  });

  it('links nothing but web pages', () => {
    for (const url of ['javascript:alert(1)', 'not a url', 'ftp://example.cn/x']) {
      expect(renderCalendarFile(entry({ notice: { title: '甲', date: null, url } }))).not.toContain('URL');
    }
  });
});
