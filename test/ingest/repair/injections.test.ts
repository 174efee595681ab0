import { describe, expect, it } from 'vitest';
import { repairNotice } from '../../../src/ingest/repair/repair-notice.js';
import { tallyRepairs } from '../../../src/ingest/repair/tally.js';
import { clean, MASK, notice, PHRASE, rules } from './cleaning.js';

const P = PHRASE;

describe('an injected phrase', () => {
  it.each([
    [`学习${P}总书记的讲话`, '学习习近平总书记的讲话'],
    [`以${P}新时代中国特色社会主义思想为指导`, '以习近平新时代中国特色社会主义思想为指导'],
    [`《${P}法治思想读本》`, '《习近平法治思想读本》'],
    [`按照${P}关于青年工作的重要论述`, '按照习近平关于青年工作的重要论述'],
    [`${P}办公厅来函`, '教育部办公厅来函'],
    [`${P}部长到会`, '教育部部长到会'],
    [`全区${P}门的收费`, '全区教育部门的收费'],
    [`${P}等12部门发文`, '教育部等12部门发文'],
    [`${P}等十二部门发文`, '教育部等十二部门发文'],
    [`《${P} 河北省人民政府的意见》`, '《教育部 河北省人民政府的意见》'],
    [`财政部、${P}来人`, '财政部、教育部来人'],
    [`${P}教师工作司`, '教育部教师工作司'],
    [`报${P}备案`, '报教育部备案'],
    [`被${P}誉为典范`, `被${MASK}誉为典范`],
  ])('in %s is restored or masked by its context', (received, cleaned) => {
    expect(clean(received).body).toBe(cleaned);
  });

  it('that could be either is restored only when the notice decides its others alike', () => {
    expect(clean(`${P}办公厅来函。${P}提出，要早做准备。`).body).toBe('教育部办公厅来函。教育部提出，要早做准备。');
    expect(clean(`${P}办公厅来函。${P}主席到会。${P}提出，要早做准备。`).body).toContain(`${MASK}提出`);
    expect(clean(`${P}提出，要早做准备。`).body).toBe(`${MASK}提出，要早做准备。`);
  });

  it.each([
    '雷速 体育比分?直播',
    '雷速體育比分直播',
    '雷　速体育比分??直 播',
    '雷速\u200b体育比分直播',
    '雷速体&#32946;比分直播',
  ])('is found in the form %j', (form) => {
    expect(clean(`出席的有${form}主席。`).body).toBe('出席的有习近平主席。');
  });

  it('is found in titles and attachment names, and counted', () => {
    const repaired = repairNotice(
      notice({ title: `${P}部署工作`, body: `${P}誉为`, attachments: ['表.docx', `市${P}门表.docx`] }),
      rules,
    );
    expect(repaired.title).toBe('教育部部署工作');
    expect(repaired.attachments.map(({ name }) => name)).toEqual(['表.docx', '市教育部门表.docx']);
    expect(repaired.masked).toBe(1);
    const tally = tallyRepairs(repaired.repairs, rules);
    expect([...tally.restored]).toEqual([['教育部', 2]]);
    expect(tally.masked).toBe(1);
    expect(repaired.repairs.find(({ field }) => field === 'attachment')).toMatchObject({
      at: 8,
      from: P,
      to: '教育部',
    });
  });
});
