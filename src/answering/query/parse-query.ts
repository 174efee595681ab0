import { dayInShanghai } from '../../domain/dates.js';
import type { Intent } from '../../domain/answer.js';
import type { WeightedTerm } from '../../index/notice-index.js';
import type { Analyser, Subdivision } from '../../text/analyser.js';
import { fold } from '../../text/fold.js';
import { blankOutWords } from '../../text/word-list.js';
import { yearsIn } from '../../text/years.js';
import { factKindWords, parseRequestedFact, type RequestedFact, type RequestRules } from './requested-fact.js';
import { splitAtInterrogative } from './interrogative.js';
import { parseAnswerConstraint, type AnswerConstraint } from './answer-constraint.js';
import { findKnownPeople, suggestSpellings, type PairIndex } from './spelling.js';
import { findersOf, type Vocabulary } from './vocabulary.js';

/** Term of a query. */
export interface QueryTerm extends WeightedTerm {
  /** Synonyms of the word that the term is part of: where one of them occurs, the term counts as found. */
  readonly synonyms: readonly string[];
  /** Specificity in general Chinese of the word that it is part of, 0 … 1; 1 for a term across words. */
  readonly specificity: number;
}

export interface Query {
  readonly text: string;
  readonly folded: string;
  readonly intent: Intent;
  /** Typed fact that it wants. */
  readonly ask: RequestedFact;
  /** What the words of its answer must hold besides; null where the question does not say. */
  readonly wanted: AnswerConstraint | null;
  /** True when it asks the same of several notices. */
  readonly asksSeveral: boolean;
  /** Its words that name the kind of fact. */
  readonly factKindWords: readonly string[];
  /** People whom it names, in the spelling of the notices. */
  readonly people: readonly string[];
  /** Its distinct terms; those that only name the kind of fact weigh less than 1. */
  readonly terms: readonly QueryTerm[];
  /** Terms of synonyms, searched at less weight. */
  readonly expansions: readonly WeightedTerm[];
  /** Terms within words of its subject: what a notice must hold to be about it. */
  readonly subject: ReadonlySet<string>;
  /** Its text without frames and words that name the kind of fact, in the words of notices; blanks in their place. */
  readonly content: string;
  /** Words of it with synonyms, those of turns of phrase and of slips included. */
  readonly wordSynonyms: readonly WordSynonyms[];
  /** Term next to the interrogative: the event whose day is asked for, the thing whose number. */
  readonly head: string | null;
  /** Terms within its nouns. */
  readonly nouns: ReadonlySet<string>;
  /** Batches and sessions that it names (第三批, 第二届). A notice of another one does not answer. */
  readonly ordinals: readonly string[];
  /** Years that it names (four digits). A notice of another year does not answer. */
  readonly years: readonly string[];
  /** Years that it means by 今年, 去年 …: preferred; `isOfOtherRelativeYear` says when a notice is refused for them. */
  readonly relativeYears: readonly string[];
  /** Holidays that it names, and all known ones; each with all its names. */
  readonly occasions: { readonly named: RequestRules['occasions']; readonly all: RequestRules['occasions'] };
  /** Days that it names, `MM-DD`. */
  readonly days: readonly string[];
  /** Parts of something larger that it names: 南岭 + 区. A notice of another part does not answer. */
  readonly parts: readonly Subdivision[];
  /** Names of people in it, whether a notice holds them or not. */
  readonly named: readonly string[];
  /** Places that it names, without 省, 市, 区, 县. */
  readonly places: readonly string[];
}

/** Weight of terms that name the kind of fact (电话, 什么时候): they hardly distinguish notices or lines. */
const ASK_WORD_WEIGHT = 0.3;

/** A yes-no question that asks for the contact itself: 有传真吗, 能给个电话吗. */
const ASKS_FOR_IT = /有|给|告诉|是(?!不是)/;

/** Interrogatives of a value. A yes-no question without one wants none: 能不能几家联合投标, 能看时间吗. */
const ASKS_VALUE = /什么|啥|何时|多少|多[久长大高]|哪|几[号月点时天年]|截止|截至|最[晚迟]|到期/;

