import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/domain/subscription.js';
import { UpcomingDeadlineCache } from '../../src/notify/near.js';
import { createMemoryStore } from '../../src/store/notices/memory-notice-store.js';
import { notice, period, rules, shanghai } from './cast.js';

const due = (title: string, end: string) => notice(title, [period('registration', null, end)]);
const MONDAY = shanghai('2024-03-11 09:00');

async function counting() {
  const store = createMemoryStore();
  await store.save([due('甲课程', '2024-03-12'), due('乙考试', '2024-03-20'), due('丙课程', '2024-03-13')]);
  const counted = { reads: 0, fail: false };
  const near = new UpcomingDeadlineCache(
    {
      revision: () => store.revision(),
      withPeriods: (...args) => {
        counted.reads += 1;
        return counted.fail ? Promise.reject(new Error('disk')) : store.withPeriods(...args);
      },
    },
    rules,
  );
  const titles = async (rest: Partial<typeof DEFAULT_SETTINGS>, from = MONDAY, days = 7): Promise<string[]> =>
    (await near.list({ ...DEFAULT_SETTINGS, ...rest }, from, days)).map(({ stored }) => stored.notice.title);
  return { store, counted, titles };
}

describe('the deadlines near, for many chats', () => {
  it('are filtered for each, and read once for all that ask', async () => {
    const { counted, titles } = await counting();
    const all = await Promise.all([
      titles({}),
      titles({ include: ['课程'] }),
      titles({ exclude: ['甲'] }),
      titles({}, MONDAY, 1),
    ]);
    expect(all).toEqual([['甲课程', '丙课程'], ['甲课程', '丙课程'], ['丙课程'], ['甲课程']]);
    expect(counted.reads).toBe(1);
    expect(await titles({}, MONDAY, 14)).toEqual(['甲课程', '丙课程', '乙考试']);
    expect(await titles({}, MONDAY, 7)).toEqual(['甲课程', '丙课程']);
    expect(counted.reads).toBe(2);
    expect(await titles({}, MONDAY, 0)).toEqual([]);
  });

  it('are read again when the notices change, and on another day', async () => {
    const { store, counted, titles } = await counting();
    await titles({});
    await store.save([due('丁', '2024-03-11')]);
    expect(await titles({})).toEqual(['丁', '甲课程', '丙课程']);
    expect(await titles({}, shanghai('2024-03-13 09:00'))).toEqual(['丙课程', '乙考试']);
    expect(counted.reads).toBe(3);
  });

  it('are read again after a reading that failed', async () => {
    const { counted, titles } = await counting();
    counted.fail = true;
    await expect(titles({})).rejects.toThrow('disk');
    counted.fail = false;
    expect(await titles({})).toHaveLength(2);
  });
});
