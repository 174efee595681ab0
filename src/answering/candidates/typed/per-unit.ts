/** Unit per which an amount is asked: a day, a person. */
export interface PerUnit {
  /** The question's words for it: 一天, 每人. */
  readonly words: string;
  /** How a notice says the same: 每天, 天均, /天, 一天. */
  readonly unit: RegExp;
}

const ASKED =
  /(?:每个?|一个?|单个?|[/])(人|天|日|月|年|次|周|学期|学年|小时|平方米|平米|户|队|间|剂|针|科|门|节|本|份|台|套|晚|场|张|位)(?!共|起|般|样|些|定|直)/g;
/** Units that are said in several ways. */
const SAME: Readonly<Record<string, string>> = { 日: '天', 平米: '平方米', 位: '人', 针: '剂' };
const WAYS: Readonly<Record<string, string>> = {
  天: '[天日]',
  平方米: '(?:平方米|平米|㎡)',
  人: '[人名位生]',
  剂: '[剂针]',
};

/** Finds the units per which a folded question asks for an amount (一个人一天多少钱 → 人, 天). */
export function perUnits(folded: string): PerUnit[] {
  return [...folded.matchAll(ASKED)].map(([words, said = '']) => {
    const unit = SAME[said] ?? said;
    const way = WAYS[unit] ?? unit;
    return { words, unit: new RegExp(`(?:每|一|[/／]|每一|每个)${way}|${way}均`) };
  });
}

const SPELT: Readonly<Record<string, string>> = {
  '㎡': '平方米',
  m2: '平方米',
  平米: '平方米',
  '℃': '度',
  km: '公里',
  元整: '元',
};

/** Normalises a unit to the spelling of questions: ㎡ is 平方米. */
export function normaliseUnit(unit: string): string {
  return SPELT[unit] ?? unit;
}

const DAYS = ['天', '日', '工作日', '个工作日', '日历天', '个自然日'];

/** Returns whether a folded question asks for exactly this unit: 多少分钟, 几个人. */
export function asksUnit(folded: string, unit: string): boolean {
  const names = DAYS.includes(unit) ? DAYS : [normaliseUnit(unit), normaliseUnit(unit).replace(/^个/, '')];
  return names.some((name) =>
    [`几${name}`, `几个${name}`, `多少${name}`, `多少个${name}`].some((asked) => folded.includes(asked)),
  );
}
