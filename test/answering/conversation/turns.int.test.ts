import { describe, expect, it } from 'vitest';
import { Conversation } from '../../../src/answering/conversation/conversation.js';
import type { Answer } from '../../../src/domain/answer.js';
import { loadProgramData } from '../../../src/bootstrap/program-data.js';
import { createFactExtractor } from '../../../src/ingest/facts/extract-facts.js';
import { notice } from '../../support/texts.js';
import { asking } from '../../support/world.js';

const extractFacts = createFactExtractor(loadProgramData().facts);

const CAST = [
  notice(
    'pool',
    '市体育馆泳池换水公告',
    [
      '市体育馆泳池每季度换水一次。换水时间：2024年5月8日至5月10日，期间不开放。',
      '已购月票的，可顺延三天，也可到前台原路退款。',
      '课程 星期 时间 教练',
      '蛙泳班 周三 18:00 甄水',
      '蛙泳班 周六 9:00 乔清',
      '仰泳班 周日 10:00 甄水',
      '少年套餐（男） 300元 含泳帽',
      '少年套餐（女） 320元 含泳帽、浴巾',
      '咨询电话：0571-87650001。',
    ].join('\n'),
  ),
  notice(
    'chess',
    '少年象棋赛报名通知',
    '报名截止时间：2024年6月3日17:00。比赛在文化宫二楼举行。参赛费每人20元。联系人：车行远；联系电话：0571-87650003。',
  ),
  notice(
    'bridge',
    '关于北江大桥维修期间交通管制的通告',
    '管制时间：2024年5月20日0时至5月31日24时。行人不受限制，请走西侧人行道。\n公交27路：改走滨江路，增设文化宫站。\n公交39路：终点由江北延伸到火车站。\n咨询电话：0571-87650009。',
  ),
  notice('other-pool', '河东训练基地泳池检修通知', '检修时间：2024年7月1日至7月5日。泳池咨询电话：0571-87650011。', {
    publishedOn: '2024-03-13',
  }),
  notice(
    'rent',
    '第二批租房补贴申报通知',
    '申报截止时间：2024年4月30日。补贴报名到区政务中心办理。电话：0571-87650012。',
  ),
  notice(
    'choir-2023',
    '2023年教职工合唱团招新通知',
    '报名时间：2023年9月4日至9月8日。联系人：唐音，0571-87650005。名额30人。',
    { publishedOn: '2023-09-01' },
  ),
  notice(
    'choir-2024',
    '2024年教职工合唱团招新通知',
    '报名时间：2024年3月4日至3月8日。联系人：宋谱，0571-87650006。名额40人。',
    { publishedOn: '2024-03-01' },
  ),
  notice(
    'tender',
    '第五小学直饮水机采购项目公开招标公告',
    '预算金额：58万元。投标截止及开标时间：2024年4月1日9:30。代理机构邮箱：zb@example.com。',
    { publishedOn: '2024-03-04' },
  ),
  notice(
    'amendment',
    '第五小学直饮水机采购项目更正公告',
    [
      '更正内容：',
      '序号 更正项 更正前 更正后',
      '1 投标截止及开标时间 2024年4月1日9:30 2024年4月12日14:30',
      '2 质保期 2年 3年',
      '其他内容不变。',
    ].join('\n'),
    { publishedOn: '2024-03-11' },
  ),
];

async function turns(questions: readonly string[]): Promise<Answer[]> {
  const ask = await asking(CAST, undefined, extractFacts);
  const conversation = new Conversation();
  const said: Answer[] = [];
  for (const question of questions) said.push(await ask.ask(question, conversation));
  return said;
}

/** What was said last, and of which notice. */
async function lastOf(...questions: readonly string[]): Promise<{ of: string; words: string }> {
  const answer = (await turns(questions)).at(-1);
  return answer?.kind === 'answer'
    ? { of: answer.notice.id, words: `${answer.answer}\n${answer.quote}` }
    : { of: `(${answer?.kind})`, words: '' };
}

describe('a question that leaves out what it is about', () => {
  it('stays with the notice spoken of, or is refused, and goes to no other', async () => {
    expect((await lastOf('少年象棋赛报名什么时候截止', '有几个名额')).of).toBe('(none)');
    expect((await lastOf('2024年合唱团招新报名到哪天', '联系人是谁')).words).toContain('宋谱');
    expect((await lastOf('河东训练基地泳池什么时候检修', '联系人是谁')).of).toBe('(none)');
  });

  it('leaves a notice that holds its words somewhere for one that has all of them in its title', async () => {
    const report = notice(
      'report',
      '青禾县全年工作通报',
      '南岭区完成校园整治。全县开展教师培训。民办幼儿园安全检查合格率提高。通报电话：0571-87650021。',
    );
    const training = notice('training', '南岭区开展民办幼儿园安全培训', '培训讲解了消防和急救，3月5日在南岭剧院举行。');
    const ask = await asking([...CAST, report, training], undefined, extractFacts);
    const conversation = new Conversation();
    await ask.ask('青禾县全年工作通报的电话', conversation);
    const answer = await ask.ask('南岭区幼儿园安全培训在哪举行', conversation);
    expect(answer).toMatchObject({ kind: 'answer', notice: { id: 'training' } });
  });

  it('asks the same of the n-th that was asked of another', async () => {
    const projects = notice(
      'projects',
      '青禾县拟审批环评文件的公示',
      '拟审批的项目有2个：\n1.再生铝合金锭项目，总投资8600万元。\n2.妇幼保健院迁建项目，总投资2.4亿元。\n公示期为3月4日至3月8日。',
    );
    const ask = await asking([...CAST, projects], undefined, extractFacts);
    const conversation = new Conversation();
    let words = '';
    for (const question of ['青禾县拟审批的环评项目有哪些', '第二个总投资多少', '第一个呢']) {
      const answer = await ask.ask(question, conversation);
      words = answer.kind === 'answer' ? `${answer.answer}\n${answer.quote}` : answer.kind;
    }
    expect(words).toContain('8600万');
  });
});

