import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Conversation } from '../../../src/answering/conversation/conversation.js';
import { findViolations } from '../../../src/answering/compose/invariants.js';
import { loadProgramData } from '../../../src/bootstrap/program-data.js';
import { createFactExtractor } from '../../../src/ingest/facts/extract-facts.js';
import { notice } from '../../support/texts.js';
import { asking } from '../../support/world.js';

const extractFacts = createFactExtractor(loadProgramData().facts);

const CAST = [
  notice('pool', '市体育馆泳池换水公告', '换水时间：5月8日至5月10日。门票每人25元。咨询电话：0571-87650001。'),
  notice(
    'chess-1',
    '第一批少年象棋课报名通知',
    '报名截止时间：4月3日。名额：甲班20人，乙班30人。联系人：车行远，87650003。',
  ),
  notice(
    'chess-2',
    '第二批少年象棋课报名通知',
    '报名截止时间：6月3日。名额：甲班25人，乙班35人。联系人：马跃，87650004。',
  ),
  notice('amendment', '第二批少年象棋课报名延期的通知', '报名截止时间由6月3日延期至6月9日。附件：1.报名表 2.承诺书'),
];

const LEADS = ['', '那', '对了', '换个话题，', '刚才说的', '前面那个', '上一个通知的', '第一个通知', '另外问一下 '];
const SUBJECTS = ['', '泳池', '象棋课', '第一批', '第二批', '甲班', '第二个', '最后一个', '去年', '87650003', '<b>$&'];
const ASPECTS = ['', '电话', '什么时候截止', '多少钱', '改了哪些', '附件有哪些', '他的手机', '呢', '名额多少'];
const turn = fc.tuple(...[LEADS, SUBJECTS, ASPECTS].map((words) => fc.constantFrom(...words))).map((w) => w.join(''));

describe('any sequence of turns', () => {
  it('keeps what every answer promises, and remembers few notices', async () => {
    const ask = await asking(CAST, undefined, extractFacts);
    const stored = async (id: string) => Promise.resolve(CAST.find((one) => one.id === id) ?? null);
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { maxLength: 6 }), async (questions) => {
        const conversation = new Conversation();
        for (const question of questions) {
          const answer = await ask.ask(question, conversation);
          expect(await findViolations(answer, stored)).toEqual([]);
          expect(new Set(conversation.recentNoticeIds).size).toBe(conversation.recentNoticeIds.length);
          expect(conversation.recentNoticeIds.length).toBeLessThanOrEqual(5);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('says nothing of another chat', async () => {
    const ask = await asking(CAST, undefined, extractFacts);
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { maxLength: 4 }), turn, async (before, question) => {
        for (const one of before) await ask.ask(one, new Conversation());
        const alone = await ask.ask(question, new Conversation());
        const other = new Conversation();
        for (const one of before) await ask.ask(one, other);
        expect(await ask.ask(question, new Conversation())).toEqual(alone);
      }),
      { numRuns: 20 },
    );
  });
});
