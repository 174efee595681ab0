import { z } from 'zod';

const words = z.array(z.string().min(1)).min(1);

export const followUpSchema = z.object({
  about: z.string(),
  openers: words,
  particles: words,
  aspects: words,
  ordinal: words,
  ordinalTails: words,
});
export type FollowUpRules = z.infer<typeof followUpSchema>;

/** How a question stands to the one before it in the same chat. */
export type FollowUp =
  /** 第二个呢: the n-th of what was listed, from 1. */
  | { readonly kind: 'ordinal'; readonly n: number }
  /** 那电话呢: another side of the same notice. */
  | { readonly kind: 'aspect' }
  /** 那去年的呢: the question of before about something else. */
  | { readonly kind: 'swap'; readonly subject: string }
  /** Names a subject of its own; whether that lies in the same notice is for the notices to say. */
  | { readonly kind: 'own' };

/** 第一批的呢, 上一届呢: of another edition, not the first of a list. */
const EDITION = /第(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})(?:批次?|届|期|轮|季)/;
/** 那去年的呢, 2023年呢: of another year. */
const YEAR = /[0-9]{4}|[今去前明]年|上年/;
/** Longer questions say what they are about. */
const LONGEST_FOLLOW_UP = 24;
/** The longest subject put in place of another. */
const LONGEST_SUBJECT = 12;

/** Reads a folded question as a follow-up; `asked` are its words that say what kind of fact it wants. Linear in its length. */
export function readFollowUp(folded: string, rules: FollowUpRules, asked: readonly string[]): FollowUp {
  const bare = folded.replace(/[^\p{L}\p{N}]+/gu, '');
  const edition = EDITION.exec(bare)?.[0];
  if (edition !== undefined && without(bare.replace(edition, ''), rules.particles) === '') {
    return { kind: 'swap', subject: edition };
  }
  const n = ordinalIn(bare, rules);
  if (n !== null) return { kind: 'ordinal', n };
  if (bare.length > LONGEST_FOLLOW_UP) return { kind: 'own' };
  const year = YEAR.exec(bare)?.[0];
  if (year !== undefined && without(bare.replace(year, ''), [...rules.particles, '年']) === '') {
    return { kind: 'swap', subject: year };
  }
  const subject = without(without(bare, [...asked, ...rules.aspects]), rules.particles);
  if (subject === '') return { kind: 'aspect' };
  const opened = rules.openers.some((opener) => bare.startsWith(opener)) || bare.endsWith('呢');
  const names = without(bare, rules.particles);
  if (opened && names.length <= LONGEST_SUBJECT && names === subject) return { kind: 'swap', subject };
  return { kind: 'own' };
}

function ordinalIn(bare: string, { ordinal, ordinalTails, particles }: FollowUpRules): number | null {
  const index = ordinal.findIndex((word) => bare.includes(word));
  if (index === -1) return null;
  let rest = bare.replace(ordinal[index] ?? '', '');
  for (const tail of ordinalTails) if (rest.includes(tail)) rest = rest.replace(tail, '');
  return without(without(rest, ['是什么', '什么', '具体']), particles) === '' ? index + 1 : null;
}

/** Longest first, so that 那么 is not left as 么. */
function without(text: string, removed: readonly string[]): string {
  return [...removed].sort((a, b) => b.length - a.length).reduce((rest, word) => rest.replaceAll(word, ''), text);
}
