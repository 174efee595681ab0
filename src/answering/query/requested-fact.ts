import { z } from 'zod';
import { CONTACT_CHANNELS, CUED_PERIOD_TYPES, type ContactChannel, type PeriodType } from '../../domain/fact.js';
import { parseNumeral } from '../../text/numerals.js';
import { MultiWordMatcher } from '../../text/word-list.js';

const words = z.array(z.string().min(1)).min(1);

export const asksSchema = z.object({
  about: z.string(),
  period: z.object({
    cues: words,
    end: words,
    start: words,
    ofDay: words,
    types: z.array(z.object({ type: z.enum(CUED_PERIOD_TYPES), cues: words })),
  }),
  contact: z.object({
    channels: z.array(z.object({ channel: z.enum(CONTACT_CHANNELS), cues: words })),
    /** Asks for a number of an unnamed channel: a telephone number, unless another channel is named. */
    number: words,
    anyone: words,
    owner: words,
  }),
  duration: z.object({ cues: words, units: words }),
  /** How much or how many: the first entry whose cues or measure words occur; empty units mean any. */
  quantity: z.array(
    z.object({
      cues: z.array(z.string().min(1)),
      measures: z.array(z.string().min(1)),
      units: z.array(z.string().min(1)),
    }),
  ),
  attachment: z.object({ cues: words }),
  documentNumber: z.object({ cues: words }),
  place: z.object({ cues: words }),
  /** Asks the same of several notices. */
  each: words,
  /** Cues of what the words of an answer must hold, see `wanted.ts`. */
  wanted: z.object({ weekday: words, reason: words, person: words, titles: words, posts: words, who: words }),
  /** Names of table columns, or parts of them, by what they answer. */
  columns: z.object({
    period: words,
    hour: words,
    duration: words,
    place: words,
    person: words,
    contact: words,
    money: words,
    people: words,
    count: words,
  }),
  /** Words that any notice has. */
  generic: words,
  /** Holidays by their names: a notice on the hours of one says nothing of another. */
  occasions: z.array(words).min(1),
  /** Typing errors in cue words, each with the word meant. */
  slips: z.array(z.tuple([z.string().min(2), z.string().min(2)])).min(1),
});
export type RequestRules = z.infer<typeof asksSchema>;

/** The typed fact that a question wants; `passage` when it wants none of them. */
export type RequestedFact =
  | {
      readonly kind: 'period';
      /** By the question's own words, most telling first; empty when it names none. */
      readonly types: readonly PeriodType[];
      /** The words by which it names them. */
      readonly cues: readonly string[];
      readonly edge: 'start' | 'end' | 'both';
      /** 几点: a time of day, not only a day. */
      readonly ofDay: boolean;
    }
  /** Empty channels: anyone, by any channel. */
  | { readonly kind: 'contact'; readonly channels: readonly ContactChannel[] }
  /** Asks whose number this is; digits only. */
  | { readonly kind: 'owner'; readonly digits: string }
  | { readonly kind: 'attachment'; readonly number: number | null }
  /** How long something takes or lasts; the units that say so. */
  | { readonly kind: 'duration'; readonly units: readonly string[] }
  /** How much or how many, in one of these units (`元` also stands for 元/天); none: in whatever unit. */
  | { readonly kind: 'quantity'; readonly units: readonly string[] }
  /** The entries of a list; how many the question says there are, or null. */
  | { readonly kind: 'list'; readonly count: number | null }
  | { readonly kind: 'document-number' }
  | { readonly kind: 'place' }
  | { readonly kind: 'passage' };

