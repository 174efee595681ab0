import type { ContactChannel } from '../../../domain/fact.js';
import type { LoadedIndex } from '../../../index/loaded-index.js';
import type { Query } from '../../query/parse-query.js';
import { TermMatcher } from '../../retrieval/term-matcher.js';
import type { RankedNotice, Ranking } from '../../retrieval/retrieve.js';
import type { StoredNotice } from '../../../store/notice-store.js';
import { amends, areEditions, type AmendmentWords } from '../editions.js';
import { pickAttachment } from './attachment.js';
import { pickContact } from './contact.js';
import { pickDocumentNumber } from './document-number.js';
import { pickDuration } from './duration.js';
import { pickList } from './list.js';
import { withoutWhich } from './term-overlap.js';
import { pickOwner } from './owner.js';
import { hasTimeOfDay, pickPeriod } from './period.js';
import { pickQuantity } from './quantity.js';
import { isWhollyInTitle, type SearchedNotice, type TypedAnswer } from './typed-answer.js';

export interface FactSearchDependencies {
  readonly loaded: LoadedIndex;
  readonly amendments: AmendmentWords;
  readonly read: (ids: readonly string[]) => Promise<readonly StoredNotice[]>;
}

/** An answer made of a fact, and the notice that states it. */
export interface Sourced {
  readonly source: SearchedNotice;
  readonly answer: TypedAnswer;
}

export type TypedFinding =
  | (Sourced & {
      readonly kind: 'found';
      /** Answers of other notices, where the question asks for all of them. */
      readonly also: readonly Sourced[];
    })
  /** The notices that fit state no fact of this kind: refused as `not-stated`. */
  | { readonly kind: 'absent' };

/** Upper bound, in log odds, on how far behind the best a notice may rank to be searched. */
const NEAR = 1.5;
const LOOKED_AT = 3;
/** Factor of a notice's score against the fit of its fact. */
const RANK_WEIGHT = 0.6;
/** Bonus for a fact of an amendment over the fact that it amends. */
const AMENDED = 0.5;
/** Least fit of a period; below it, passages decide. */
const LEAST_PERIOD_FIT = 0.25;

/**
 * Finds the typed fact that a question wants in the best notices. Null when it wants none or passages decide. With
 * `isSettled` (the notice is known, and the question has no subject of its own) the fact that fits best is taken,
 * however little.
 */
export async function typedAnswer(
  question: Query,
  ranking: Ranking,
  reading: FactSearchDependencies,
  isSettled = false,
): Promise<TypedFinding | null> {
  const { ask } = question;
  if (ask.kind === 'passage' || ask.kind === 'owner' || ask.kind === 'place') return null;
  const top = ranking.notices[0]?.score ?? 0;
  const [first] = ranking.notices;
  const fitting = ranking.notices
    .slice(0, LOOKED_AT)
    // The edition was chosen before, unless the question asks about each.
    .filter(
      ({ notice, score }) =>
        score >= top - NEAR && (question.asksSeveral || first === undefined || !areEditions(notice, first.notice)),
    );
  const isAmendment = ({ notice }: RankedNotice): boolean =>
    fitting.some((other) => amends(notice, other.notice, reading.amendments));
  const near = [...new Set([...fitting, ...ranking.notices.filter(isAmendment)])];
  let best: Sourced | null = null;
  let bestWorth = -Infinity;
  const all = await readSearchedNotices(near, question, ranking, reading, isSettled);
  const sources = question.asksSeveral ? all.map((source) => withoutNamesOf(source, all)) : all;
  for (const source of sources) {
    const answer = pick(source);
    if (answer === null || (saysLess(source, sources[0]) && !isAmendment(source.ranked))) continue;
    // A fact of an amendment is valid, however the first notice ranks.
    const standing = isAmendment(source.ranked) ? AMENDED : RANK_WEIGHT * (source.ranked.score - top);
    const worth = answer.fit + standing;
    if (worth > bestWorth) {
      best = { source, answer };
      bestWorth = worth;
    }
  }
  if (best !== null && (isStranger(best) || lacksTimeOfDay(best))) return null;
  if (best !== null && question.asksSeveral) {
    const own = best.source;
    const also = sources.flatMap((source) => {
      const answer = source === own ? null : pick(source);
      return answer === null ? [] : [{ source, answer }];
    });
    return { kind: 'found', ...best, also };
  }
  if (
    best !== null &&
    (ask.kind !== 'period' || isSettled || isWhollyInTitle(best.source) || best.answer.fit >= LEAST_PERIOD_FIT)
  ) {
    return { kind: 'found', ...best, also: [] };
  }
  // A number or an attachment is a fact or not there; a time may be stated without a date, a place without an address.
  const isFactOrNothing = ask.kind === 'attachment' || (ask.kind === 'contact' && ask.channels.some(isNumber));
  return isFactOrNothing ? { kind: 'absent' } : null;
}

function isNumber(channel: ContactChannel): boolean {
  return channel !== 'web' && channel !== 'none';
}

