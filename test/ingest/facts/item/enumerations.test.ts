import { describe, expect, it } from 'vitest';
import { itemsIn, listsIn } from './kit.js';
import { misplaced } from '../kit.js';

describe('names in an enumeration', () => {
  it.each([
    ['本次检查对东山区、西塘区、南浦区、北岭区等4个区开展。', ['东山区', '西塘区', '南浦区', '北岭区'], '区'],
    ['我省江州大学、海宁师范学院和云岭医科大学3所高校通过认证。', ['江州大学', '海宁师范学院', '云岭医科大学'], '高校'],
    ['报名时须携带身份证、学历证书、近期免冠照片等材料。', ['身份证', '学历证书', '近期免冠照片'], '材料'],
    ['比赛内容包括教学设计、课堂展示和现场答辩等3个环节。', ['教学设计', '课堂展示', '现场答辩'], '环节'],
    ['拟停电范围：朝阳新村、幸福里小区、滨江花园。', ['朝阳新村', '幸福里小区', '滨江花园'], '停电范围'],
    ['该院设有内科、外科、儿科、妇产科和急诊科。', ['内科', '外科', '儿科', '妇产科', '急诊科'], ''],
    [
      '主要研究方向包括智能感知与控制、信号检测和估计、材料与器件等。',
      ['智能感知与控制', '信号检测和估计', '材料与器件'],
      '主要研究方向',
    ],
    ['推动青山、绿水、和平、白云4个区申报示范。', ['青山', '绿水', '和平', '白云'], '区'],
    ['智造和海洋两个产业联盟率先挂牌。', ['智造', '海洋'], '产业联盟'],
    [
      '培训费用主要用于补助各项支出。包括讲课费、住宿费、伙食费、场地费等。',
      ['讲课费', '住宿费', '伙食费', '场地费'],
      '支出',
    ],
    ['深化“三改”（改教材、改教法、改评价）工作。', ['改教材', '改教法', '改评价'], '“三改”'],
    ['市财政局、市民政局、市总工会联合印发通知。', ['市财政局', '市民政局', '市总工会'], ''],
  ])('are found in %s', (body, names, listOf) => {
    const found = listsIn(body).find((list) => list.names.join() === names.join());
    expect(listsIn(body).map((list) => list.names)).toContainEqual(names);
    if (listOf !== '') expect(found?.listOf).toContain(listOf);
    expect(found?.total).toBeNull();
  });

  it('are no dates', () => {
    expect(listsIn('公示期分别在5月、7月，时间为8日、15日。')).toEqual([]);
  });

  it('says how many there are when the notice names fewer', () => {
    expect(listsIn('经专家评议，拟认定江州第一中学等15所学校为示范学校。')).toContainEqual(
      expect.objectContaining({ names: ['江州第一中学'], total: 15, listOf: '学校' }),
    );
    expect(listsIn('新增《城市园林设计》《古籍修复》等36门课程。')).toContainEqual(
      expect.objectContaining({ form: 'title', names: ['城市园林设计', '古籍修复'], total: 36, listOf: '课程' }),
    );
  });

  it('parts two enumerations that one clause holds', () => {
    const names = listsIn('通过报刊、电视、广播等传统媒体和微博、短视频等新媒体开展宣传。').map((list) => list.names);
    expect(names).toContainEqual(['报刊', '电视', '广播']);
    expect(names).toContainEqual(['微博', '短视频']);
  });

  it('keeps a name whole that has a conjunction in it', () => {
    expect(listsIn('（责任单位：市财政局、市经济和信息化局、市教育局）')[0]?.names).toEqual([
      '市财政局',
      '市经济和信息化局',
      '市教育局',
    ]);
  });

  it('takes institutions of which neighbouring clauses say the same as one list', () => {
    const body =
      '我市3所高校榜上有名。其中，江州大学入选“绿色发展”领域牵头高校；海宁医科大学入选“健康生活”领域成员高校，云岭理工大学入选“能源”领域成员高校。';
    expect(listsIn(body)).toContainEqual(
      expect.objectContaining({ listOf: '高校', names: ['江州大学', '海宁医科大学', '云岭理工大学'] }),
    );
  });

  it('finds no list in counts, telephone numbers and lone words', () => {
    for (const body of [
      '获一等奖2项、二等奖15项。',
      '咨询电话：60000001、60000002。',
      '加强领导、落实责任、严肃纪律。',
      '高等、中等学校',
    ]) {
      expect(itemsIn(body).filter(({ form }) => form === 'name')).toEqual([]);
    }
  });
});

it('places every entry where it stands', () => {
  const body =
    '按照《办法》，对甲县、乙县、丙县等3个县（市）检查。\n一、范围\n（一）学校（01）。各校。\n（二）医院（02）。各院。\n二、时间\n3月。';
  expect(misplaced(body, itemsIn(body))).toBeNull();
});
