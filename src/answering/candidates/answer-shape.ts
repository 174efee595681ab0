import type { IndexedNotice } from '../../index/indexed-notice.js';
import type { Query } from '../query/parse-query.js';
import type { WeightedQueryTerm } from '../retrieval/term-matcher.js';
import { TermMatcher } from '../retrieval/term-matcher.js';
import { occursIsolated } from '../../text/han.js';

/** Pattern of the words that answer a question, where the question implies one. */
export interface AnswerShape {
  /** Required: words without it do not answer. Otherwise it is only evidence for them. */
  readonly isRequired: boolean;
  /** Passages with it are preferred whatever else they hold. */
  readonly isPreferred: boolean;
  /** Returns whether folded words match. Linear in their length. */
  readonly matches: (words: string) => boolean;
}

const HOUR = /[0-9]{1,2}[:：][0-9]{2}|[0-9一二三四五六七八九十][点时]|全天|另行通知|闭馆|休馆|停诊|停业|不开放|关闭/;
const LASTS =
  /[0-9一二两三四五六七八九十半]个?(?:分钟|小时|天|日|周|月|年|学时|课时|工作日|秒|节|学期|学年)|长期|永久|全年/;
/** 质保几年 is not answered in days. */
const YEARS_ASKED = /几年|多少年/;
const LASTS_YEARS = /[0-9一二两三四五六七八九十半]个?(?:月|年|学年|学期)|长期|永久/;
const DAY_ASKED = /几号|哪天|哪一天|几月/;
const DAY =
  /[0-9一二三四五六七八九十][月日号]|(?:星期|周)[一二三四五六日天]|(?<![0-9./-])(?:[0-9]{4}[./-])?[0-9]{1,2}[./-][0-9]{1,2}(?![0-9./-])|即日|今[天日]|当[天日]|次日|月底|年底|月初|[上中下]旬/;
/** Any time, also less exact than a day: an hour, a term, 报到时, 结束后3个工作日内. */
const WHEN =
  /[0-9一二两三四五六七八九十半][年月周天日号点时分]|[0-9一二两三四五六七八九十]个?(?:工作日|小时|学期|学年)|(?:星期|周|礼拜)[一二三四五六日天末]|(?<![0-9./-])(?:[0-9]{4}[./-])?[0-9]{1,2}[./:-][0-9]{1,2}(?![0-9./-])|即日|[今明昨当次前本每][天日年月周]|月底|年底|[月年]初|[上中下]旬|[春夏秋冬寒暑]|日前|近日|近期|学期|学年|长期|节假日|(?:之|以|开始|结束|完成|到|公布|通过|批准)[前后]|期间|起(?:[，。；]|$)|另行通知/;
/** The end of a period: 至3月15日, 月底前, 延长2天. */
const END =
  /[至到—–~～-] ?[0-9一二三四五六七八九十当次本下月年明后]|前|止|[月年周]底|末|内|结束|为期|延|恢复|推迟|改[为到期至]|长期|全天/;
/** Asks for a day, not for the end of a period: 什么时候恢复, 推迟到几号. */
const RESUMES = /恢复|开始|开放|推迟|延期|顺延|提前|调整|改[到为期在]/;
const MONEY =
  /[0-9一二两三四五六七八九十百千半几][余多]?[ \u3000]?(?:[万亿]|元|块)|免费|免收|费用|收费|不收|无偿|自费|自理|￥|¥/;
/** A fine is no price. */
const FINED = /罚款?[^，。；\n]{0,12}元/g;
const isPrice = (words: string): boolean => MONEY.test(words.replace(FINED, ''));
/** A count: 3个, 8000户, 人数：3; neither 3月 nor 2024. */
const NUMBER =
  /(?<![0-9年月])[0-9][0-9,.]{0,15}(?![0-9年月日号时点:：.-])|[一二两三四五六七八九十百千万亿半几][个名人位家所项条门类种次场届期批份本套台件辆只张间户层座处支组队章节款册岁倍成元块万亿千百十]|百分之|唯一|不限|若干/;
const WEEKDAY = /(?:星期|周|礼拜)[一二三四五六日天末]|工作日|每天|每日|双休/;
const REASON = /因|由于|为了|为进一步|为贯彻|为加强|为做好|为提高|为推|为落实|为深入|为切实|根据|鉴于|按照|受/;
const OFFICE =
  /[\u3400-\u9fff](?:局|委|厅|办公室|教务处|[^学分]科|处室?|部门?|中心|学院|大学|学校|公司|集团|协会|学会|单位|机构|委员会|小组|医院|银行|法院)/;
/** A telephone number, mail address or web address: 8765 4321 转 2, 内线 6120. */
const REACHED = /[0-9](?:[ \u3000-]?[0-9]){3}|@|https?:|www\./;
const WEB = /https?:|www\.|[a-z]\.(?:cn|com|net|org)|网[站址页]|官网|门户|平台|公众号|小程序|app/;
const YEAR_ASKED = /哪一?年|几几年|什么年份/;
const YEAR = /[0-9]{4}年|[0-9]{2}年|[〇零一二三四五六七八九]{4}年/;
const PLACE =
  /地点|地址|[0-9一二三四五六七八九十](?:楼|层|号楼|室|厅|馆|号)|在.{2,30}(?:举行|举办|召开|进行|办理|设)|(?:中心|馆|厅|楼|校区|广场|窗口|平台|系统|网站|网|路|街|学院|大学|中学|小学|医院|公园|站|市|区|县|镇)/;