function isValue({ kind }: RequestedFact): boolean {
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

/** Index data that reading a question uses: the people and the character pairs of the notices. */
export interface IndexVocabulary {
  readonly people: ReadonlySet<string>;
  readonly index: PairIndex | null;
}

const NOTHING_KNOWN: IndexVocabulary = { people: new Set(), index: null };

/** Parses a question into a query. Linear in its length; the caller bounds that. */
export function parseQuery(
  text: string,
  analyser: Analyser,
  vocabulary: Vocabulary,
  known: IndexVocabulary = NOTHING_KNOWN,
  now = new Date(),
): Query {
  const folded = correctTypos(fold(text), vocabulary);
  const wording = reword(folded, vocabulary);
  const synonyms = [...wording.synonyms, ...findSynonyms(wording.text, analyser, vocabulary, known.index)];
  const terms = termsOf(wording, analyser, vocabulary, synonyms);
  const ask = parseRequestedFact(folded, vocabulary.asks);
  const wanted = parseAnswerConstraint(folded, vocabulary.asks);
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
    asksSeveral: vocabulary.asks.each.some((cue) => folded.includes(cue)),
    factKindWords: wording.originalFactKindWords,
    people: findKnownPeople(folded, known.people),
    terms,
    expansions: expansionsOf(synonyms, terms, analyser, vocabulary),
    subject: new Set(
      analyser.wordTerms(subjectOf(wording, vocabulary), (pair) => known.index === null || known.index.holds(pair)),
    ),
    content: subjectOf(wording, vocabulary),
    wordSynonyms: synonyms,
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
    parts: analyser.subdivisions(folded),
    named: analyser.people(folded),
    places: analyser.places(folded),
  };
}

/** 那 typed for 哪, where nothing else asks: 南苑那天停水. */
const WHICH_FOR_THAT = /(?<=[^\p{P}\s])那(?=[天些几年月]|[个家种位](?!.*[呢吗]))/u;

/** Corrects typing errors in cue words. 截至 and 截止 both stay: notices have either. */
function correctTypos(folded: string, { asks }: Vocabulary): string {
  const righted = asks.slips.reduce((text, [slip, meant]) => text.replaceAll(slip, meant), folded);
  const asksNothing = splitAtInterrogative(righted.replaceAll('那', ' ')) === null && !/[吗呢吧]/.test(righted);
  return asksNothing ? righted.replace(WHICH_FOR_THAT, '哪') : righted;
}

function intentOf(folded: string, vocabulary: Vocabulary): Intent {
  if (isChitchat(folded, vocabulary)) return 'chitchat';
  const found = vocabulary.intents.find(({ cues }) => cues.some((cue) => folded.includes(cue)));
  return found?.intent ?? vocabulary.fallback;
}

const FINAL_PARTICLE = /[啊呀呢吗吧哦哈啦咯喽嘛哟]$/u;

/** Returns whether a text is only greetings, an order or abuse. `您好，请问…` before a question is none of these. */
function isChitchat(folded: string, { chitchat, rejectedPhrases }: Vocabulary): boolean {
  if (rejectedPhrases.some((words) => folded.includes(words))) return true;
  const parts = folded.split(NOT_A_WORD).filter((part) => part !== '');
  return (
    parts.length > 0 && parts.every((part) => chitchat.has(part.length > 2 ? part.replace(FINAL_PARTICLE, '') : part))
  );
}

function termsOf(
  wording: RewordedQuestion,
  analyser: Analyser,
  vocabulary: Vocabulary,
  synonyms: readonly WordSynonyms[],
): QueryTerm[] {
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
    synonyms: synonyms.find(({ word }) => word.includes(term))?.synonyms ?? [],
    specificity: specificity.get(term) ?? 1,
  }));
}

