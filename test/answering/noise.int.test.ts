import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/domain/answer.js';
import { loadProgramData } from '../../src/bootstrap/program-data.js';
import { createFactExtractor } from '../../src/ingest/facts/extract-facts.js';
import { asking } from '../support/world.js';
import { notice } from '../support/texts.js';

const NOTICES = [
  notice(
    'pool',
    '市体育馆泳池换水公告',
    '市体育馆泳池每季度换水一次。换水时间：2024年5月8日至5月10日，期间不开放，下午1点恢复。联系人：甄水，0571-87650001。',
  ),
  notice(
    'chess',
    '少年象棋赛报名通知',
    '报名截止时间：2024年6月3日17:00。比赛在文化宫二楼举行，参赛者可以带A4纸或5G手机。特等奖1名，优等奖2名。联系人：车行远。',
  ),
  notice('vr', 'VR 体验日公告', 'VR 体验日在文化宫举行，每人限1次，万万不可错过。报名邮箱 vr@example.cn。'),
];
const KNOWN = new Set(NOTICES.flatMap(({ title, body }) => Array.from(title + body)));
/** Characters that ask; a text with one may be a question, whatever else it holds. */
const ASKS = /[吗呢吧么不没谁哪那几多啥咋何什怎]/;

const ask = asking(NOTICES, undefined, createFactExtractor(loadProgramData().facts));
const reasonOf = (answer: Answer): string =>
  answer.kind === 'none' ? answer.reason : answer.kind === 'answer' && answer.sure ? 'sure' : answer.kind;

const range = (from: number, to: number): fc.Arbitrary<string> =>
  fc.integer({ min: from, max: to }).map((code) => String.fromCodePoint(code));
const textOf = (unit: fc.Arbitrary<string>, minLength = 1, maxLength = 14): fc.Arbitrary<string> =>
  fc.array(unit, { minLength, maxLength }).map((units) => units.join(''));

const han = range(0x4e00, 0x9fa5);
const strangeHan = han.filter((character) => !KNOWN.has(character) && !ASKS.test(character));
const symbol = fc.constantFrom(...'!@#$%^&*()-_=+[]{}|;:\'",.<>/?~`！？。，…￥×÷★☆→■'.split(''));
const lookAlike = fc.oneof(
  range(0x2460, 0x24ff),
  range(0x3200, 0x32ff),
  range(0x3300, 0x33ff),
  range(0x2100, 0x218b),
  range(0x1d400, 0x1d7ff),
  range(0x1f100, 0x1f189),
  fc.constantFrom('²', '³', '¹', '½', '¼', 'ª', 'º'),
);
const injected = textOf(
  fc.constantFrom(
    "'",
    ' OR ',
    '1=1',
    '--',
    ';',
    ' UNION SELECT ',
    '*',
    '<script>',
    '{{7*7}}',
    '../',
    '%00',
    '&&',
    '$(',
  ),
  1,
  8,
);
const nothing = fc.oneof(
  { weight: 3, arbitrary: textOf(lookAlike) },
  { weight: 2, arbitrary: textOf(fc.oneof(lookAlike, symbol)) },
  { weight: 1, arbitrary: textOf(symbol) },
  { weight: 2, arbitrary: injected },
  { weight: 2, arbitrary: fc.tuple(han, fc.integer({ min: 3, max: 60 })).map(([one, times]) => one.repeat(times)) },
  { weight: 3, arbitrary: textOf(strangeHan, 2) },
);
const anything = fc.oneof(
  textOf(han, 2),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 20 }),
  textOf(fc.oneof(han, symbol, lookAlike, fc.string({ unit: 'grapheme-ascii', maxLength: 2 }))),
);

describe('noise', () => {
  it('is no question: what has no word is refused as empty or unsupported', async () => {
    const service = await ask;
    await fc.assert(
      fc.asyncProperty(nothing, async (text) => {
        expect(['empty-question', 'unsupported', 'chitchat']).toContain(reasonOf(await service.ask(text)));
      }),
      { numRuns: 500 },
    );
  });

  it('of any kind never gets an answer that is sure', async () => {
    const service = await ask;
    await fc.assert(
      fc.asyncProperty(anything, async (text) => {
        expect(reasonOf(await service.ask(text))).not.toBe('sure');
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['ⓢ', 'empty-question'],
    ['㉓', 'empty-question'],
    ['①②③', 'empty-question'],
    ['𝟏𝟐𝟑', 'empty-question'],
    ['㈱㊙℡', 'empty-question'],
    ['５', 'empty-question'],
    ['万万万万万', 'empty-question'],
    ['啊啊啊', 'empty-question'],
    ['11111', 'empty-question'],
    ["' OR 1=1--", 'empty-question'],
    ['5G^_>q[})', 'empty-question'],
    ['龛蟳捦鍈瑦', 'unsupported'],
    ['泳鍈瑦龛蟳捦', 'unsupported'],
  ])('%s is refused as %s', async (text, reason) => {
    expect(reasonOf(await (await ask).ask(text))).toBe(reason);
  });

  it.each([
    'ＶＲ',
    'VR',
    'VR？',
    'what is VR',
    '泳池',
    '泳池換水',
    '换水①',
    '5月8日',
    '泳池啥时候换水吖',
    '象棋赛报名还能报不',
  ])('%s is not noise', async (text) => {
    expect(['empty-question', 'unsupported']).not.toContain(reasonOf(await (await ask).ask(text)));
  });

  it('asks nothing of a notice that was chosen either', async () => {
    const service = await ask;
    for (const text of ['ⓢ㉓', '万万万万', '龛蟳捦鍈瑦'])
      expect(await service.askNotice(text, service.keyOf('vr') ?? NaN)).toMatchObject({ kind: 'none' });
  });
});

describe('advertising in a question', () => {
  it('is not asked about, and does not come back', async () => {
    const service = await ask;
    expect(reasonOf(await service.ask('皇冠体育官网投注'))).toBe('empty-question');
    for (const text of ['皇冠体育官网投注泳池什么时候换水', '金沙彩票登录网址是多少', '泳池金沙彩票登录网址几号换水']) {
      const told = JSON.stringify(await service.ask(text));
      expect(told).not.toMatch(/皇冠|投注|金沙|彩票/);
    }
    expect(await service.ask('皇冠体育官网投注泳池什么时候换水')).toEqual(await service.ask('泳池什么时候换水'));
  });
});
