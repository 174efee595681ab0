import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AskService } from '../../../src/answering/ask-service.js';
import type { Answer } from '../../../src/domain/answer.js';
import { composeMessage } from '../../../src/render/message.js';
import {
  noticeCallbackData,
  parseNoticeKey,
  parseOfferPage,
  buildOfferRows,
  selectOfferedNotices,
  replaceOfferRows,
  type OfferedNotices,
} from '../../../src/telegram/ui/offered-notices.js';
import { CANDIDATES, found, NOTICES, refusal, stubAsk } from '../kit.js';

describe('the data of a button', () => {
  it('comes back as the key and stays within 64 bytes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999_999 }), (key) => {
        expect(parseNoticeKey(noticeCallbackData(key))).toBe(key);
        expect(Buffer.byteLength(noticeCallbackData(key))).toBeLessThanOrEqual(64);
      }),
    );
  });

  it.each(['', 'n:', 'n:-1', 'n:01', 'n:1e3', 'n:1 ', 'n:１', 'x:1', 'n:9999999999999999', "n:1';DROP TABLE notice"])(
    '%j is not ours',
    (data) => {
      expect(parseNoticeKey(data)).toBeNull();
    },
  );
});

const offers = (answer: Answer, ask: Pick<AskService, 'keyOf'> = stubAsk()) =>
  selectOfferedNotices(answer, composeMessage(answer), ask);
const labelsOf = (answer: Answer): string[] => offers(answer).notices.map(({ label }) => label);

describe('the notices offered under an answer', () => {
  const [shown] = NOTICES;
  if (shown === undefined) throw new Error('the cast is empty');

  it('are the other candidates, never the notice shown', () => {
    expect(buildOfferRows(offers(found('答', '证', shown)), 0).flat()).toEqual([
      { text: '创优赋能建设项目专家评议结果的公示', callback_data: 'n:2' },
      { text: '关于县域督导评估的公告', callback_data: 'n:3' },
    ]);
  });

  it('under a refusal are the numbers of the list, and behind them, by their titles, those that it does not show', () => {
    const more = [...CANDIDATES, ...CANDIDATES].map((one, i) => ({ ...one, title: `第${i + 1}份` }));
    const { notices: all, pageSize } = offers({ ...refusal(), candidates: more });
    expect(all.map(({ label }) => label)).toEqual(['1', '2', '3', '4. 第4份', '5. 第5份', '6. 第6份']);
    expect(pageSize).toBe(3);
    expect(buildOfferRows({ notices: all, pageSize }, 0).map((row) => row.map(({ text }) => text))).toEqual([
      ['1', '2', '3'],
      ['下一页（2/2）▶'],
    ]);
    expect(buildOfferRows({ notices: all, pageSize }, 1)).toHaveLength(4);
  });

  it('where one is asked which are as many as the list has, on one page', () => {
    const candidates = Array.from({ length: 10 }, (_, i) => ({
      id: 'notice-1',
      title: `甲${i}`,
      date: null,
      score: 1,
    }));
    const answer = { kind: 'choices', tiedCount: 8, intent: 'fact', confidence: 0.5, candidates } as const;
    expect(buildOfferRows(offers(answer), 0).map((row) => row.map(({ text }) => text))).toEqual([
      ['1', '2', '3', '4', '5'],
      ['6', '7', '8'],
    ]);
  });

  it('leave out what is no longer stored, and are none at all when nothing is left', () => {
    expect(buildOfferRows(offers(refusal(), { keyOf: () => null }), 0)).toEqual([]);
    expect(buildOfferRows(offers(refusal('chitchat')), 0)).toEqual([]);
  });

  it('have short labels of whole characters, never empty ones', () => {
    const titles = ['😀'.repeat(50), '\n', '很'.repeat(24)];
    const candidates = titles.map((title, i) => ({ id: `notice-${i + 1}`, title, date: null, score: 1 }));
    const answer = found('答', '证', shown);
    const labels = labelsOf({ ...answer, notice: { ...answer.notice, id: 'other' }, candidates });
    expect(labels).toEqual([`${'😀'.repeat(23)}…`, '…', '很'.repeat(24)]);
  });
});

describe('pages of notices', () => {
  const many = (count: number, pageSize: number): OfferedNotices => ({
    notices: Array.from({ length: count }, (_, i) => ({ key: i + 1, label: `第${i + 1}份`, isNumbered: i % 2 === 0 })),
    pageSize,
  });

  it('show every notice once, in order, and lead to one another', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 }), (count, size) => {
        const offers = many(count, size);
        const seen: (number | null)[] = [];
        let page: number | null = 0;
        while (page !== null) {
          const data: string[] = buildOfferRows(offers, page)
            .flat()
            .map((button) => ('callback_data' in button ? button.callback_data : ''));
          const shownKeys = data.flatMap((one) => parseNoticeKey(one) ?? []);
          seen.push(...shownKeys.sort((a, b) => a - b));
          const next: number = page + 1;
          page = data.map(parseOfferPage).includes(next) ? next : null;
        }
        expect(seen).toEqual(offers.notices.map(({ key }) => key));
      }),
    );
  });

  it('beyond the last one are the last one', () => {
    expect(buildOfferRows(many(7, 3), 999)).toEqual(buildOfferRows(many(7, 3), 2));
  });

  it('change only the rows of notices', () => {
    const other = [{ text: '📄 全文', callback_data: 't:1' }];
    const votes = [{ text: '👍', callback_data: 'vu:1' }];
    const before = { inline_keyboard: [other, ...buildOfferRows(many(7, 3), 0), votes] };
    expect(replaceOfferRows(before, buildOfferRows(many(7, 3), 1))).toEqual({
      inline_keyboard: [other, ...buildOfferRows(many(7, 3), 1), votes],
    });
  });
});
