import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONTACT_CHANNELS, PERIOD_TYPES, type Fact } from '../../../src/domain/fact.js';
import type { Notice } from '../../../src/domain/notice.js';
import { asking } from '../../support/world.js';
import { notice } from '../../support/texts.js';

const NOTICES: readonly Notice[] = [
  notice(
    'pool',
    '市体育馆泳池换水公告',
    '泳池每季度换水一次。本次换水时间为5月8日至5月10日。门票每人25元。咨询电话：87650001。附件：1.开放时间表',
    { publishedOn: '2024-05-06' },
  ),
  notice('contest', '春季书法比赛报名通知', '报名截止到4月12日。一等奖3名，二等奖6名。联系人：车行远，电话87650003。', {
    publishedOn: '2024-03-12',
  }),
];

const QUESTIONS = [
  '泳池什么时候换水',
  '泳池门票多少钱',
  '泳池咨询电话',
  '泳池的附件有哪些',
  '书法比赛一等奖多少名',
  '书法比赛找谁',
  '书法比赛报名截止到几点',
  '87650001是谁的电话',
  '书法比赛有哪些奖',
  '泳池换水要多久',
];

const word = fc.string({
  unit: fc.constantFrom('泳', '池', '换', '水', '报', '名', '1', '2', '9', ' ', '<', '：'),
  maxLength: 12,
});
const date = fc.record({
  date: fc.constantFrom('2024-05-08', '2031-12-31', '1999'),
  time: fc.constantFrom(null, '25:61'),
});
/** Offsets within the body, as the store demands, but anywhere in it. */
const place = (length: number) =>
  fc.tuple(fc.nat(length), fc.nat(length), fc.nat(length), fc.nat(length)).map((offsets) => {
    const [start = 0, from = 0, to = 0, end = 0] = [...offsets].sort((a, b) => a - b);
    return { span: { start, end }, at: { start: from, end: to } };
  });

function lies(length: number): fc.Arbitrary<Fact> {
  const number = fc.option(fc.nat(99999), { nil: null });
  return fc.oneof(
    fc
      .record({
        type: fc.constantFrom(...PERIOD_TYPES),
        label: word,
        start: fc.option(date, { nil: null }),
        end: fc.option(date, { nil: null }),
      })
      .chain((period) =>
        place(length).map((at): Fact => ({ kind: 'period', yearInferred: false, workingDays: null, ...period, ...at })),
      ),
    fc
      .record({
        channel: fc.constantFrom(...CONTACT_CHANNELS),
        value: word,
        normalised: fc.constantFrom('87650001', '999999999', ''),
        persons: fc.array(word, { maxLength: 2 }),
        role: fc.option(word, { nil: null }),
        office: fc.option(word, { nil: null }),
      })
      .chain((contact) => place(length).map((at): Fact => ({ kind: 'contact', ...contact, ...at }))),
    fc
      .record({
        form: fc.constantFrom('title' as const, 'point' as const, 'name' as const),
        name: word,
        listOf: word,
        list: fc.nat(2),
        number,
        total: number,
      })
      .chain((item) => place(length).map((at): Fact => ({ kind: 'item', ...item, ...at }))),
    fc
      .record({ value: number, unit: fc.constantFrom('元', '名', '天', ''), of: word })
      .chain((quantity) => place(length).map((at): Fact => ({ kind: 'quantity', ...quantity, ...at }))),
    fc
      .record({ value: word, title: word })
      .chain((document) => place(length).map((at): Fact => ({ kind: 'document-number', ...document, ...at }))),
    fc
      .record({ number, name: word })
      .chain((attachment) => place(length).map((at): Fact => ({ kind: 'attachment', ...attachment, ...at }))),
  );
}

describe('whatever the extracted facts say', () => {
  it('an answer quotes its notice literally and says no number that the notice does not have', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(...NOTICES.map(({ body }) => fc.array(lies(body.length), { maxLength: 12 }))),
        fc.constantFrom(...QUESTIONS),
        async (facts, question) => {
          const ask = await asking(NOTICES, undefined, (of) => facts[NOTICES.indexOf(of)] ?? []);
          const answer = await ask.ask(question);
          if (answer.kind !== 'answer') return;
          const cited = NOTICES.find(({ id }) => id === answer.notice.id);
          const text = `${cited?.title ?? ''}\n${cited?.body ?? ''}`;
          expect(answer.quote.trim()).not.toBe('');
          expect(text).toContain(answer.quote);
          for (const run of answer.answer.match(/[0-9]{3,}/g) ?? []) expect(text).toContain(run);
        },
      ),
      { numRuns: 150 },
    );
  });
});
