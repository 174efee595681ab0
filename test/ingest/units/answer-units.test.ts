import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasValue, type AnswerUnit } from '../../../src/domain/answer-unit.js';
import { readAnswerUnits } from '../../../src/ingest/units/answer-units.js';
import { valueTypesOf } from '../../../src/ingest/units/value-types.js';
import { fold } from '../../../src/text/fold.js';
import { sourceOf } from '../facts/kit.js';

function unitsOf(body: string, title = '關於報名的通知'): AnswerUnit[] {
  const { sentences: spans, tables } = sourceOf(body);
  const sentences = spans.map(({ start, end }) => fold(body.slice(start, end)));
  return readAnswerUnits({ title, body, spans, sentences }, () => [...tables]);
}
/** Units of a kind, each as its literal text with what stands above it. */
const shown = (body: string, kind: AnswerUnit['kind']): string[] =>
  unitsOf(body)
    .filter((unit) => unit.kind === kind)
    .map(({ span, context }) => `${context}|${body.slice(span.start, span.end)}`);

const LIST = '一、報名\n（一）时间：5月6日。逾期不候。\n二、考试';
const TABLE = '值班如下：\n科室｜医生（专家）｜时间\n内科｜江小舟｜周一\n｜罗一帆｜周二';

describe('the units of a notice', () => {
  it('are its sentences, those after the first of an item under the heading of the item too', () => {
    const sentences = ['|一、報名', '报名|（一）时间：5月6日。', '报名 时间|逾期不候。', '|二、考试'];
    expect(shown(LIST, 'sentence')).toEqual(sentences);
  });

  it('are items of several sentences, and lists with what introduces them', () => {
    expect(shown(LIST, 'segment')).toEqual(['报名|（一）时间：5月6日。逾期不候。']);
    expect(shown(LIST, 'list')).toEqual(['|一、報名\n（一）时间：5月6日。逾期不候。']);
  });

  it('are no items and lists that are too long to be read, and no end of a book', () => {
    const long = `${'甲'.repeat(199)}。`;
    expect(shown(`${long}${long}`, 'segment')).toEqual([]);
    expect(shown(`要求：\n1.${long}\n2.${long}`, 'list')).toHaveLength(1);
    expect(shown(`要求：\n1.${long}${long}\n2.${long}${long}`, 'list')).toEqual([]);
    expect(unitsOf('甲。\n'.repeat(5000)).length).toBeLessThan(4010);
  });

  it('are rows under the names of the columns, which are no sentences besides', () => {
    const names = '科室 医生 专家 时间';
    expect(shown(TABLE, 'row')).toEqual([`${names}|内科｜江小舟｜周一`, `${names}|罗一帆｜周二`]);
    expect(shown(TABLE, 'sentence').slice(0, 2)).toEqual(['|值班如下：', '|科室｜医生（专家）｜时间']);
    expect(shown(TABLE, 'sentence').join()).not.toContain('江小舟');
  });

  it('put before a row the cells above that hold for it too', () => {
    expect(unitsOf(TABLE).map(({ text }) => text)).toEqual(
      expect.arrayContaining(['内科|江小舟|周一', '内科 罗一帆|周二']),
    );
  });

  it('end with the title, and say which values they state', () => {
    expect(unitsOf('公示。').at(-1)).toMatchObject({ kind: 'title', text: '关于报名的通知', from: 0, to: -1 });
    const dated = unitsOf(LIST).filter(({ values }) => hasValue(values, 'day'));
    expect(dated.map(({ kind }) => kind)).toEqual(['list', 'sentence', 'segment']);
  });

  it('hold every sentence, and are literal and whole sentences, whatever the text', () => {
    const part = fc.constantFrom(
      ...'一、|（一）|1.|●|甲乙|丙：|。|；| |\n|線路 首班 末班\n|東山線 6:00 21:00\n|西山線 6:30 22:00\n'.split('|'),
    );
    fc.assert(
      fc.property(fc.string({ unit: part, maxLength: 40 }), (body) => {
        const { sentences } = sourceOf(body);
        const units = unitsOf(body).slice(0, -1);
        const isHeld = (i: number): boolean =>
          units.some(({ kind, from, to }) => (kind === 'sentence' || kind === 'row') && from <= i && i <= to);
        expect([...sentences.keys()].filter((i) => !isHeld(i))).toEqual([]);
        for (const { kind, span, from, to, text, values } of units) {
          const [bare, literal] = [text, fold(body.slice(span.start, span.end))].map((one) => one.replace(/\s/g, ''));
          expect(kind === 'row' ? bare?.endsWith(literal ?? '') : bare === literal, text).toBe(true);
          expect(values).toBe(valueTypesOf(text));
          const whole = { start: sentences[from]?.start ?? -1, end: sentences[to]?.end ?? -1 };
          if (kind !== 'row') expect(span).toEqual(whole);
          expect(whole.start <= span.start && span.end <= whole.end, text).toBe(true);
        }
      }),
    );
  });
});
