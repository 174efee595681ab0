import { dayInShanghai } from '../domain/day.js';
import type { Intent } from '../domain/answer.js';
import type { WeightedTerm } from '../index/notice-index.js';
import type { Analyser, Part } from '../text/analyser.js';
import { fold } from '../text/fold.js';
import { without } from '../text/longest-first.js';
import { yearsIn } from '../text/years.js';
import { askWords, readAsk, type Ask, type AskRules } from './ask.js';
import { sidesOfAsking } from './head.js';
import { readWanted, type Wanted } from './wanted.js';
import { likelySpellings, type KnownWords } from './misspelt.js';
import { peopleIn } from './people.js';
import type { Vocabulary } from './vocabulary.js';
import { findersOf } from './vocabulary-finders.js';

/** A term of a question. */
export interface QuestionTerm extends WeightedTerm {
  /** Other words for the one that the term is part of: where one of them stands, the term counts as found. */
  readonly alternatives: readonly string[];
  /** How telling the word that it is part of is in Chinese at large, 0 … 1; 1 across words. */
  readonly specificity: number;
}

export interface Question {
  readonly text: string;
  readonly folded: string;
  readonly intent: Intent;
  /** The typed fact that it wants. */
  readonly ask: Ask;
  /** What the words of its answer must hold beside, where it says so. */
  readonly wanted: Wanted | null;
  /** The same is asked of several notices. */
  readonly ofEach: boolean;
  /** Its words that say which kind of fact that is. */
  readonly asked: readonly string[];
  /** People whom it names, as the notices write them. */
  readonly people: readonly string[];
  /** Its own terms, those that only put it below weight 1. Each once. */
  readonly terms: readonly QuestionTerm[];
  /** What is searched for besides: the terms of other words for its words, at less weight. */
  readonly expansions: readonly WeightedTerm[];
  /** Those of the terms that lie within words of its subject: what a notice must hold to be about it. */
  readonly subject: ReadonlySet<string>;
  /** The term next to the word that asks: the event whose day is asked for, the thing whose number. */
  readonly head: string | null;
  /** Those of its terms that lie within words that name something. */
  readonly nouns: ReadonlySet<string>;
  /** 第三批, 第二届: a notice of another one does not answer. */
  readonly ordinals: readonly string[];
  /** Years that the question names (four digits). A notice of another year does not answer it. */
  readonly years: readonly string[];
  /** Years that it means by 今年, 去年 …: preferred, but no notice is refused for not being of them. */
  readonly relativeYears: readonly string[];
  /** Holidays that it names, and all that are known; each by its names. */
  readonly occasions: { readonly named: AskRules['occasions']; readonly all: AskRules['occasions'] };
  /** Days that it names, `MM-DD`. */
  readonly days: readonly string[];
  /** Parts of something larger that it names: 南岭 + 区. A notice of another one does not answer. */
  readonly parts: readonly Part[];
  /** Names of people in it, known to the notices or not. */
  readonly named: readonly string[];
  /** Places that the question names, without 省, 市, 区, 县. */
  readonly places: readonly string[];
}

/** Words that say what is asked for (电话, 什么时候) say little about which notice, or which line, it stands in. */
const ASK_WORD_WEIGHT = 0.3;

/** 有传真吗, 能给个电话吗. */
const ASKS_FOR_IT = /有|给|告诉|是(?!不是)/;

/** 能不能几家联合投标, 能看时间吗: whether, and not how many or when. */
const ASKS_VALUE = /什么|啥|何时|多少|多[久长大高]|哪|几[号月点时天年]|截止|截至|最[晚迟]|到期/;

function isValue({ kind }: Ask): boolean {
  return kind === 'quantity' || kind === 'period';
}

const DAY = /(?<![0-9])([0-9]{1,2})月([0-9]{1,2})[日号]/g;
const ORDINAL = /第(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})(?:批次?|届|期|轮|季|次|标段|包)/g;
const RELATIVE_YEARS: readonly (readonly [string, number])[] = [
  ['今年', 0],
  ['本年度', 0],
  ['去年', -1],
  ['上年', -1],
  ['前年', -2],
  ['明年', 1],
];
const NOT_A_WORD = /[^\p{L}\p{N}]+/gu;

/** What the notices hold, as far as it helps to read a question. */
export interface Known {
  readonly people: ReadonlySet<string>;
  readonly index: KnownWords | null;
}

const NOTHING_KNOWN: Known = { people: new Set(), index: null };

