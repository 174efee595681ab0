import type { RequestRules } from './requested-fact.js';

/** What the words of an answer must or may hold, besides the typed fact that the question wants. */
export type AnswerConstraint =
  /** 谁, 哪位老师: a person's name or, with `orOffice`, an office; `post` is the post held or the prize won. */
  | { readonly kind: 'person'; readonly orOffice: boolean; readonly post: string | null }
  /** 第几次会议: 第六次. */
  | { readonly kind: 'ordinal'; readonly of: string }
  /** 星期几. */
  | { readonly kind: 'weekday' }
  | { readonly kind: 'reason' }
  /** 哪个赛道, 哪些部门: `of` is the class, in the question's words. */
  | { readonly kind: 'which'; readonly of: string }
  /** 能带手机吗: yes or no. */
  | { readonly kind: 'yes-no' };

const ORDINAL = /第几(?:个)?([\u3400-\u9fff])/;
const WHICH =
  /哪(?:[一几]|[0-9]{1,2}|[一二两三四五六七八九十]{1,3})?[些个家所类种款条位项门支座次场届批]?的?(?![天日月年周里儿])([\u3400-\u9fff](?!的)[\u3400-\u9fff]|[\u3400-\u9fff](?=的|[^\u3400-\u9fff]|$))/;
const YES_NO =
  /(?:吗|嘛|(?<![什怎])么|不|没|没有|否)[?？!！。~\s]*$|能不能|可不可以|是不是|有没有|要不要|用不用|是否|能否|可否|行不行|会不会|算不算|需不需要/;
/** 修改为什么形式 asks for no reason. */
const INTO_WHAT = /[改换变更作定称设成视评选列]为(?:什么|啥)/;
/** 谁能参加 asks for a condition, not for a name. */
const WHO_MAY = /谁(?:都)?(?:能|可以|可|有资格|要|需要|必须|不能|应该)/;

/** 院长是谁, 冠军叫什么名字: a person, never an office. */
const AFTER_TITLE = ['是谁', '都是谁', '叫什么', '叫啥', '姓什么', '姓啥', '是哪个', '是哪位'];

/** Reads what the words of an answer must hold; null where the folded question does not say. Linear in its length. */
export function parseAnswerConstraint(folded: string, { wanted }: RequestRules): AnswerConstraint | null {
  const has = (cues: readonly string[]): boolean => cues.some((cue) => folded.includes(cue));
  const ordinal = ORDINAL.exec(folded)?.[1];
  if (ordinal !== undefined) return { kind: 'ordinal', of: ordinal };
  if (has(wanted.weekday)) return { kind: 'weekday' };
  if (has(wanted.reason) && !INTO_WHAT.test(folded)) return { kind: 'reason' };
  const isTitled = wanted.titles.some((title) => AFTER_TITLE.some((words) => folded.includes(title + words)));
  const post = wanted.posts.find((post) => folded.includes(post)) ?? null;
  if (isTitled || has(wanted.person)) return { kind: 'person', orOffice: false, post };
  if (has(wanted.who) && !WHO_MAY.test(folded)) return { kind: 'person', orOffice: true, post };
  const which = WHICH.exec(folded)?.[1];
  if (which !== undefined) return { kind: 'which', of: which };
  return YES_NO.test(folded) ? { kind: 'yes-no' } : null;
}
