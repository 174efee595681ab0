import { describe, expect, it } from 'vitest';
import { repairNotice } from '../../../src/ingest/repair/repair-notice.js';
import { withSuspicious } from '../../../src/ingest/repair/rules.js';
import { findSuspicious } from '../../../src/ingest/repair/suspicious.js';
import { MASK, notice, PHRASE, rules } from './cleaning.js';

const AD = '亚博娱乐官网下载';
/** The rules without those of advertising in general: they know `AD`. */
const alone = { ...rules, findAdvertising: () => [] };
const polluted = ['会议由', '今天', '据了解，', '经', '学生向', '本周'].map(
  (before, i) =>
    `${before}${AD}${['办公室召集', '主任到校', '领导讲话', '同意开工', '老师请教', '检查组来访'][i] ?? ''}。`,
);

describe('phrases that no rule names', () => {
  it('are found by what they advertise and where they stand, whole', () => {
    expect(findSuspicious(polluted, rules)).toMatchObject([{ phrase: AD, count: 6 }]);
    const [found] = findSuspicious(polluted, rules);
    expect(found?.samples).toHaveLength(3);
    expect(found?.samples.join('')).not.toContain('娱乐');
  });

  it('are removed where they advertise as the general rules say', () => {
    const repaired = repairNotice(notice({ title: `${AD}主任` }), withSuspicious(rules, [AD]));
    expect(repaired).toMatchObject({ title: '主任', masked: 0 });
    expect(repaired.repairs.map(({ rule }) => rule)).toEqual(['advertising']);
  });

  it('are masked once known, also with blanks in between', () => {
    const known = withSuspicious(
      alone,
      findSuspicious(polluted, rules).map(({ phrase }) => phrase),
    );
    const repaired = repairNotice(notice({ title: `${AD}主任`, body: '经亚博 娱乐??官网下载同意' }), known);
    expect(repaired).toMatchObject({ title: `${MASK}主任`, body: `经${MASK}同意`, masked: 2 });
    expect(repaired.repairs.map(({ rule }) => rule)).toEqual(['suspicious-phrase', 'suspicious-phrase']);
  });

  it('are not those that a rule names', () => {
    expect(
      findSuspicious(
        polluted.map((text) => text.replace(AD, PHRASE)),
        rules,
      ),
    ).toEqual([]);
  });

  it.each([
    ['too rare', polluted.slice(0, 3)],
    ['always in the same place', Array<string>(9).fill(polluted[0] ?? '')],
    [
      'legitimate terms',
      [
        '请登录市体育局官网查询',
        '市体育局官网发布消息',
        '从市体育局官网下载表格',
        '由市体育局官网公布',
        '市体育局官网开通',
        '据市体育局官网介绍',
      ],
    ],
    [
      'standing where they fit',
      [
        '观看足球联赛直播。',
        '通过足球友谊赛直播，了解',
        '“足球友谊赛直播”活动',
        '足球友谊赛直播的安排',
        '在足球友谊赛直播中',
        '足球友谊赛直播和回放',
      ],
    ],
  ])('are not reported when %s', (_, texts) => {
    expect(findSuspicious(texts, rules)).toEqual([]);
  });

  it('are looked for in linear time', () => {
    const begin = performance.now();
    findSuspicious(['体育'.repeat(500_000), '体育直播'.repeat(250_000), '官网'.repeat(500_000)], rules);
    expect(performance.now() - begin).toBeLessThan(10_000);
  });
});
