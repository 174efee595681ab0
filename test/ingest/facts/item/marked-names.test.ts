import { describe, expect, it } from 'vitest';
import { itemsIn, listsIn } from './kit.js';

describe('titles', () => {
  it('tells documents that are cited from things that are called so', () => {
    const body =
      '根据《教师培训管理办法》（江教〔2023〕5号）和《关于做好遴选工作的通知》要求，确定《水墨入门》《陶艺》2门课程。';
    expect(listsIn(body)).toEqual([
      expect.objectContaining({ listOf: '文件', names: ['教师培训管理办法', '关于做好遴选工作的通知'] }),
      expect.objectContaining({ listOf: '课程', names: ['水墨入门', '陶艺'], total: null }),
    ]);
  });

  it('keeps a title whole that holds another one', () => {
    expect(itemsIn('转发《关于印发《考务手册》的通知》。').map(({ name }) => name)).toEqual([
      '关于印发《考务手册》的通知',
    ]);
  });

  it('names a document once that is called again and again', () => {
    expect(itemsIn('《条例》已通过。学习《条例》，宣传《条例》。')).toHaveLength(1);
  });
});

describe('quotations', () => {
  it('takes those beside one another as a list', () => {
    expect(listsIn('由“识家乡”“游家乡”“爱家乡”三大部分课程组成。')).toEqual([
      expect.objectContaining({ names: ['识家乡', '游家乡', '爱家乡'], listOf: '课程' }),
    ]);
  });

  it('takes those with the same words and other numbers behind each as a list', () => {
    expect(listsIn('录取“青苗”班学员20名、“骨干”班学员30名、“领航”班学员8名。')).toContainEqual(
      expect.objectContaining({ names: ['青苗', '骨干', '领航'] }),
    );
  });
});

describe('codes', () => {
  it('lists the codes behind a class of things, and names the thing before one', () => {
    const lists = listsIn('申报线上类项目（01、03、07）的单位填表。申报企业实践项目（09）的单位另行报送。');
    expect(lists).toContainEqual(
      expect.objectContaining({ listOf: '线上类项目', names: ['01', '03', '07'], numbers: [1, 3, 7] }),
    );
    expect(lists).toContainEqual(expect.objectContaining({ names: ['企业实践项目'], numbers: [9] }));
  });
});