/** Reads a question. Linear in its length; the caller bounds that. */
export function understand(
  text: string,
  analyser: Analyser,
  vocabulary: Vocabulary,
  known: Known = NOTHING_KNOWN,
  now = new Date(),
): Question {
  const folded = withoutSlips(fold(text), vocabulary);
  const wording = reword(folded, vocabulary);
  const alternatives = [...wording.alternatives, ...alternativesIn(wording.text, analyser, vocabulary, known.index)];
  const terms = termsOf(wording, analyser, vocabulary, alternatives);
  const ask = readAsk(folded, vocabulary.asks);
  const wanted = readWanted(folded, vocabulary.asks);
  // 能打电话报名吗 asks whether, and for no number; 有电话吗 asks for one.
  const isOfMeans =
    wanted?.kind === 'yes-no' &&
    (ask.kind === 'contact' ? !ASKS_FOR_IT.test(folded) : isValue(ask) && !ASKS_VALUE.test(folded));
  return {
    text,
    folded,
    intent: isOfMeans ? vocabulary.fallback : intentOf(folded, vocabulary),
    ask: isOfMeans ? { kind: 'passage' } : ask,
    wanted,
    ofEach: vocabulary.asks.each.some((cue) => folded.includes(cue)),
    asked: wording.saidOfAsk,
    people: peopleIn(folded, known.people),
    terms,
    expansions: expansionsOf(alternatives, terms, analyser, vocabulary),
    subject: new Set(
      analyser.wordTerms(subjectOf(wording, vocabulary), (pair) => known.index === null || known.index.holds(pair)),
    ),
    head: headOf(wording, analyser, vocabulary),
    nouns: new Set(analyser.nounTerms(folded)),
    ordinals: [...folded.matchAll(ORDINAL)].map(([words]) => words),
    years: yearsIn(folded),
    relativeYears: RELATIVE_YEARS.filter(([word]) => folded.includes(word)).map(
      ([, add]) => `${Number(dayInShanghai(now).slice(0, 4)) + add}`,
    ),
    occasions: {
      named: vocabulary.asks.occasions.filter((words) => words.some((word) => folded.includes(word))),
      all: vocabulary.asks.occasions,
    },
    days: [...folded.matchAll(DAY)].map(
      ([, month = '', day = '']) => `${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
    ),
    parts: analyser.parts(folded),
    named: analyser.people(folded),
    places: analyser.places(folded),
  };
}

/** 那 for 哪 where nothing else asks: 南苑那天停水. */
const WHICH_FOR_THAT = /(?<=[^\p{P}\s])那(?=[天些几年月]|[个家种位](?!.*[呢吗]))/u;

/** With what fingers made of words that ask put right; 截至 and 截止 both stay, notices have either. */
function withoutSlips(folded: string, { asks }: Vocabulary): string {
  const righted = asks.slips.reduce((text, [slip, meant]) => text.replaceAll(slip, meant), folded);
  const asksNothing = sidesOfAsking(righted.replaceAll('那', ' ')) === null && !/[吗呢吧]/.test(righted);
  return asksNothing ? righted.replace(WHICH_FOR_THAT, '哪') : righted;
}

function intentOf(folded: string, vocabulary: Vocabulary): Intent {
  if (isChitchat(folded, vocabulary)) return 'chitchat';
  const found = vocabulary.intents.find(({ cues }) => cues.some((cue) => folded.includes(cue)));
  return found?.intent ?? vocabulary.fallback;
}

/** Nothing but greetings: `您好，请问…` with a question behind it is a question. */
function isChitchat(folded: string, { chitchat, notForUs }: Vocabulary): boolean {
  if (notForUs.some((words) => folded.includes(words))) return true;
  const parts = folded.split(NOT_A_WORD).filter((part) => part !== '');
  return parts.length > 0 && parts.every((part) => chitchat.has(trimParticle(part)));
}

function trimParticle(part: string): string {
  return part.length > 2 ? part.replace(/[啊呀呢吗吧哦哈啦咯喽嘛哟]$/u, '') : part;
}

function termsOf(
  wording: Wording,
  analyser: Analyser,
  vocabulary: Vocabulary,
  alternatives: readonly Alternative[],
): QuestionTerm[] {
  const weights = new Map<string, number>();
  const add = (terms: readonly string[], weight: number): void => {
    for (const term of terms) weights.set(term, Math.max(weight, weights.get(term) ?? 0));
  };
  const subject = analyser.terms(subjectOf(wording, vocabulary));
  const askWeight = subject.length > 0 ? ASK_WORD_WEIGHT : 1;
  const core = analyser.terms(withoutFrames(wording.text, vocabulary));
  add(core.length > 0 ? core : analyser.terms(wording.text), askWeight);
  add(subject, 1);
  const specificity = analyser.specificity(wording.text);
  return [...weights].map(([term, weight]) => ({
    term,
    weight,
    alternatives: alternatives.find(({ word }) => word.includes(term))?.others ?? [],
    specificity: specificity.get(term) ?? 1,
  }));
}

function expansionsOf(
  alternatives: readonly Alternative[],
  own: readonly QuestionTerm[],
  analyser: Analyser,
  { synonymWeight }: Vocabulary,
): WeightedTerm[] {
  const known = new Set(own.map(({ term }) => term));
  const others = alternatives.flatMap(({ others: words }) => words.flatMap((word) => analyser.terms(word)));
  return [...new Set(others)].filter((term) => !known.has(term)).map((term) => ({ term, weight: synonymWeight }));
}

function withoutFrames(folded: string, vocabulary: Vocabulary): string {
  const chinese = without(folded, findersOf(vocabulary).frames(folded));
  return chinese.replace(/[a-z]+/g, (word) => (vocabulary.englishFrames.has(word) ? ' ' : word));
}

/** A word of a question and other words for it. */
interface Alternative {
  readonly word: string;
  readonly others: readonly string[];
}

/**
 * The words of a question that have others, the longest first: synonyms of its
 * words (天大 in 天大招生, not in 今天大会), and what was misspelt by ear.
 */
function alternativesIn(
  folded: string,
  analyser: Analyser,
  vocabulary: Vocabulary,
  index: KnownWords | null,
): Alternative[] {
  const inWords = new Set(analyser.wordTerms(folded));
  const found: Alternative[] = [];
  for (const pair of index === null ? [] : analyser.writtenPairs(folded)) {
    const others = index === null || vocabulary.synonyms.has(pair) ? [] : likelySpellings(pair, index);
    if (others.length > 0) found.push({ word: pair, others });
  }
  for (const [word, others] of findersOf(vocabulary).synonyms(folded)) {
    if (word.length > 2 || inWords.has(word)) found.push({ word, others });
  }
  return found.sort((a, b) => b.word.length - a.word.length);
}

/** A question in the words of notices. */
interface Wording {
  readonly text: string;
  /** Words that stand for a turn of phrase, with others for them. */
  readonly alternatives: readonly Alternative[];
  /** Words in it that say what kind of fact it wants. */
  readonly asked: readonly string[];
  /** The same as the question itself says them. */
  readonly saidOfAsk: readonly string[];
}

/** 考什么 in 省考什么时候报名 asks when. */
function asksOtherwise(says: string, folded: string): boolean {
  return /(?:什么|啥)$/.test(says) && /^(?:时|地方|人)/.test(folded.slice(folded.indexOf(says) + says.length));
}

/** Puts turns of phrase into the words of notices: 要带啥 is about what to 携带. */
function reword(folded: string, vocabulary: Vocabulary): Wording {
  const found = findersOf(vocabulary)
    .paraphrases(folded)
    .filter(({ says }) => !asksOtherwise(says, folded));
  const words = askWords(folded, vocabulary.asks);
  const isAsk = found.filter((paraphrase) => paraphrase.isAsk);
  return {
    text: found.reduce((text, { says, means }) => text.replaceAll(says, ` ${means} `), folded),
    alternatives: found.map(({ means, others }) => ({ word: means, others })),
    asked: [...words, ...isAsk.map(({ means }) => means)],
    saidOfAsk: [...words, ...isAsk.map(({ says }) => says)],
  };
}

function headOf(wording: Wording, analyser: Analyser, vocabulary: Vocabulary): string | null {
  const sides = sidesOfAsking(wording.text);
  if (sides === null) return null;
  const termsIn = (text: string): string[] => analyser.wordTerms(subjectOf({ ...wording, text }, vocabulary));
  return termsIn(sides.behind)[0] ?? termsIn(sides.before).at(-1) ?? null;
}

/** A question without the words that put it and those that say what kind of fact it wants. */
function subjectOf({ text, asked }: Wording, vocabulary: Vocabulary): string {
  return withoutFrames(without(text, asked), vocabulary);
}
