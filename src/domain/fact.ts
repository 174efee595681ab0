/** Half-open range of UTF-16 offsets into a notice's cleaned body. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface FactBase {
  /** Span of the sentence that states the fact, shown as evidence. */
  readonly span: Span;
  /** Span of the literal words of the fact, within `span`. */
  readonly at: Span;
}

/**
 * A point in time with the precision that the notice states: `date` is `2024`, `2024-03` or `2024-03-11`, `time` is
 * `HH:MM` (`24:00` allowed) or null.
 */
export interface TimePoint {
  readonly date: string;
  readonly time: string | null;
}

/** Purposes of a period or date that cue words in its context determine. */
export const CUED_PERIOD_TYPES = [
  'publicity', // 公示
  'application', // 申报
  'registration', // 报名
  'submission', // 提交, 报送, 上传, 寄送
  'exam', // 考试, 笔试, 面试
  'activity', // 活动, 会议, 培训, 比赛, 举行, 召开
  'opening', // 系统开通, 开放, 启动
  'printing', // 打印准考证
  'query', // 查询, 公布成绩
  'evaluation', // 评估, 评审, 检查
  'payment', // 缴费
  'bidding', // 投标截止, 开标, 获取文件
  'outage', // 停水, 停电, 停气
  'effective', // 施行, 实施, 有效期
] as const;

/** All purposes: also the date under the text, dates of cited documents, and periods without a cue word. */
export const PERIOD_TYPES = [...CUED_PERIOD_TYPES, 'signature', 'cited', 'other'] as const;
export type PeriodType = (typeof PERIOD_TYPES)[number];

export interface PeriodFact extends FactBase {
  readonly kind: 'period';
  readonly type: PeriodType;
  /** Literal words of the notice that name the purpose (公示时间, 报名截止), or ''. */
  readonly label: string;
  /** Null for an end left open (no `start` in 3月1日前 and 即日起至3月15日). Both are equal for a single day. */
  readonly start: TimePoint | null;
  readonly end: TimePoint | null;
  /** True when the year is inferred because the notice states none there. */
  readonly yearInferred: boolean;
  /** Working days: as stated (5个工作日), and from `start` to `end` by the calendar (null when unknown). */
  readonly workingDays: { readonly stated: number; readonly actual: number | null } | null;
}

/** Channels of a contact. `none`: a person or office named without a number. */
export const CONTACT_CHANNELS = ['phone', 'fax', 'email', 'address', 'postcode', 'web', 'account', 'none'] as const;
export type ContactChannel = (typeof CONTACT_CHANNELS)[number];

export interface ContactFact extends FactBase {
  readonly kind: 'contact';
  readonly channel: ContactChannel;
  /** Literal value from the notice; '' for channel `none`. */
  readonly value: string;
  /** Form for comparison: digits only for phones (with the area code if stated), lower case for e-mail and web. */
  readonly normalised: string;
  /** Names of the people that the notice pairs with it. */
  readonly persons: readonly string[];
  /** Area of responsibility (高职, 中职, 报名), or null. */
  readonly role: string | null;
  /** Office that the contact belongs to (职业教育处, 监督举报), or null. */
  readonly office: string | null;
}

/** One entry of a list: a 《title》, a numbered point, or a name in a list separated by 、. */
export interface ItemFact extends FactBase {
  readonly kind: 'item';
  readonly form: 'title' | 'point' | 'name';
  readonly name: string;
  /** Noun that the list enumerates, in the notice's words (课程, 高校, 区), or ''. */
  readonly listOf: string;
  /** Number of the list within the notice, shared by all its entries. */
  readonly list: number;
  /** Number of the entry as printed (（三） → 3, 项目09 → 9), or null. */
  readonly number: number | null;
  /** Number of entries stated by the notice when it names fewer (等85门课程 → 85), else null. */
  readonly total: number | null;
}

export interface QuantityFact extends FactBase {
  readonly kind: 'quantity';
  /** Null for a quantity without a plain number (一批). */
  readonly value: number | null;
  /** Unit or measure word: 门, 所, 元/天, %, 万个. */
  readonly unit: string;
  /** Noun that is counted, in the notice's words, or ''. */
  readonly of: string;
}

export interface DocumentNumberFact extends FactBase {
  readonly kind: 'document-number';
  readonly value: string;
  /** Title of the document with this number, without 《》, or ''. */
  readonly title: string;
}

export interface AttachmentFact extends FactBase {
  readonly kind: 'attachment';
  readonly number: number | null;
  readonly name: string;
}

/** A typed value located in a notice. */
export type Fact = PeriodFact | ContactFact | ItemFact | QuantityFact | DocumentNumberFact | AttachmentFact;
