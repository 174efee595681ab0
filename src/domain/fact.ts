/** Half-open range of UTF-16 offsets into a notice's cleaned body. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

interface FactBase {
  /** The sentence that states it: what is shown as evidence. */
  readonly span: Span;
  /** The literal words of the fact itself, within `span`. */
  readonly at: Span;
}

/**
 * A point in time as precisely as the notice gives it: `2024`, `2024-03`,
 * `2024-03-11`, with `HH:MM` where a time of day is stated (`24:00` allowed).
 */
export interface Moment {
  readonly date: string;
  readonly time: string | null;
}

/** What a period or a date is for, where the words around it say so. */
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

/** Besides: the date under the text, those of documents that are cited, and what no words decide. */
export const PERIOD_TYPES = [...CUED_PERIOD_TYPES, 'signature', 'cited', 'other'] as const;
export type PeriodType = (typeof PERIOD_TYPES)[number];

export interface PeriodFact extends FactBase {
  readonly kind: 'period';
  readonly type: PeriodType;
  /** The literal words that say what the period is for (公示时间, 报名截止), or '' when none do. */
  readonly label: string;
  /** Null where the notice leaves that end open (3月1日前; 即日起). Both equal for a single day. */
  readonly start: Moment | null;
  readonly end: Moment | null;
  /** True when the notice states no year there and it was concluded. */
  readonly yearInferred: boolean;
  /** 5个工作日: as stated, and as the calendar has it for start to end (null when it cannot tell). */
  readonly workingDays: { readonly stated: number; readonly actual: number | null } | null;
}

/** `none`: a person or an office that is named without a number. */
export const CONTACT_CHANNELS = ['phone', 'fax', 'email', 'address', 'postcode', 'web', 'account', 'none'] as const;
export type ContactChannel = (typeof CONTACT_CHANNELS)[number];

export interface ContactFact extends FactBase {
  readonly kind: 'contact';
  readonly channel: ContactChannel;
  /** As the notice writes it; '' for channel `none` (a person or office without a number). */
  readonly value: string;
  /** For comparing: digits only for phones (area code kept if stated), lower case for e-mail and web. */
  readonly normalised: string;
  /** People whom the notice pairs with it. */
  readonly persons: readonly string[];
  /** The part it is responsible for (高职, 中职, 报名), or null. */
  readonly role: string | null;
  /** The office it belongs to (职业教育处, 监督举报), or null. */
  readonly office: string | null;
}

/** One entry of a list: a 《title》, a numbered point, a name between 、. */
export interface ItemFact extends FactBase {
  readonly kind: 'item';
  readonly form: 'title' | 'point' | 'name';
  readonly name: string;
  /** What the list is a list of, in the notice's words (课程, 高校, 区), or ''. */
  readonly listOf: string;
  /** All entries of one list share it. */
  readonly list: number;
  /** Its number as printed (（三） → 3, 项目09 → 9), or null. */
  readonly number: number | null;
  /** 等85门课程: how many the notice says there are, when it names fewer; else null. */
  readonly total: number | null;
}

export interface QuantityFact extends FactBase {
  readonly kind: 'quantity';
  /** Null when it is no plain number (一批). */
  readonly value: number | null;
  /** 门, 所, 元/天, %, 万个. */
  readonly unit: string;
  /** What it counts, in the notice's words, or ''. */
  readonly of: string;
}

export interface DocumentNumberFact extends FactBase {
  readonly kind: 'document-number';
  readonly value: string;
  /** The document that bears it, without 《》, or ''. */
  readonly title: string;
}

export interface AttachmentFact extends FactBase {
  readonly kind: 'attachment';
  readonly number: number | null;
  readonly name: string;
}

/** Something typed and located in a notice. */
export type Fact = PeriodFact | ContactFact | ItemFact | QuantityFact | DocumentNumberFact | AttachmentFact;