/** Digits of a number long enough to be a telephone's; shorter ones need a word that says so. */
const LONG_NUMBER = /(?<![0-9])(?:0[0-9]{2,3}[-—－ ]?)?[0-9]{7,11}(?![0-9])/;
const SHORT_CODE = /(?<![0-9])(?:1[0-9]{2,4}|9[0-9]{4,5})(?![0-9年月日号])/;
const ATTACHMENT_NUMBER = /(?:附件|付件|附表)(?:第)?([0-9]{1,2}|[一二三四五六七八九十]{1,3})/;
const NTH_ATTACHMENT = /第([0-9]{1,2}|[一二三四五六七八九十]{1,3})[个份]附件/;
/** 哪8个区, 哪些课程, 哪几所. The number is of one or two digits. */
const LIST = /哪([0-9]{1,2}|[一二两三四五六七八九十]{1,3})[\p{Script=Han}]|哪些|哪几/u;

/** Asks for the day of publication, which is shown with the title of any answer: 这通知几号发的. */
const OF_PUBLICATION =
  /(?:几号|哪一?天|什么时候|啥时候|何时)(?:发布?的(?![\u3400-\u9fff])|出的(?:通知|公告|消息)|发布的(?:通知|公告|消息))|(?:通知|公告|消息|新闻)的?发布(?:时间|日期)/;

/** Telephoning as a means, where no number is asked for: 打电话摸排的机器人. */
const BY_PHONE = /(?:打|用|接|通过|拨打?)(?:个|了)?电话[\u3400-\u9fff]/;
const WHICH_PHONE = /电话(?:是|多少|号|几|呢)|(?:哪|什么|啥)个?电话|(?:咨询|问|联系|举报|投诉|报修)[^电]{0,4}打?电话/;

/** 哪几天 asks when, 几天 how long. */
const WHICH_DAYS = /哪(?:几|两|三)(?:天|日|周|个?月|年)/;
/** 在哪几天 asks for no place. */
const ON_WHICH_DAY = /[在到去]哪(?:[一几两三]|个)?(?:天|日|周|月|年|星期|学期)/;

/** Reads what kind of fact a folded question wants. Linear in its length. */
export function parseRequestedFact(folded: string, rules: RequestRules): RequestedFact {
  if (OF_PUBLICATION.test(folded)) return { kind: 'passage' };
  const said = new Set(cuesIn(folded, rules).map(({ cue }) => cue));
  const has = (cues: readonly string[]): boolean => cues.some((cue) => said.has(cue));
  const { period, contact, attachment, duration } = rules;
  const isByPhone = BY_PHONE.test(folded) && !WHICH_PHONE.test(folded);
  const channels = contact.channels
    .filter(({ channel, cues }) => has(cues) && !(channel === 'phone' && isByPhone))
    .map(({ channel }) => channel);
  const found = channels.length === 0 && has(contact.number) ? (['phone'] as const) : channels;

  const number =
    LONG_NUMBER.exec(folded.replace(/(?<=[0-9]) (?=[0-9])/g, ''))?.[0] ??
    (has(contact.owner) ? SHORT_CODE.exec(folded)?.[0] : undefined);
  if (number !== undefined) return { kind: 'owner', digits: number.replace(/[^0-9]/g, '') };
  if (has(rules.documentNumber.cues)) return { kind: 'document-number' };
  if (has(attachment.cues)) return { kind: 'attachment', number: attachmentNumber(folded) };
  if (found.length > 0 || has(contact.anyone)) return { kind: 'contact', channels: found };
  if (has(rules.place.cues) && !ON_WHICH_DAY.test(folded)) return { kind: 'place' };
  if (has(duration.cues) && !WHICH_DAYS.test(folded)) return { kind: 'duration', units: duration.units };
  if (has(period.cues)) {
    const named = period.types.filter(({ cues }) => has(cues));
    return {
      kind: 'period',
      types: [...new Set(named.map(({ type }) => type))],
      cues: named.flatMap(({ cues }) => cues.filter((cue) => hasCue(folded, cue))),
      ofDay: has(period.ofDay),
      edge: has(period.end) ? 'end' : has(period.start) ? 'start' : 'both',
    };
  }
  const counted = quantityIn(folded, rules, said);
  if (counted !== null) return { kind: 'quantity', units: counted };
  const listed = LIST.exec(folded);
  if (listed !== null) return { kind: 'list', count: listed[1] === undefined ? null : parseNumeral(listed[1]) };
  return { kind: 'passage' };
}