describe('going back', () => {
  it('finds the notice spoken of before by words of it', async () => {
    const { of, words } = await lastOf('泳池什么时候换水', '象棋赛报名什么时候截止', '刚才那个泳池电话是多少');
    expect(of).toBe('pool');
    expect(words).toContain('87650001');
  });

  it('finds it by a single character of its title', async () => {
    const said = await lastOf('北江大桥管制到几号', '象棋赛报名什么时候截止', '刚才说的那座桥行人能走吗');
    expect(said.of).toBe('bridge');
    expect(said.words).toContain('行人不受限制');
  });

  it('finds the one before and the first', async () => {
    const asked = ['泳池什么时候换水', '象棋赛报名什么时候截止', '北江大桥管制到几号'];
    expect((await lastOf(...asked, '上一个通知的电话')).of).toBe('chess');
    expect((await lastOf(...asked, '第一个通知的电话')).of).toBe('pool');
  });

  it('refuses what that notice does not say', async () => {
    expect((await lastOf('泳池什么时候换水', '象棋赛报名什么时候截止', '刚才那个泳池的邮箱')).of).toBe('(none)');
  });

  it('is only to what this chat spoke of', async () => {
    const ask = await asking(CAST, undefined, extractFacts);
    const [mine, other] = [new Conversation(), new Conversation()];
    await ask.ask('泳池什么时候换水', mine);
    await ask.ask('象棋赛报名什么时候截止', other);
    const answer = await ask.ask('上一个通知的电话', other);
    expect(answer.kind === 'answer' && answer.notice.id).toBe('chess');
  });

  it('reaches no more than the last few notices', () => {
    const conversation = new Conversation();
    for (let i = 0; i < 50; i++) {
      conversation.last = { question: '问', topic: '问', noticeId: `${i}`, answer: '', offeredNoticeIds: [] };
    }
    expect(conversation.recentNoticeIds).toEqual(['45', '46', '47', '48', '49']);
    expect(conversation.previousNoticeId).toBe('48');
  });
});

describe('leaving', () => {
  it('asks of all notices what follows', async () => {
    const { of, words } = await lastOf('泳池什么时候换水', '换个话题，象棋赛参赛费多少');
    expect(of).toBe('chess');
    expect(words).toContain('20元');
  });

  it('says nothing of what was spoken of', async () => {
    expect((await lastOf('象棋赛报名什么时候截止', '换个话题，书法展的电话是多少')).of).toBe('(none)');
  });

  it('takes 对了 for no more than a lead', async () => {
    expect((await lastOf('象棋赛报名什么时候截止', '对了，参赛费多少')).words).toContain('20元');
    expect((await lastOf('泳池什么时候换水', '对了合唱团名额多少')).words).toContain('40人');
  });
});

describe('the same of something else', () => {
  it('is asked of the edition of another year, with what else the question says', async () => {
    const { of, words } = await lastOf('2024年合唱团什么时候报名', '那去年的报名是几号');
    expect(of).toBe('choir-2023');
    expect(words).toContain('9月4日至9月8日');
  });

  it('is refused when there is no such edition', async () => {
    expect((await lastOf('象棋赛报名什么时候截止', '那第二批的呢')).of).toBe('(none)');
  });

  it('puts one day of the week in the place of another', async () => {
    const said = await turns(['泳池蛙泳班周三谁教', '周六呢']);
    expect(said.map((answer) => (answer.kind === 'answer' ? answer.answer : ''))).toEqual([
      expect.stringContaining('甄水'),
      expect.stringContaining('乔清'),
    ]);
  });

  it('prefers the line that says the number that takes the place of another', async () => {
    const { words } = await lastOf('北江大桥管制期间27路公交改走哪条路', '39路呢');
    expect(words.split('\n')[0]).toContain('39路');
  });

  it('is found in another order of its characters', async () => {
    const { words } = await lastOf('泳池的仰泳班几点', '女的少年套餐呢');
    expect(words.split('\n')[0]).toContain('320元');
    expect(words.split('\n')[0]).not.toContain('300元');
  });
});

describe('words of its own', () => {
  it('need less to support them of the notice spoken of', async () => {
    const { of, words } = await lastOf('泳池什么时候换水', '买好的票能退吗');
    expect(of).toBe('pool');
    expect(words).toContain('原路退款');
  });

  it.each(['救生员是谁', '馆长叫什么名字', '停车场收费吗'])(
    'are refused when it does not say them: %s',
    async (question) => {
      expect((await lastOf('泳池什么时候换水', question)).of).toBe('(none)');
    },
  );
});

describe('an amended notice', () => {
  it('is answered by what now holds', async () => {
    const { words } = await lastOf('直饮水机采购预算多少', '现在开标时间是几号');
    expect(words.split('\n')[0]).toContain('更正后：2024年4月12日');
  });

  it('lists what was changed', async () => {
    const { of, words } = await lastOf('直饮水机采购预算多少', '改了哪些');
    expect(of).toBe('amendment');
    expect(words).toContain('质保期');
  });

  it('still says what its amendment leaves', async () => {
    const { of, words } = await lastOf('直饮水机采购更正公告', '代理机构的邮箱是什么');
    expect(of).toBe('tender');
    expect(words).toContain('zb@example.com');
  });
});

describe('he', () => {
  it('is the one person of the answer before', async () => {
    expect((await lastOf('合唱团联系人是谁', '他的电话')).words).toContain('87650006');
  });
});
