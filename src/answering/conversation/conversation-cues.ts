import { z } from 'zod';
import { longestFirst } from '../../text/word-list.js';

const words = z.array(z.string().min(1)).min(1);

/** Schema of `data/follow-ups.json`: the words by which a question relates to those before it. */
export const followUpSchema = z.object({
  about: z.string(),
  leaving: words,
  asides: words,
  returning: words,
  returningTails: words,
  previous: words,
  first: words,
  pronouns: words,
  changes: words,
  changed: words,
  openers: words,
  particles: words,
  aspects: words,
  ordinal: words,
  ordinalTails: words,
  last: words,
});
export type FollowUpRules = z.infer<typeof followUpSchema>;

/** What the first words of a question say about its topic, and the question without them (`rest`). */
export type TopicShift =
  /** It may continue the topic: no cue, or an aside such as 对了 (`isAnew`). */
  | { readonly kind: 'goes-on'; readonly rest: string; readonly isAnew: boolean }
  /** It drops the topic: 换个话题. */
  | { readonly kind: 'leaves'; readonly rest: string }
  /** It returns to an earlier topic: the one that its words name (刚才那个图书馆), the previous or the first one. */
  | { readonly kind: 'returns'; readonly rest: string; readonly to: 'named' | 'previous' | 'first' };

/** Upper bound on the cues before a question: bounds the work on hostile input. */
const MOST_CUES = 6;
const BETWEEN = /^[^\p{L}\p{N}]+/u;

/** Reads the opening of a folded question. `rest` is never empty: a question that is only a cue is kept whole. */
export function parseTopicShift(folded: string, rules: FollowUpRules): TopicShift {
  const { rest, taken } = withoutLead(folded, rules);
  const returned = returnsTo(rest, rules);
  if (returned !== null && returned.rest !== '') return returned;
  if (rest === '') return { kind: 'goes-on', rest: folded, isAnew: false };
  return taken.some((cue) => rules.leaving.includes(cue))
    ? { kind: 'leaves', rest }
    : { kind: 'goes-on', rest, isAnew: taken.length > 0 };
}

/** Removes leading cues from a question, and returns them too. */
function withoutLead(folded: string, { leaving, asides }: FollowUpRules): { rest: string; taken: string[] } {
  const cues = longestFirst([...leaving, ...asides]);
  const taken: string[] = [];
  let rest = folded.replace(BETWEEN, '');
  while (taken.length < MOST_CUES) {
    const cue = cues.find((words) => rest.startsWith(words));
    if (cue === undefined) break;
    taken.push(cue);
    rest = rest.slice(cue.length).replace(BETWEEN, '');
  }
  return { rest, taken };
}

function returnsTo(lead: string, rules: FollowUpRules): TopicShift | null {
  const opener = longestFirst(rules.openers).find((words) => lead.startsWith(words)) ?? '';
  const text = lead.slice(opener.length).replace(BETWEEN, '');
  for (const to of ['previous', 'first'] as const) {
    const cue = rules[to].find((words) => text.startsWith(words));
    if (cue !== undefined) return { kind: 'returns', to, rest: text.slice(cue.length).replace(/^(?:里面?|的)+/, '') };
  }
  const cue = longestFirst(rules.returning).find((words) => text.startsWith(words));
  return cue === undefined ? null : { kind: 'returns', to: 'named', rest: withoutTails(text.slice(cue.length), rules) };
}

/** Removes words between the cue and the name of the topic: 说的那个. */
function withoutTails(text: string, { returningTails }: FollowUpRules): string {
  const tails = longestFirst(returningTails);
  let rest = text.replace(BETWEEN, '');
  for (let i = 0; i < MOST_CUES; i++) {
    const tail = tails.find((words) => rest.startsWith(words));
    if (tail === undefined) break;
    rest = rest.slice(tail.length).replace(BETWEEN, '');
  }
  return rest;
}