function expansionsOf(
  wordSynonyms: readonly WordSynonyms[],
  own: readonly QueryTerm[],
  analyser: Analyser,
  { synonymWeight }: Vocabulary,
): WeightedTerm[] {
  const known = new Set(own.map(({ term }) => term));
  const others = wordSynonyms.flatMap(({ synonyms }) => synonyms.flatMap((word) => analyser.terms(word)));
  return [...new Set(others)].filter((term) => !known.has(term)).map((term) => ({ term, weight: synonymWeight }));
}

function withoutFrames(folded: string, vocabulary: Vocabulary): string {
  const chinese = blankOutWords(folded, findersOf(vocabulary).frames(folded));
  return chinese.replace(/[a-z]+/g, (word) => (vocabulary.englishFrames.has(word) ? ' ' : word));
}

/** Word of a question, with its synonyms. */
export interface WordSynonyms {
  readonly word: string;
  readonly synonyms: readonly string[];
}

/**
 * Finds the words of a question that have synonyms (天大 in 天大招生, not in 今天大会) or were misspelt by ear, the
 * longest first.
 */
function findSynonyms(
  folded: string,
  analyser: Analyser,
  vocabulary: Vocabulary,
  index: PairIndex | null,
): WordSynonyms[] {
  const inWords = new Set(analyser.wordTerms(folded));
  const found: WordSynonyms[] = [];
  for (const pair of index === null ? [] : analyser.spellingPairs(folded)) {
    const synonyms = index === null || vocabulary.synonyms.has(pair) ? [] : suggestSpellings(pair, index, analyser);
    if (synonyms.length > 0) found.push({ word: pair, synonyms });
  }
  for (const [word, synonyms] of findersOf(vocabulary).synonyms(folded)) {
    if (word.length > 2 || inWords.has(word)) found.push({ word, synonyms });
  }
  return found.sort((a, b) => b.word.length - a.word.length);
}

/** A question, reworded in the words of notices. */
interface RewordedQuestion {
  readonly text: string;
  /** Words that replaced a paraphrase, with their synonyms. */
  readonly synonyms: readonly WordSynonyms[];
  /** Words of `text` that name the kind of fact it wants. */
  readonly factKindWords: readonly string[];
  /** The same words as in the question itself. */
  readonly originalFactKindWords: readonly string[];
}

/** Returns whether a paraphrase ends within a longer interrogative: 考什么 in 省考什么时候报名 asks when. */
function asksOtherwise(phrase: string, folded: string): boolean {
  return /(?:什么|啥)$/.test(phrase) && /^(?:时|地方|人)/.test(folded.slice(folded.indexOf(phrase) + phrase.length));
}

/** Replaces paraphrases by the words of notices: 要带啥 is about what to 携带. */
function reword(folded: string, vocabulary: Vocabulary): RewordedQuestion {
  const found = findersOf(vocabulary)
    .paraphrases(folded)
    .filter(({ phrase }) => !asksOtherwise(phrase, folded));
  const words = factKindWords(folded, vocabulary.asks);
  const ofFactKind = found.filter(({ namesFactKind }) => namesFactKind);
  return {
    text: found.reduce((text, { phrase, replacement }) => text.replaceAll(phrase, ` ${replacement} `), folded),
    synonyms: found.map(({ replacement, synonyms }) => ({ word: replacement, synonyms })),
    factKindWords: [...words, ...ofFactKind.map(({ replacement }) => replacement)],
    originalFactKindWords: [...words, ...ofFactKind.map(({ phrase }) => phrase)],
  };
}

function headOf(wording: RewordedQuestion, analyser: Analyser, vocabulary: Vocabulary): string | null {
  const sides = splitAtInterrogative(wording.text);
  if (sides === null) return null;
  const termsIn = (text: string): string[] => analyser.wordTerms(subjectOf({ ...wording, text }, vocabulary));
  return termsIn(sides.behind)[0] ?? termsIn(sides.before).at(-1) ?? null;
}

/** Removes frame words and the words that name the kind of fact. */
function subjectOf(wording: RewordedQuestion, vocabulary: Vocabulary): string {
  return withoutFrames(blankOutWords(wording.text, wording.factKindWords), vocabulary);
}
