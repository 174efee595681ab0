import { describe, expect, it } from 'vitest';
import type { FoundAnswer } from '../../src/domain/answer.js';
import { composeMessage } from '../../src/render/message.js';
import { renderPlain } from '../../src/render/plain.js';

const SURE: FoundAnswer = {
  kind: 'answer',
  intent: 'fact',
  sure: true,
  missing: [],
  answer: '5\t月6日',
  quote: '泳池\t5月6日开放。',
  confidence: 0.9,
  notice: { id: 'pool', title: '泳池通知', date: '2024-03-11', url: null },
  candidates: [],
  computed: [],
  also: [],
};
const NEAR = { ...SURE, sure: false, confidence: 0.3 };
const ALSO = [{ answer: '7月\t1日', notice: { id: 'x', title: '停车场通知', date: null, url: null } }];
const kinds = (answer: FoundAnswer): string[] => composeMessage(answer).map(({ kind }) => kind);
/** Text of the blocks that have one. */
const texts = (answer: FoundAnswer): string[] =>
  composeMessage(answer).flatMap((block) => ('text' in block ? [block.text] : []));

describe('the message of an answer', () => {
  it('leads with an answer that is sure, whatever the notice lacks', () => {
    expect(texts({ ...SURE, missing: ['儿童'] })).toEqual(['5  月6日', '泳池  5月6日开放。']);
    expect(kinds(SURE)).toEqual(['lead', 'source', 'quote']);
  });

  it('leads, where it is not sure, with what the notice does not mention, and shows the nearest line below', () => {
    const message = texts({ ...NEAR, missing: ['儿童'] });
    expect(message).toEqual(['通知里没有提到「儿童」。最接近的是：', '泳池  5月6日开放。']);
    expect(texts({ ...NEAR, missing: ['儿童', '门票'] })[0]).toBe('通知里没有提到「儿童」、「门票」。最接近的是：');
    expect(kinds(NEAR)).toEqual(['lead', 'quote', 'source']);
  });

  it('leads with the doubt where the notice mentions all', () => {
    expect(texts(NEAR).slice(0, 2)).toEqual(['不太确定，通知里这样写：', '泳池  5月6日开放。']);
    expect(renderPlain(composeMessage(NEAR))).toMatch(/^不太确定，通知里这样写：\n/);
  });

  it('quotes once where the answer is the quote', () => {
    const line = '泳池 5月6日开放。';
    expect(kinds({ ...SURE, answer: line })).toEqual(['lead', 'source']);
    expect(kinds({ ...NEAR, answer: line })).toEqual(['lead', 'quote', 'source']);
  });

  it('puts before a second place that it may be meant, before further answers that other notices say so', () => {
    expect(texts({ ...NEAR, also: ALSO }).slice(-2)).toEqual(['也可能是这里：', '7月  1日']);
    expect(texts({ ...SURE, also: ALSO }).slice(-2)).toEqual(['其他通知里：', '7月  1日']);
    expect(
      kinds({ ...SURE, also: Array.from({ length: 12 }, () => ALSO).flat() }).filter((k) => k === 'also'),
    ).toHaveLength(9);
  });
});