/** A cue that ends in `$` counts only at the end of the question: 张老师手机, not 手机带进去. */
function hasCue(folded: string, cue: string): boolean {
  if (!cue.endsWith('$')) return folded.includes(cue);
  return folded.replace(/[^\p{L}\p{N}]+$/u, '').endsWith(cue.slice(0, -1));
}

/** Returns the units of what is counted or measured: 几所, 多少名, 多少钱. Null when nothing is. */
function quantityIn(folded: string, { quantity }: RequestRules, said: ReadonlySet<string>): readonly string[] | null {
  const isCounted = (words: string): boolean => said.has(words) && asksHowMany(folded, words);
  const found = quantity.find(
    ({ cues, measures }) =>
      cues.some((cue) => folded.includes(cue)) ||
      measures.some((measure) => isCounted(`几${measure}`) || isCounted(`多少${measure}`)),
  );
  return found?.units ?? null;
}

/** Returns whether the words ask how many: 几个, but not 哪几个 (which) or 第几个. */
function asksHowMany(folded: string, words: string): boolean {
  for (let at = folded.indexOf(words); at !== -1; at = folded.indexOf(words, at + 1)) {
    if (at === 0 || !'哪第前后'.includes(folded.charAt(at - 1))) return true;
  }
  return false;
}

function attachmentNumber(folded: string): number | null {
  const printed = (NTH_ATTACHMENT.exec(folded) ?? ATTACHMENT_NUMBER.exec(folded))?.[1];
  return printed === undefined ? null : parseNumeral(printed);
}

/** Returns the words of a folded question that name the kind of fact it wants, not where to find it. */
export function factKindWords(folded: string, rules: RequestRules): string[] {
  return cuesIn(folded, rules)
    .filter(({ isAsked }) => isAsked)
    .map(({ cue }) => cue.replace('$', ''));
}

interface RequestCue {
  readonly cue: string;
  /** True when it names the kind of fact; other cues distinguish facts of one kind. */
  readonly isAsked: boolean;
}

interface Cues {
  readonly all: readonly RequestCue[];
  /** Finds the cues without their `$`. */
  readonly finder: MultiWordMatcher;
}

const cuesOf = new WeakMap<RequestRules, Cues>();

/** Returns all cues of a folded question, in the order of the rules; one that is listed twice, twice. */
function cuesIn(folded: string, rules: RequestRules): RequestCue[] {
  let cues = cuesOf.get(rules);
  if (cues === undefined) {
    const all = allCues(rules);
    cues = { all, finder: new MultiWordMatcher(all.map(({ cue }) => (cue.endsWith('$') ? cue.slice(0, -1) : cue))) };
    cuesOf.set(rules, cues);
  }
  const { all, finder } = cues;
  return finder.find(folded).flatMap((n) => {
    const cue = all[n];
    return cue !== undefined && hasCue(folded, cue.cue) ? [cue] : [];
  });
}

function allCues(rules: RequestRules): RequestCue[] {
  const { period, contact, attachment, duration } = rules;
  const asked = [
    ...period.cues,
    ...period.end,
    ...period.start,
    ...contact.channels.flatMap(({ cues }) => cues),
    ...contact.number,
    ...contact.anyone,
    ...contact.owner,
    ...attachment.cues,
    ...duration.cues,
    ...rules.quantity.flatMap(({ cues, measures }) => [
      ...cues,
      ...measures.flatMap((measure) => [`几${measure}`, `多少${measure}`]),
    ]),
    ...rules.documentNumber.cues,
    ...rules.place.cues,
    ...rules.generic,
  ];
  const telling = [...period.ofDay, ...period.types.flatMap(({ cues }) => cues)];
  return [...asked.map((cue) => ({ cue, isAsked: true })), ...telling.map((cue) => ({ cue, isAsked: false }))];
}
