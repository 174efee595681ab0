import { describe, expect, it } from 'vitest';
import { Conversation, ConversationCache } from '../../../src/answering/conversation/conversation.js';
import type { Answer } from '../../../src/domain/answer.js';
import { loadProgramData } from '../../../src/bootstrap/program-data.js';
import { createFactExtractor } from '../../../src/ingest/facts/extract-facts.js';
import { notice } from '../../support/texts.js';
import { asking } from '../../support/world.js';

const extractFacts = createFactExtractor(loadProgramData().facts);

const POOL = notice(
  'pool',
  '市体育馆泳池换水公告',
  '市体育馆泳池每季度换水一次。换水时间：2024年5月8日至5月10日，期间不开放。联系人：甄水（东馆），0571-87650001；乔清（西馆），0571-87650002。',
);
const CHESS = notice(
  'chess',
  '少年象棋赛报名通知',
  '报名截止时间：2024年6月3日17:00。比赛在文化宫二楼举行。联系人：车行远；联系电话：0571-87650003。',
);

const words = (answer: Answer): string => (answer.kind === 'answer' ? answer.answer : `(${answer.kind})`);

async function chat(questions: readonly string[]): Promise<string[]> {
  const ask = await asking([POOL, CHESS], undefined, extractFacts);
  const conversation = new Conversation();
  const said: string[] = [];
  for (const question of questions) said.push(words(await ask.ask(question, conversation)));
  return said;
}

describe('a chat', () => {
  it('goes on about the notice spoken of', async () => {
    const [when, who] = await chat(['泳池什么时候换水', '那电话呢']);
    expect(when).toContain('5月8日至5月10日');
    expect(who).toMatch(/^甄水.* 0571-87650001；乔清（西馆） 0571-87650002$/);
  });

  it('asks the same of something else in the same notice', async () => {
    const said = await chat(['泳池换水公告里东馆的电话', '那西馆呢']);
    expect(said[0]).toContain('87650001');
    expect(said[1]).toContain('87650002');
    expect(said[1]).not.toContain('87650001');
  });

  it('changes the notice when another is named, and stays with that', async () => {
    const said = await chat(['泳池什么时候换水', '象棋赛报名什么时候截止', '联系人是谁']);
    expect(said[1]).toContain('6月3日');
    expect(said[2]).toContain('车行远');
  });

  it('keeps what was spoken of over a word of thanks', async () => {
    expect((await chat(['象棋赛报名什么时候截止', '谢谢', '电话多少']))[2]).toContain('87650003');
  });

  it('keeps what was spoken of, and what was offered, over a slip of the finger', async () => {
    expect((await chat(['象棋赛报名什么时候截止', 'asdf', '电话多少']))[2]).toContain('87650003');
  });

  it('says nothing of a notice to someone who has not asked about one', async () => {
    expect((await chat(['那电话呢']))[0]).toBe('(none)');
  });

  it('takes what holds no word for no question, and a foreign word for one only where a notice has it', async () => {
    const vr = notice('vr', 'VR 体验日公告', 'VR 体验日在文化宫举行，报名邮箱 vr@example.cn。');
    const ask = await asking([POOL, vr], undefined, extractFacts);
    const reasons = async (texts: readonly string[]): Promise<string[]> =>
      Promise.all(
        texts.map(async (text) => {
          const answer = await ask.ask(text);
          return answer.kind === 'none' ? answer.reason : answer.kind;
        }),
      );
    const nothing = [
      '',
      '?',
      '<b>x</b>&',
      'asdf',
      'qwerty uiop',
      '7',
      '😀',
      'ありがと',
      '-- * --',
      '<script>a(1)</script>',
    ];
    expect(new Set(await reasons(nothing))).toEqual(new Set(['empty-question']));
    expect(await reasons(['VR', 'email', '5月', '12', '泳'])).not.toContain('empty-question');
    expect(await reasons(['hello', 'Hi!', '你好'])).toEqual(['chitchat', 'chitchat', 'chitchat']);
  });

  it('looks a number up everywhere, whatever was spoken of', async () => {
    expect((await chat(['泳池什么时候换水', '87650003是谁的电话']))[1]).toContain('车行远');
  });
});

describe('conversations', () => {
  it('are apart for each key, and forgotten after half an hour', () => {
    let now = new Date('2024-05-01T00:00:00Z');
    const conversations = new ConversationCache(() => now);
    const mine = conversations.get('1');
    mine.last = { question: '问', topic: '问', noticeId: 'pool', answer: '', offeredNoticeIds: [] };
    expect(conversations.get('2').last).toBeNull();
    expect(conversations.get('1')).toBe(mine);
    now = new Date('2024-05-01T00:31:00Z');
    expect(conversations.get('1').last).toBeNull();
  });

  it('are bounded in number', () => {
    const conversations = new ConversationCache(() => new Date(0));
    const first = conversations.get('first');
    first.last = { question: '问', topic: '问', noticeId: null, answer: '', offeredNoticeIds: [] };
    for (let i = 0; i < 10_000; i++) conversations.get(`${i}`);
    expect(conversations.get('first')).not.toBe(first);
  });
});
