import { z } from 'zod';
import { alternation, escapeRegExp } from '../../../text/patterns.js';

const words = z.array(z.string().min(1)).min(1);

/** Vocabulary of quantities, compiled from `quantities.json`. */
export interface QuantityRules {
  /** 个, 门, 所: units that count things, as a pattern, longest first. */
  readonly counter: string;
  /** A counter or a unit of a date at the start of a text. */
  readonly counterAtStart: RegExp;
  /** A unit of measure, duration or money at the start of a text. */
  readonly unitAtStart: RegExp;
  /** A number and a counter, not an ordinal; with `g`, the number in group 1. */
  readonly counted: RegExp;
  /** Any unit, as a pattern, longest first. */
  readonly unit: string;
  readonly durations: ReadonlySet<string>;
  readonly money: ReadonlySet<string>;
  /** 元|/人, 元|/人/天: an optional rate behind a unit, as a pattern. */
  readonly rate: string;
  /** ￥, as a pattern. */
  readonly sign: string;
  /** Unit of a column that states none, by the ending of its name (人数, 名额). */
  readonly columnUnits: ReadonlyMap<string, string>;
  /** 不少于, 人均, 每学分: at the end of the words before a number. */
  readonly limitBefore: RegExp;
  /** 以上, 左右: at the start of the words behind a unit. */
  readonly limitAfter: RegExp;
  /** 部门, 省: nouns that take a number without a measure word. */
  readonly countedDirectly: string;
  /** Words that end a noun; a match of group `word` is no such word; with `g`. */
  readonly stop: RegExp;
  /** Verbs that are nouns at the end of a phrase and before another noun (培训, 整改). */
  readonly events: ReadonlySet<string>;
  /** One or two `events` at the start of a text, followed by a head noun or the text's end. */
  readonly eventAtStart: RegExp;
  /** By unit: text behind it that makes it part of another word (部门). */
  readonly excludedAfterUnit: ReadonlyMap<string, RegExp>;
  /** 要求, 建议: nouns that 三点 counts. */
  readonly pointNoun: RegExp;
  /** 累计, 达到: between a noun and its number. */
  readonly link: RegExp;
  /** 提高到: the whole text between two numbers of one thing. */
  readonly change: RegExp;
  /** Head nouns of counted things; with `g`. */
  readonly head: RegExp;
  /** `head` at the start of a text. */
  readonly headAtStart: RegExp;
}

/** `quantities.json`, compiled to patterns. */
export const quantityRulesSchema = z
  .object({
    about: z.string(),
    counters: words,
    measures: words,
    durations: words,
    money: words,
    signs: words,
    rates: words,
    columnUnits: z.record(z.string(), z.string().min(1)),
    before: words,
    beforeUnless: z.record(z.string(), z.string().min(1)),
    after: words,
    countedDirectly: words,
    stops: words,
    notStops: words,
    events: words,
    links: words,
    changes: words,
    heads: words,
    notBehind: z.record(z.string(), words),
    pointNouns: words,
  })
  .transform((data): QuantityRules => {
    const rate = alternation([...data.rates, ...data.counters]);
    const guarded = data.before.filter((word) => data.beforeUnless[word] === undefined);
    const unless = Object.entries(data.beforeUnless)
      .map(([word, behind]) => `|(?<![${behind}])${escapeRegExp(word)}`)
      .join('');
    return {
      counter: alternation(data.counters),
      counterAtStart: new RegExp(`^(?:${alternation(data.counters)}|[年月日号天生])`),
      unitAtStart: new RegExp(`^(?:${alternation([...data.measures, ...data.durations, ...data.money])})`),
      counted: new RegExp(`(?<![第“])([0-9]{1,4}|[二三四五六七八九十两]{1,3})(?:${alternation(data.counters)})`, 'g'),
      unit: alternation([...data.counters, ...data.measures, ...data.durations, ...data.money]),
      durations: new Set(data.durations),
      money: new Set(data.money),
      rate: `(?:[/／](?:${rate})(?:[·•./／](?:${rate}))?)?`,
      sign: alternation(data.signs),
      columnUnits: new Map(Object.entries(data.columnUnits)),
      limitBefore: new RegExp(`(?:${alternation(guarded)}${unless}|每(?:${rate})){1,3}$`),
      limitAfter: new RegExp(`^(?:${alternation(data.after)})`),
      countedDirectly: alternation(data.countedDirectly),
      // A stop that is a part of a longer word does not count: the longer word is tried first.
      stop: new RegExp(`(?<word>${alternation(data.notStops)})|${alternation([...data.stops, ...data.events])}`, 'g'),
      events: new Set(data.events),
      eventAtStart: new RegExp(`^(?:${alternation(data.events)}){1,2}(?:${alternation(data.heads)}|$)`),
      link: new RegExp(
        `(?:${alternation(data.links.filter((word) => data.beforeUnless[word] === undefined))}${unless}){1,3}$`,
      ),
      excludedAfterUnit: new Map(
        Object.entries(data.notBehind).map(([unit, behind]) => [unit, new RegExp(`^(?:${alternation(behind)})`)]),
      ),
      pointNoun: new RegExp(`^(?:${alternation(data.pointNouns)})`),
      change: new RegExp(`^(?:[，,]?(?:统一|再|可|将)?(?:${alternation(data.changes)})(?:了)?)$`),
      head: new RegExp(alternation(data.heads), 'g'),
      headAtStart: new RegExp(`^(?:${alternation(data.heads)})`),
    };
  });
