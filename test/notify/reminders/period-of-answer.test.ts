import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findStatedPhones } from '../../../src/telegram/ui/answer-extras.js';
import { resolveReminderTarget, findStatedPeriods } from '../../../src/notify/reminders/period-of-answer.js';
import type { FoundAnswer } from '../../../src/domain/answer.js';
import type { PeriodFact } from '../../../src/domain/fact.js';
import { loadProgramData } from '../../../src/bootstrap/program-data.js';
import { createFactExtractor } from '../../../src/ingest/facts/extract-facts.js';
import { readDataFile } from '../../../src/bootstrap/data-files.js';
import { notifyRulesSchema } from '../../../src/notify/deadline-rules.js';
import type { NoticeRecord } from '../../../src/store/notice-store.js';
import { notice } from '../../support/texts.js';

const extractFacts = createFactExtractor(loadProgramData().facts);
const rules = readDataFile('data/notify.json', notifyRulesSchema);

/** A notice with the facts that the program finds in it. */
function record(body: string): NoticeRecord {
  const of = notice('a', '关于招生报名和考试的通知', body);
  return { notice: of, facts: extractFacts(of) };
}

function answered(answer: string, quote: string): FoundAnswer {
  return {
    kind: 'answer',
    sure: true,
    missing: [],
    intent: 'deadline',
    confidence: 0.9,
    answer,
    quote,
    notice: { id: 'a', title: '', date: null, url: null },
    candidates: [],
    computed: [],
    also: [],
  };
}

const BODY =
  '报名时间：2024年3月18日至2024年3月22日。考试时间：2024年4月20日上午9:00。联系电话：022-83215136，传真：83215137。';
const REGISTRATION = '报名时间：2024年3月18日至2024年3月22日。';

const periodsOf = (answer: FoundAnswer, of: NoticeRecord): PeriodFact[] =>
  findStatedPeriods(answer, of).map(({ fact, index }) => {
    expect(of.facts[index]).toBe(fact);
    return fact;
  });

describe('the period that an answer tells', () => {
  it('is the one whose words stand in the quote and in the answer', () => {
    const [period, ...others] = periodsOf(answered(REGISTRATION.slice(0, -1), REGISTRATION), record(BODY));
    expect(others).toEqual([]);
    expect(period).toMatchObject({ type: 'registration', end: { date: '2024-03-22' } });
  });

  it('is none where the answer tells something else of the same sentence', () => {
    const body = '公示时间为2024年3月11日至15日，联系电话：83215136。';
    expect(periodsOf(answered('83215136', body), record(body))).toEqual([]);
  });

  it('is none where the quote is of another sentence, though it states the same date elsewhere', () => {
    const of = record(BODY);
    expect(periodsOf(answered('2024年3月22日', '联系电话：022-83215136，传真：83215137。'), of)).toEqual([]);
  });

  it('of a passage with several, comes first where its label was told', () => {
    const types = periodsOf(answered(BODY, BODY), record(BODY)).map(({ type }) => type);
    expect(types).toContain('registration');
    expect(types).toContain('exam');
    expect(new Set(types).size).toBe(types.length);
  });

  it('is never the date under the text', () => {
    const body = '请按时参加。\n天津市教育委员会\n2024年3月11日';
    expect(periodsOf(answered('2024年3月11日', body), record(body))).toEqual([]);
  });

  it('is none for a timetable of many dates', () => {
    const days = Array.from({ length: 8 }, (_, i) => `第${i + 1}场考试时间：2024年5月${i + 1}日。`).join('');
    expect(periodsOf(answered(days, days), record(days))).toEqual([]);
  });

  it('always stands in the quote, whatever is quoted of the notice', () => {
    const of = record(BODY);
    const place = fc.integer({ min: 0, max: BODY.length });
    fc.assert(
      fc.property(place, place, (a, b) => {
        const quote = BODY.slice(Math.min(a, b), Math.max(a, b));
        for (const { at } of periodsOf(answered(quote, quote), of)) {
          expect(quote).toContain(BODY.slice(at.start, at.end));
        }
      }),
    );
  });
});

describe('what one is reminded of', () => {
  const [registration] = periodsOf(answered(REGISTRATION, REGISTRATION), record(BODY));
  const dueOn = (fact: PeriodFact | undefined, now: string) =>
    fact === undefined ? undefined : resolveReminderTarget(fact, rules, new Date(now));

  it('is the end of a registration, until the day before it', () => {
    expect(dueOn(registration, '2024-03-21T12:00:00Z')).toMatchObject({ edge: 'end', due: { date: '2024-03-22' } });
    expect(dueOn(registration, '2024-03-21T16:30:00Z')).toBeNull();
  });

  it('is the beginning of an exam', () => {
    const quote = '考试时间：2024年4月20日上午9:00。';
    const [exam] = periodsOf(answered(quote, quote), record(BODY));
    expect(dueOn(exam, '2024-04-01T00:00:00Z')).toMatchObject({
      edge: 'start',
      due: { date: '2024-04-20', time: '09:00' },
    });
  });

  it('is nothing that is not known to the day', () => {
    const body = '申报截止时间为2024年6月。';
    const facts = record(body).facts.filter((fact) => fact.kind === 'period');
    expect(facts.length).toBeGreaterThan(0);
    for (const fact of facts) expect(dueOn(fact, '2024-03-01T00:00:00Z')).toBeNull();
  });
});

describe('the phone of an answer', () => {
  it('is what the notice states as one and the answer tells, whole', () => {
    expect(findStatedPhones(answered('联系电话：022-83215136', BODY), record(BODY))).toEqual(['022-83215136']);
    expect(findStatedPhones(answered('传真：83215137', BODY), record(BODY))).toEqual([]);
    expect(findStatedPhones(answered(REGISTRATION, BODY), record(BODY))).toEqual([]);
  });
});