/** Relation of a question to the previous one of the same chat. */
export type FollowUp =
  /**
   * The n-th entry of the last list, from 1, or -1 for the last: 第二个呢. `rest` is what is asked of it
   * (第二个的电话), '' for the entry itself.
   */
  | { readonly kind: 'ordinal'; readonly n: number; readonly rest: string }
  /** Another aspect of the same notice: 那电话呢. */
  | { readonly kind: 'aspect' }
  /** The previous question with its subject replaced: 那去年的呢. */
  | { readonly kind: 'swap'; readonly subject: string }
  /** Names a subject of its own, which may or may not lie in the same notice. */
  | { readonly kind: 'own' };

/** A batch or session, not the first entry of a list: 第一批的呢. */
const EDITION = /第(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})(?:批次?|届|期|轮|季)/;
/** A year: 那去年的呢, 2023年呢. */
const YEAR = /[0-9]{4}|[今去前明]年|上年/;
/** Upper bound, in UTF-16 units, on a follow-up; longer questions name their own subject. */
const LONGEST_FOLLOW_UP = 24;
/** Upper bound, in UTF-16 units, on a subject that replaces another. */
const LONGEST_SUBJECT = 12;

/** Classifies a folded question. `factKindWords` are its words that name the kind of fact. Linear in its length. */
export function readFollowUp(folded: string, rules: FollowUpRules, factKindWords: readonly string[]): FollowUp {
  const bare = folded.replace(/[^\p{L}\p{N}]+/gu, '');
  const edition = EDITION.exec(bare)?.[0];
  if (edition !== undefined && without(bare.replace(edition, ''), rules.particles) === '') {
    return { kind: 'swap', subject: edition };
  }
  const ordinal = ordinalIn(bare, rules);
  if (ordinal !== null) return ordinal;
  if (bare.length > LONGEST_FOLLOW_UP) return { kind: 'own' };
  const year = YEAR.exec(bare)?.[0];
  if (year !== undefined && without(bare.replace(year, ''), [...rules.particles, '年']) === '') {
    return { kind: 'swap', subject: year };
  }
  const subject = without(without(bare, [...factKindWords, ...rules.aspects]), rules.particles);
  if (subject === '') return { kind: 'aspect' };
  const opened = rules.openers.some((opener) => bare.startsWith(opener)) || bare.endsWith('呢');
  const names = without(bare, rules.particles);
  if (opened && names.length <= LONGEST_SUBJECT && names === subject) return { kind: 'swap', subject };
  return { kind: 'own' };
}

function ordinalIn(bare: string, rules: FollowUpRules): FollowUp | null {
  const { ordinal, ordinalTails, last, particles } = rules;
  const word = [...ordinal, ...last].find((words) => bare.includes(words));
  if (word === undefined) return null;
  const n = last.includes(word) ? -1 : ordinal.indexOf(word) + 1;
  const [before = '', behind = ''] = bare.split(word, 2);
  const tail = longestFirst(ordinalTails).find((words) => behind.startsWith(words)) ?? '';
  const asked = behind.slice(tail.length);
  const rest = without(without(before + asked, ['是什么', '具体']), particles);
  if (rest === '' || rest === '什么') return { kind: 'ordinal', n, rest: '' };
  // 第二个的电话 is about the second of a list, 第二个月 is not, nor is 第二天.
  const isOfList = tail !== '' && without(before, particles) === '' && !COUNTED.test(asked);
  return isOfList && rest.length <= LONGEST_SUBJECT ? { kind: 'ordinal', n, rest } : null;
}

const COUNTED = /^(?:月|星期|礼拜|小时|学期|季度|阶段|工作日)/;

/** Returns whether a replacing subject is a year or a batch: 去年, 第二批. */
export function isEditionName(subject: string): boolean {
  return EDITION.test(subject) || YEAR.test(subject);
}

/** Removes words from a text, the longest first. */
function without(text: string, removed: readonly string[]): string {
  return longestFirst(removed).reduce((rest, word) => rest.replaceAll(word, ''), text);
}