/** Drops the subject terms that name only the other notices asked about: 南岭和北岭停多久. */
function withoutNamesOf(source: SearchedNotice, all: readonly SearchedNotice[]): SearchedNotice {
  const others = new Set(all.flatMap(({ ranked }) => ranked.titleMatches));
  const subject = new Set([...source.subject].filter((t) => !others.has(t) || source.ranked.titleMatches.includes(t)));
  const totalWeight = [...subject].reduce((sum, t) => sum + (source.matcher.terms[t]?.weight ?? 0), 0);
  return { ...source, subject, totalWeight };
}

/** Returns whether a notice holds less of the subject than the best one, and so must not answer. */
function saysLess(source: SearchedNotice, first: SearchedNotice | undefined): boolean {
  return first !== undefined && saidShare(source) < saidShare(first) - SAID_LESS;
}

/** Returns the share of the subject's weight that the notice holds anywhere. */
function saidShare({ ranked, matcher, subject, totalWeight }: SearchedNotice): number {
  const said = new Set([...ranked.titleMatches, ...ranked.matches.flat()]);
  let weight = 0;
  for (const t of said) if (subject.has(t)) weight += matcher.terms[t]?.weight ?? 0;
  return totalWeight === 0 ? 1 : weight / totalWeight;
}

const SAID_LESS = 0.05;

/** Returns whether someone is asked for by what they do (由谁负责审查) and the contact fits too little. */
function isStranger({ source, answer }: Sourced): boolean {
  const { ask } = source.question;
  return (
    ask.kind === 'contact' &&
    ask.channels.length === 0 &&
    answer.fit < ANYONE_FIT &&
    !ANYONE.test(source.question.folded) &&
    !source.isNoticeFixed &&
    !isWhollyInTitle(source)
  );
}

/** Asks for any contact of the notice: 找谁, 怎么联系. */
const ANYONE = /找谁|找哪|联系谁|谁联系|联系人|联系方式|[么何]联系|问谁|咨询谁/;

/** Returns whether 几点 is asked and the fact gives only a day: the hours may stand apart from any date. */
function lacksTimeOfDay({ source, answer }: Sourced): boolean {
  const { ask } = source.question;
  const { fact } = answer;
  return ask.kind === 'period' && ask.ofDay && fact?.kind === 'period' && !hasTimeOfDay(fact);
}

const ANYONE_FIT = 0.35;

function pick(source: SearchedNotice): TypedAnswer | null {
  const { ask } = source.question;
  switch (ask.kind) {
    case 'period':
      return pickPeriod(source, ask);
    case 'contact':
      return pickContact(source, ask);
    case 'attachment':
      return pickAttachment(source, ask);
    case 'duration':
      return pickDuration(source, ask);
    case 'quantity':
      return pickQuantity(source, ask);
    case 'list':
      return pickList(source, ask);
    case 'document-number':
      return pickDocumentNumber(source);
    case 'place':
    case 'owner':
    case 'passage':
      return null;
  }
}

/** Finds every notice that gives the number, newest first, as one finding. Null when none does. */
export async function ownersOf(
  digits: string,
  question: Query,
  ranking: Ranking,
  reading: FactSearchDependencies,
): Promise<Extract<TypedFinding, { kind: 'found' }> | null> {
  const giving = (await readSearchedNotices(ranking.notices, question, ranking, reading)).flatMap((source) => {
    const answer = pickOwner(source, digits);
    return answer === null ? [] : [{ source, answer }];
  });
  const dateOf = ({ source }: Sourced): string => source.stored.notice.publishedOn ?? '';
  giving.sort((a, b) => dateOf(b).localeCompare(dateOf(a)));
  const [newest, ...others] = giving;
  return newest === undefined ? null : { kind: 'found', ...newest, also: others };
}

/** Reads the given notices and adds what searching them for a fact needs. */
export async function readSearchedNotices(
  of: readonly RankedNotice[],
  question: Query,
  { terms }: Ranking,
  { read, amendments }: FactSearchDependencies,
  isSettled = false,
): Promise<SearchedNotice[]> {
  // Words for the kind of fact do not say where it stands: only the subject's terms count.
  const own = withoutWhich(question.folded);
  const isWhich = (term: string): boolean => question.folded.includes(term) && !own.includes(term);
  const subject = new Set(
    [...terms.keys()].filter((t) => {
      const term = terms[t]?.term ?? '';
      return question.subject.has(term) && !isWhich(term);
    }),
  );
  const asking = [own, ...[...subject].map((t) => terms[t]?.term ?? '')].join(' ');
  const totalWeight = terms.reduce((sum, { weight }, t) => (subject.has(t) ? sum + weight : sum), 0);
  const matcher = new TermMatcher(terms, ({ weight }) => weight);
  const stored = new Map((await read(of.map(({ notice }) => notice.id))).map((record) => [record.notice.id, record]));
  return of.flatMap((ranked) => {
    const record = stored.get(ranked.notice.id);
    return record === undefined
      ? []
      : [
          {
            stored: record,
            ranked,
            question,
            asking,
            matcher,
            subject,
            totalWeight,
            isNoticeFixed: isSettled,
            amendments,
          },
        ];
  });
}
