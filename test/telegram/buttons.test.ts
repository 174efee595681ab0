import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AskService } from '../../src/app/ask-service.js';
import type { Answer } from '../../src/domain/answer.js';
import { composeMessage } from '../../src/render/message.js';
import { candidateButtons, noticeData, noticeKeyIn } from '../../src/telegram/buttons.js';
import { CANDIDATES, found, NOTICES, refusal, stubAsk } from './kit.js';

describe('the data of a button', () => {
  it('comes back as the key and stays within 64 bytes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999_999 }), (key) => {
        expect(noticeKeyIn(noticeData(key))).toBe(key);
        expect(Buffer.byteLength(noticeData(key))).toBeLessThanOrEqual(64);
      }),
    );
  });

  it.each(['', 'n:', 'n:-1', 'n:01', 'n:1e3', 'n:1 ', 'n:１', 'x:1', 'n:9999999999999999', "n:1';DROP TABLE notice"])(
    '%j is not ours',
    (data) => {
      expect(noticeKeyIn(data)).toBeNull();
    },
  );
});

const buttonsUnder = (answer: Answer, ask: Pick<AskService, 'keyOf'> = stubAsk()) =>
  candidateButtons(answer, composeMessage(answer), ask);

describe('the buttons under an answer', () => {
  const [shown] = NOTICES;
  if (shown === undefined) throw new Error('the cast is empty');

  it('are the other candidates, never the notice shown', () => {
    const markup = buttonsUnder(found('答', '证', shown));
    expect(markup?.inline_keyboard.flat()).toEqual([
      { text: '创优赋能建设项目专家评议结果的公示', callback_data: 'n:2' },
      { text: '关于县域督导评估的公告', callback_data: 'n:3' },
    ]);
  });

  it('under a refusal carry the numbers of the list', () => {
    const labels = buttonsUnder(refusal())
      ?.inline_keyboard.flat()
      .map(({ text }) => text);
    expect(labels).toEqual(CANDIDATES.map(({ title }, i) => `${i + 1}. ${title}`));
  });

  it('leave out what is no longer stored, and are none at all when nothing is left', () => {
    expect(buttonsUnder(refusal(), { keyOf: () => null })).toBeUndefined();
    expect(buttonsUnder(refusal('chitchat'))).toBeUndefined();
  });

  it('have short labels of whole characters, never empty ones', () => {
    const titles = ['😀'.repeat(50), '\n', '很'.repeat(24)];
    const candidates = titles.map((title, i) => ({ id: `notice-${i + 1}`, title, date: null, score: 1 }));
    const markup = buttonsUnder({ kind: 'choices', equals: 3, intent: 'fact', confidence: 0.5, candidates });
    const labels = markup?.inline_keyboard.flat().map(({ text }) => text);
    expect(labels).toEqual([`1. ${'😀'.repeat(23)}…`, '2. …', `3. ${'很'.repeat(24)}`]);
  });
});
