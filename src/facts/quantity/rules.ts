import { z } from 'zod';
import { readDataFile } from '../../config/data-file.js';

const words = z.array(z.string().min(1)).min(1);

const schema = z.object({
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
});

/** The vocabulary of quantities; all of it data. */
export interface QuantityRules {
  /** 个, 门, 所: units that count things, as a pattern, longest first. */
  readonly counter: string;
  /** One of them, or a part of a date, at the start of a text. */
  readonly counterFirst: RegExp;
  /** Any unit at the start of a text. */
  readonly unitFirst: RegExp;
  /** A number and one of them, not an ordinal; with `g`, the number in group 1. */
  readonly counted: RegExp;
  /** Any unit, as a pattern, longest first. */
  readonly unit: string;
  readonly durations: ReadonlySet<string>;
  readonly money: ReadonlySet<string>;
  /** 元|/人, 元|/人/天: what may follow a unit, as a pattern. */
  readonly rate: string;
  /** ￥, as a pattern. */
  readonly sign: string;
  /** What a column without a unit counts (人数, 名额), by its name's end. */
  readonly columnUnits: ReadonlyMap<string, string>;
  /** 不少于, 人均, 每学分: at the end of the words before a number. */
  readonly before: RegExp;
  /** 以上, 左右: at the start of the words behind a unit. */
  readonly after: RegExp;
  /** 部门, 省: nouns that take a number without a measure word. */
  readonly countedDirectly: string;
  /** Words that end a noun, as a pattern with `g` and `u`. */
  readonly stop: RegExp;
  /** Verbs that also name what is done (培训, 整改): nouns at the end of a phrase and before another noun. */
  readonly events: ReadonlySet<string>;
  /** One or two of them at the start of a text that go with a noun or end it. */
  readonly eventFirst: RegExp;
  /** By unit: behind it, what makes it a part of another word (部门). */
  readonly notBehind: ReadonlyMap<string, RegExp>;
  /** 要求, 建议: what 三点 counts. */
  readonly pointNoun: RegExp;
  /** 累计, 达到: between a noun and the number that says how many. */
  readonly link: RegExp;
  /** 提高到: between two numbers of one thing, as the whole text between. */
  readonly change: RegExp;
  /** Nouns that things counted in notices end with, as a pattern with `g`. */
  readonly head: RegExp;
  /** The same at the start of a text. */
  readonly headFirst: RegExp;
}

/** Reads `quantities.json`; throws an `OperatorError` naming what is bad in it. */
export function loadQuantityRules(file: string): QuantityRules {
  const data = readDataFile(file, schema);
  const any = alternatives;
  const rate = any([...data.rates, ...data.counters]);
  const guarded = data.before.filter((word) => data.beforeUnless[word] === undefined);
  const unless = Object.entries(data.beforeUnless)
    .map(([word, behind]) => `|(?<![${behind}])${escape(word)}`)
    .join('');
  return {
    counter: any(data.counters),
    counterFirst: new RegExp(`^(?:${any(data.counters)}|[年月日号天生])`),
    unitFirst: new RegExp(`^(?:${any([...data.measures, ...data.durations, ...data.money])})`),
    counted: new RegExp(`(?<![第“])([0-9]{1,4}|[二三四五六七八九十两]{1,3})(?:${any(data.counters)})`, 'g'),
    unit: any([...data.counters, ...data.measures, ...data.durations, ...data.money]),
    durations: new Set(data.durations),
    money: new Set(data.money),
    rate: `(?:[/／](?:${rate})(?:[·•./／](?:${rate}))?)?`,
    sign: any(data.signs),
    columnUnits: new Map(Object.entries(data.columnUnits)),
    before: new RegExp(`(?:${any(guarded)}${unless}|每(?:${rate})){1,3}$`),
    after: new RegExp(`^(?:${any(data.after)})`),
    countedDirectly: any(data.countedDirectly),
    // A stop that is a part of a longer word does not count: the longer word is tried first.
    stop: new RegExp(`(?<word>${any(data.notStops)})|${any([...data.stops, ...data.events])}`, 'g'),
    events: new Set(data.events),
    eventFirst: new RegExp(`^(?:${any(data.events)}){1,2}(?:${any(data.heads)}|$)`),
    link: new RegExp(`(?:${any(data.links.filter((word) => data.beforeUnless[word] === undefined))}${unless}){1,3}$`),
    notBehind: new Map(
      Object.entries(data.notBehind).map(([unit, behind]) => [unit, new RegExp(`^(?:${any(behind)})`)]),
    ),
    pointNoun: new RegExp(`^(?:${any(data.pointNouns)})`),
    change: new RegExp(`^(?:[，,]?(?:统一|再|可|将)?(?:${any(data.changes)})(?:了)?)$`),
    head: new RegExp(any(data.heads), 'g'),
    headFirst: new RegExp(`^(?:${any(data.heads)})`),
  };
}

/**
 * `list` as a pattern, the longest first. Words are grouped by their first
 * characters: a place in a text is then tried against those only, which makes
 * lists of hundreds of words some times faster.
 */
export function alternatives(list: readonly string[]): string {
  const rests = new Map<string, string[]>();
  for (const word of new Set(list)) {
    const first = word.charAt(0);
    const group = rests.get(first);
    if (group === undefined) rests.set(first, [word.slice(1)]);
    else group.push(word.slice(1));
  }
  const groups = [...rests].map(([first, group]) => {
    const tails = group.sort((a, b) => b.length - a.length).map(escape);
    return escape(first) + (tails.length === 1 ? (tails[0] ?? '') : `(?:${tails.join('|')})`);
  });
  return `(?=[${[...rests.keys()].map(escape).join('')}])(?:${groups.join('|')})`;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
