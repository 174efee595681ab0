import { UNIT_KINDS, VALUE_TYPES } from '../../domain/answer-unit.js';
import { containsText } from '../../index/indexed-notice.js';
import type { UnitCandidate, AlignedNotice } from '../candidates/unit-candidates.js';
import type { Query } from '../query/parse-query.js';
import { isOfOtherPlace, isOfOtherYear, satisfiesConstraints } from '../retrieval/constraints.js';
import { LongestCommonRun } from '../retrieval/longest-common-run.js';
import { RANKING_FEATURES } from '../retrieval/ranking-model.js';
import type { Ranking } from '../retrieval/retrieve.js';
import { coveredWeight } from '../retrieval/sentence-windows.js';
import type { AlignedQuestion, Alignment } from '../candidates/alignment.js';

/** A unit that only names what follows, asks, greets, or signs. */
const HEADS = /[:：]$/;
const ASKS = /[?？]$/;
const GREETS = /^(?:各(?:有关)?(?:单位|学校|学院|部门|县|区|市|位|高校)|尊敬的|亲爱的|全体|广大|致).{0,40}[:：]$/;
const SIGNS =
  /^(?=.)(?:[^,。:请到在于为将可往去]{2,20}(?:局|办公室|委员会|中心|学院|大学|公司|医院|部|会|处|政府|学校|馆|所|站|院|校))?\s{0,4}(?:[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)?$/;
const MARKED = /^(?:[一二三四五六七八九十]{1,3}[、.]|[(][一二三四五六七八九十0-9]{1,3}[)]|[0-9]{1,2}[.、])/;
const NEGATES = /不|无需|无须|禁止|严禁|除外|免/;
const AMENDS = /更正|补充|变更|调整|延期|延长|推迟|取消|停止|废止|撤销|修改|终止|暂停/;
const ASKS_WHETHER =
  /吗|么$|能不能|可不可以|是不是|是否|有没有|行不行|要不要|用不用|需不需要|会不会|算不算|还能|还要|还是/;

/** Names of the features, in the order of the vectors. */
const OWN_FEATURES = [
  'own',
  'ownLiteral',
  'ownAbove',
  'ownAboveTitle',
  'ownAboveTitleNear',
  'notice',
  'titleCover',
  'freshOwn',
  'freshOwnAbove',
  'freshNotice',
  'hasFresh',
  'missingMost',
  'missingNoun',
  'missingHere',
  'missingHereNoun',
  'missingCount',
  'pairsOwn',
  'pairsOwnTitle',
  'runOwn',
  'runTitle',
  'cueOwn',
  'cueAbove',
  'headOwn',
  'headHere',
  'headNowhere',
  'typed',
  'agrees',
  'disagrees',
  'columnAsked',
  'whether',
  'contrastsNamed',
  'contrastOwn',
  'contrastAbove',
  'contrastTitle',
  'contrastAbsent',
  'contrastNowhere',
  'contrastMet',
  'contrastMetHere',
  'numbers',
  'numberOwn',
  'numberHere',
  'numberNowhere',
  'satisfies',
  'otherYear',
  'yearHere',
  'relativeYear',
  'ordinalMissing',
  'otherPlace',
  'people',
  'personOwn',
  'personNowhere',
  'dayOwn',
  'behind',
  'rank',
  'newest',
  'amendsTitle',
  'amendedByLater',
  'words',
  'shortest',
  'length',
  'position',
  'heads',
  'asks',
  'greets',
  'signs',
  'marked',
  'negates',
  'valueCount',
  'near',
  'previous',
  'typesMet',
  'missingAbove',
  'missingAboveNouns',
  'unmatchedHere',
  'localOwn',
  'localOwnAbove',
  'charsOwn',
  'charsOwnAbove',
  'charsFresh',
  'charsNotice',
  'relative',
  'best',
  'relativeLocal',
  'relativeChars',
] as const;

/** Slots for the answer types of a question; a mask has no more. */
const MOST_TYPES = 31;

export const UNIT_FEATURES: readonly string[] = [
  ...OWN_FEATURES,
  ...RANKING_FEATURES.map((name) => `rank-${name}`),
  ...UNIT_KINDS.map((kind) => `kind-${kind}`),
  ...VALUE_TYPES.map((type) => `states-${type}`),
  ...Array.from({ length: MOST_TYPES }, (_, t) => `asks-${t}`),
  ...Array.from({ length: MOST_TYPES }, (_, t) => `meets-${t}`),
];

type OwnFeatures = Record<(typeof OWN_FEATURES)[number], number>;

/** Computes the feature vectors of the candidates of one question, each of the length of `UNIT_FEATURES`. */
export function unitFeatures(
  question: Query,
  aligned: AlignedQuestion,
  ranking: Ranking,
  candidates: readonly UnitCandidate[],
): Float32Array[] {
  const run = new LongestCommonRun(question.content.trim() === '' ? question.folded : question.content);
  const dates = ranking.notices.map(({ notice }) => notice.date ?? '').filter((date) => date !== '');
  const newest = dates.reduce((a, b) => (a > b ? a : b), '');
  const amending = ranking.notices.filter(({ notice }) => AMENDS.test(notice.foldedTitle)).map(({ notice }) => notice);
  const shared = { run, newest, amending, weights: ranking.terms.map(({ weight }) => weight) };
  const local = localRarity(aligned, question, candidates);
  const rows = candidates.map((candidate) => ownFeatures(question, aligned, ranking, candidate, { ...shared, local }));
  // Relative to the best candidate: what a candidate lacks counts less when every one lacks it.
  const most = Math.max(0, ...rows.map((row) => row.ownAboveTitle));
  const mostFresh = Math.max(0, ...rows.map((row) => row.freshOwnAbove));
  const mostLocal = Math.max(0, ...rows.map((row) => row.localOwnAbove));
  const mostChars = Math.max(0, ...rows.map((row) => row.charsOwnAbove));
  return candidates.map((candidate, i) => {
    const row = rows[i];
    const values = OWN_FEATURES.map((name) =>
      name === 'relative'
        ? most - (row?.ownAboveTitle ?? 0)
        : name === 'best'
          ? mostFresh - (row?.freshOwnAbove ?? 0)
          : name === 'relativeLocal'
            ? mostLocal - (row?.localOwnAbove ?? 0)
            : name === 'relativeChars'
              ? mostChars - (row?.charsOwnAbove ?? 0)
              : (row?.[name] ?? 0),
    );
    const { features } = candidate.notice.ranked;
    const { unit } = candidate;
    return Float32Array.from([
      ...values,
      ...RANKING_FEATURES.map((name) => features[name]),
      ...UNIT_KINDS.map((kind) => (unit.kind === kind ? 1 : 0)),
      ...VALUE_TYPES.map((_, bit) => (unit.values >> bit) & 1),
      ...Array.from({ length: MOST_TYPES }, (_, bit) => (aligned.requested.types >> bit) & 1),
      ...Array.from({ length: MOST_TYPES }, (_, bit) => meets(aligned, unit.values, bit)),
    ]);
  });
}

/** Returns 1 when the question asks for answer type `bit` and the values hold one of its kind, -1 when they hold none. */
function meets({ requested }: AlignedQuestion, values: number, bit: number): number {
  const wanted = requested.valuesOf.get(bit);
  return wanted === undefined ? 0 : (wanted & values) !== 0 ? 1 : -1;
}

interface Shared {
  readonly run: LongestCommonRun;
  readonly newest: string;
  readonly amending: readonly { readonly id: string; readonly date: string | null; readonly foldedTitle: string }[];
  readonly weights: readonly number[];
}

/** How rare each word and character of a question is among its candidates: what tells the lines of a notice apart. */
interface LocalRarity {
  /** Per content word; the sum is 1 unless every candidate holds all. */
  readonly words: readonly number[];
  readonly chars: ReadonlyMap<string, number>;
}

/** Characters that stand in any sentence, and so align nothing. */
const EMPTY_CHARACTERS = new Set(
  '的了在是我有和就不人都一个上也很到说要去你会着没看好自己这那吗呢吧啊哪什么怎为几多少谁年月日号点时请问给让把被对从向于以及与或之其',
);

function localRarity(aligned: AlignedQuestion, question: Query, candidates: readonly UnitCandidate[]): LocalRarity {
  const count = candidates.length;
  const weigh = (held: number): number => Math.log((count + 1) / (held + 0.5)) / Math.log(2 * count + 2);
  const raw = aligned.words.map(({ weight }, i) => {
    const held = candidates.filter(({ own }) => (own.levels[i] ?? 0) >= 0.5).length;
    return weight * Math.max(0, weigh(held));
  });
  const total = raw.reduce((sum, one) => sum + one, 0);
  const text = `${question.content} ${question.folded}`;
  const chars = new Map<string, number>();
  for (const c of new Set(text)) {
    if (!/\p{Script=Han}/u.test(c) || EMPTY_CHARACTERS.has(c)) continue;
    const held = candidates.filter(({ unit }) => unit.text.includes(c)).length;
    chars.set(c, Math.max(0, weigh(held)));
  }
  return {
    words: raw.map((one) => (total === 0 ? 0 : one / total)),
    chars,
  };
}

function ownFeatures(
  question: Query,
  aligned: AlignedQuestion,
  ranking: Ranking,
  { notice, unit, own, above }: UnitCandidate,
  { run, newest, amending, weights, local }: Shared & { readonly local: LocalRarity },
): OwnFeatures {
  const { words, requested } = aligned;
  const { ranked, title, whole } = notice;
  const here = aligned.join([own, above, title]);
  const before = neighbour(notice, unit.from - 1, aligned);
  const after = neighbour(notice, unit.to + 1, aligned);
  const nearby = aligned.join([here, before, after]);
  const sum = (levelOf: (i: number) => number, counts: (i: number) => boolean = () => true): number => {
    let total = 0;
    for (let i = 0; i < words.length; i++) if (counts(i)) total += (words[i]?.weight ?? 0) * levelOf(i);
    return total;
  };
  const sumLocal = (levelOf: (i: number) => number): number =>
    local.words.reduce((total, weight, i) => total + weight * levelOf(i), 0);
  const charShare = (text: string, except = ''): number => {
    let [held, all] = [0, 0];
    for (const [c, weight] of local.chars) {
      if (except.includes(c)) continue;
      all += weight;
      if (text.includes(c)) held += weight;
    }
    return all === 0 ? 0 : held / all;
  };
  const isFresh = (i: number): boolean => (title.levels[i] ?? 0) < 0.5;
  const fresh = sum(() => 1, isFresh);
  const freshShare = (one: Alignment): number => (fresh === 0 ? 1 : sum((i) => one.levels[i] ?? 0, isFresh) / fresh);
  const heaviest = Math.max(0, ...words.map(({ weight }) => weight));
  const missing = (one: Alignment, nounsOnly: boolean): number =>
    heaviest === 0
      ? 0
      : Math.max(
          0,
          ...words.map(({ weight, isNoun }, i) =>
            nounsOnly && !isNoun ? 0 : (weight * (1 - (one.levels[i] ?? 0))) / heaviest,
          ),
        );
  const matched = unit.kind === 'title' ? [] : ranked.matches.slice(unit.from, unit.to + 1);
  const pairs = (lists: readonly (readonly number[])[]): number =>
    ranking.totalWeight === 0 ? 0 : coveredWeight(lists, weights) / ranking.totalWeight;
  const head = question.head;
  const holdsHead = (text: string): boolean => head !== null && text.includes(head);
  const isHeadNowhere = head !== null && !containsText(ranked.notice, head);
  const conflicts = (text: Alignment, met: Alignment): number =>
    Math.min(2, bitCount(text.others & ~text.named & ~met.named));
  const { years, relativeYears, people, days, ordinals } = question;
  const titleYears: readonly string[] = ranked.notice.foldedTitle.match(/[0-9]{4}(?=年|学年|级|届|-)/g) ?? [];
  const length = unit.text.length;
  const later = amending.some(
    (other) =>
      other.id !== ranked.notice.id &&
      (other.date ?? '') >= (ranked.notice.date ?? '') &&
      run.lengthIn(other.foldedTitle) >= 4,
  );
  return {
    own: sum((i) => own.levels[i] ?? 0),
    ownLiteral: sum((i) => ((own.levels[i] ?? 0) >= 1 ? 1 : 0)),
    ownAbove: sum((i) => Math.max(own.levels[i] ?? 0, above.levels[i] ?? 0)),
    ownAboveTitle: sum((i) => here.levels[i] ?? 0),
    ownAboveTitleNear: sum((i) => nearby.levels[i] ?? 0),
    notice: sum((i) => whole.levels[i] ?? 0),
    titleCover: sum((i) => title.levels[i] ?? 0),
    freshOwn: freshShare(own),
    freshOwnAbove: freshShare(aligned.join([own, above])),
    freshNotice: freshShare(whole),
    hasFresh: fresh === 0 ? 0 : 1,
    missingMost: missing(whole, false),
    missingNoun: missing(whole, true),
    missingHere: missing(here, false),
    missingHereNoun: missing(here, true),
    missingCount: Math.min(4, words.filter((_, i) => (whole.levels[i] ?? 0) < 0.3).length) / 4,
    pairsOwn: pairs(matched),
    pairsOwnTitle: pairs([...matched, ranked.titleMatches]),
    runOwn: Math.min(8, run.lengthIn(unit.text, 300)) / 8,
    runTitle: Math.min(8, run.lengthIn(ranked.notice.foldedTitle)) / 8,
    cueOwn: own.cues === 0 ? 0 : 1,
    cueAbove: above.cues === 0 ? 0 : 1,
    headOwn: holdsHead(unit.text) ? 1 : 0,
    headHere: holdsHead(unit.text) || holdsHead(unit.context) || holdsHead(ranked.notice.foldedTitle) ? 1 : 0,
    headNowhere: isHeadNowhere ? 1 : 0,
    typed: requested.values === 0 ? 0 : 1,
    agrees: (requested.values & unit.values) !== 0 ? 1 : 0,
    disagrees: requested.values !== 0 && (requested.values & unit.values) === 0 ? 1 : 0,
    columnAsked: unit.kind === 'row' && requested.columns.some((word) => unit.context.includes(word)) ? 1 : 0,
    whether: ASKS_WHETHER.test(question.folded) ? 1 : 0,
    contrastsNamed: Math.min(3, aligned.contrasts.length) / 3,
    contrastOwn: conflicts(own, above),
    contrastAbove: conflicts(above, own),
    contrastTitle: conflicts(title, aligned.join([own, above])),
    contrastAbsent: Math.min(2, bitCount(whole.others & ~whole.named)),
    contrastNowhere: Math.min(2, aligned.contrasts.length - bitCount(whole.named)),
    contrastMet: Math.min(2, bitCount(own.named)),
    contrastMetHere: Math.min(2, bitCount(here.named)),
    numbers: Math.min(3, aligned.numbers.length) / 3,
    numberOwn: share(own.numbers, aligned.numbers.length),
    numberHere: share(here.numbers, aligned.numbers.length),
    numberNowhere: aligned.numbers.length === 0 ? 0 : 1 - share(whole.numbers, aligned.numbers.length),
    satisfies: satisfiesConstraints(ranked, question) ? 1 : 0,
    otherYear: isOfOtherYear(ranked.notice, years) ? 1 : 0,
    yearHere:
      years.length === 0
        ? 0
        : years.some((year) => unit.text.includes(year) || ranked.notice.foldedTitle.includes(year))
          ? 1
          : titleYears.length > 0
            ? -1
            : 0,
    relativeYear:
      relativeYears.length === 0
        ? 0
        : relativeYears.some((year) => titleYears.includes(year) || ranked.notice.date?.startsWith(year) === true)
          ? 1
          : -1,
    ordinalMissing: ordinals.some((word) => !containsText(ranked.notice, word)) ? 1 : 0,
    otherPlace: isOfOtherPlace(ranked.notice, question.places) ? 1 : 0,
    people: people.length > 0 || question.named.length > 0 ? 1 : 0,
    personOwn: [...people, ...question.named].some((name) => unit.text.includes(name)) ? 1 : 0,
    personNowhere: question.named.some((name) => !containsText(ranked.notice, name)) ? 1 : 0,
    dayOwn: days.some((day) => namesDay(unit.text, day)) ? 1 : 0,
    behind: Math.min(5, (ranking.notices[0]?.score ?? 0) - ranked.score) / 5,
    rank: notice.rank / 10,
    newest: newest !== '' && ranked.notice.date === newest ? 1 : 0,
    amendsTitle: AMENDS.test(ranked.notice.foldedTitle) ? 1 : 0,
    amendedByLater: later ? 1 : 0,
    words: Math.min(8, words.length) / 8,
    shortest: words.length <= 1 ? 1 : 0,
    length: Math.log1p(length) / 6,
    position: ranked.notice.sentences.length === 0 ? 0 : Math.max(0, unit.from) / ranked.notice.sentences.length,
    heads: HEADS.test(unit.text) || (length < 16 && unit.values === 0) ? 1 : 0,
    asks: ASKS.test(unit.text) ? 1 : 0,
    greets: GREETS.test(unit.text) ? 1 : 0,
    signs: length < 60 && SIGNS.test(unit.text) ? 1 : 0,
    marked: MARKED.test(unit.text) ? 1 : 0,
    negates: NEGATES.test(unit.text) ? 1 : 0,
    valueCount: Math.min(8, bitCount(unit.values)) / 8,
    near: sum((i) => after.levels[i] ?? 0),
    previous: sum((i) => before.levels[i] ?? 0),
    typesMet:
      requested.valuesOf.size === 0
        ? 0.5
        : [...requested.valuesOf.values()].filter((wanted) => (wanted & unit.values) !== 0).length /
          requested.valuesOf.size,
    missingAbove: missing(aligned.join([own, above]), false),
    missingAboveNouns: missing(aligned.join([own, above]), true),
    unmatchedHere: sum((i) => ((here.levels[i] ?? 0) < 0.3 ? 1 : 0)),
    localOwn: sumLocal((i) => own.levels[i] ?? 0),
    localOwnAbove: sumLocal((i) => Math.max(own.levels[i] ?? 0, above.levels[i] ?? 0)),
    charsOwn: charShare(unit.text),
    charsOwnAbove: charShare(`${unit.context} ${unit.text}`),
    charsFresh: charShare(unit.text, ranked.notice.foldedTitle),
    charsNotice: charShare(`${ranked.notice.foldedTitle} ${unit.context} ${unit.text}`),
    relative: 0,
    best: 0,
    relativeLocal: 0,
    relativeChars: 0,
  };
}

function neighbour({ sentences }: AlignedNotice, at: number, { nothing }: AlignedQuestion): Alignment {
  return sentences[at] ?? nothing;
}

/** Returns whether a text names a day (`MM-DD`); 11月6日 does not name 1月6日. */
function namesDay(text: string, day: string): boolean {
  const words = `${Number(day.slice(0, 2))}月${Number(day.slice(3))}日`;
  const at = text.indexOf(words);
  return at !== -1 && !/[0-9]/.test(text.charAt(at - 1));
}

function share(mask: number, count: number): number {
  return count === 0 ? 0 : bitCount(mask) / count;
}

function bitCount(mask: number): number {
  let count = 0;
  for (let rest = mask; rest !== 0; rest &= rest - 1) count++;
  return count;
}