const LIST = /、|；|《[^》]+》|一是|（一）|[0-9][.．、]/;

/** Returns the shape of the answer to a question; null when it implies none. `peopleIn` finds names in a text. */
export function shapeOf(
  question: Query,
  notice: IndexedNotice,
  terms: readonly WeightedQueryTerm[],
  peopleIn: (text: string) => readonly string[],
): AnswerShape | null {
  return shapeOfAsk(question) ?? shapeOfWanted(question, notice, terms, peopleIn);
}

function shapeOfAsk({ ask, folded }: Query): AnswerShape | null {
  switch (ask.kind) {
    case 'period':
      if (ask.ofDay) return sure(HOUR);
      if (YEAR_ASKED.test(folded)) return sure(YEAR);
      if (ask.edge === 'end' && !RESUMES.test(folded)) return both(needed(WHEN), END);
      return DAY_ASKED.test(folded) ? sure(DAY) : needed(WHEN);
    case 'duration':
      return sure(YEARS_ASKED.test(folded) ? LASTS_YEARS : LASTS);
    case 'quantity':
      if (ask.units.includes('元')) return folded.includes('罚') ? sure(MONEY) : { ...sure(MONEY), matches: isPrice };
      return needed(NUMBER);
    case 'place':
      return likely(PLACE);
    case 'list':
      return likely(LIST);
    case 'contact':
      if (ask.channels.includes('address')) return likely(PLACE);
      if (ask.channels.includes('web')) return sure(WEB);
      // 联系人是谁: a person. 找谁: a number, or at least an office.
      if (ask.channels.length === 0 && folded.includes('联系人') && folded.includes('谁')) return null;
      return ask.channels.length > 0
        ? sure(REACHED)
        : { isRequired: true, isPreferred: true, matches: (words) => REACHED.test(words) || OFFICE.test(words) };
    case 'owner':
    case 'attachment':
    case 'document-number':
    case 'passage':
      return null;
  }
}

function shapeOfWanted(
  { wanted }: Query,
  notice: IndexedNotice,
  terms: readonly WeightedQueryTerm[],
  peopleIn: (text: string) => readonly string[],
): AnswerShape | null {
  switch (wanted?.kind) {
    case undefined:
    case 'yes-no':
      return null;
    case 'weekday':
      return sure(WEEKDAY);
    case 'reason':
      return { ...likely(REASON), isPreferred: true };
    case 'ordinal':
      return sure(new RegExp(`第(?:[0-9]{1,3}|[一二三四五六七八九十百]{1,4})${wanted.of}`));
    case 'person': {
      const { orOffice } = wanted;
      let names: readonly string[] | null = null;
      const named = (words: string): boolean => {
        names ??= [...notice.people, ...peopleIn(notice.sentences.join('\n'))];
        return names.some((name) => isNamedIn(words, name));
      };
      return {
        isRequired: true,
        isPreferred: true,
        matches: (words) => named(words) || (orOffice && OFFICE.test(words)),
      };
    }
    case 'which': {
      if (wanted.of.length === 1)
        return { isRequired: false, isPreferred: false, matches: (words) => words.includes(wanted.of) };
      const own = terms.filter(({ term }) => term === wanted.of);
      const matcher = new TermMatcher(own, ({ weight }) => weight);
      return own.length === 0
        ? null
        : { isRequired: false, isPreferred: false, matches: (words) => matcher.match(words).length > 0 };
    }
  }
}

/**
 * Returns whether words hold a name. One of two characters may be part of another word (屈光检查), so it must stand
 * apart or before a title.
 */
function isNamedIn(words: string, name: string): boolean {
  if (name.length > 2) return words.includes(name);
  return occursIsolated(words, name) || words.split(name).some((behind, i) => i > 0 && TITLED.test(behind));
}

const TITLED =
  /^(?:老师|教授|医生|大夫|主任|同志|先生|女士|经理|法官|律师|[校院局处科部市区县镇会园馆所站队组]长|书记|获|[任为和与等])/;

const sure = (pattern: RegExp): AnswerShape => ({
  isRequired: true,
  isPreferred: true,
  matches: (words) => pattern.test(words),
});
const needed = (pattern: RegExp): AnswerShape => ({ ...sure(pattern), isPreferred: false });
const both = (shape: AnswerShape, pattern: RegExp): AnswerShape => ({
  ...shape,
  matches: (words) => shape.matches(words) && pattern.test(words),
});
const likely = (pattern: RegExp): AnswerShape => ({
  isRequired: false,
  isPreferred: false,
  matches: (words) => pattern.test(words),
});

/** Returns whether folded words hold a number in one of the units, which come from our data and need no escaping. */
export function givesAmountIn(words: string, units: readonly string[]): boolean {
  return new RegExp(`[0-9一二两三四五六七八九十百千万亿半几][余多]?(?:${units.join('|')})|百分之`).test(words);
}
