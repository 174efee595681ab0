import { z } from 'zod';
import { isHanCharacter } from '../../text/han.js';
import { alternation } from '../../text/patterns.js';

/** Half-open range of UTF-16 units. */
interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Returns the phrases of gambling, live-score and adult advertising in a text, ordered and disjoint. */
export type FindAdvertising = (text: string) => TextRange[];

/**
 * Kinds of words. What is advertised: `whole` (澳门新葡京, an advertisement by itself), `brand` (乐鱼, means nothing else), `name` (皇冠, a brand that is also a word),
 * `place` (金沙, a brand that is also a place), `region` (澳门), `game` (彩票) and `theme` (体育, of which most is
 * legitimate). What is offered: `wager` (投注), `score` (比分), `offer` (官网), `service` (平台) and `spot` (大厅). A
 * `filler` (最新) stands between.
 */
const KINDS = [
  'whole',
  'brand',
  'name',
  'place',
  'region',
  'game',
  'theme',
  'wager',
  'score',
  'offer',
  'service',
  'spot',
  'filler',
] as const;
type Kind = (typeof KINDS)[number];

const words = z.array(z.string().min(1)).min(1);
const ruleFile = z.object({
  /** Least sum of the weights of a phrase's words. */
  least: z.number(),
  /** Upper bound on the words that say one after another what is offered; what follows is the notice's own. */
  maxOffers: z.number().int().min(1),
  words: z.record(z.enum(KINDS), z.object({ weight: z.number().min(0), words })),
  /** Legitimate terms that hold one of the words; they are no part of a phrase. */
  allow: words,
  /** What makes a `name`, `place` or `region` right before it a legitimate name: 街道 after 金沙. */
  nameEndings: words,
  /** What makes a phrase that offers nothing the name of a firm: 皇冠体育 in 皇冠体育用品. */
  firmEndings: words,
  /** Words that speak of gambling as an offence or a danger; a phrase without a brand is kept near one. */
  condemning: words,
  /** Other forms of a character, by the character: 體 of 体. */
  variants: z.record(z.string().length(1), z.string().min(1)),
});

/** Schema of `advertising` in `data/repairs.json`; compiles the rules. */
export const advertisingSchema = ruleFile.transform((rules) => createAdvertisingFinder(rules));

type AdvertisingRules = z.infer<typeof ruleFile>;

interface Token extends TextRange {
  readonly kind: Kind;
}

/** Kinds with which a phrase begins; a `theme` only where there is none of these. */
const HEADS: ReadonlySet<Kind> = new Set(['whole', 'brand', 'name', 'place', 'region', 'game']);
const BRANDS: ReadonlySet<Kind> = new Set(['whole', 'brand', 'name', 'place']);
const NAMES: ReadonlySet<Kind> = new Set(['name', 'place', 'region']);
const OFFERS: ReadonlySet<Kind> = new Set(['wager', 'score', 'offer', 'service', 'spot']);
/** Offers that belong to the brand behind them (投注皇冠). Others are the notice's own: 登录 in 登录皇冠体育官网投注. */
const OWN_OFFERS: ReadonlySet<Kind> = new Set(['wager', 'score']);
/** Kinds of which an advertisement has one, unless `isSetApart` or a `region` stands with a `theme`. */
const TELLING: ReadonlySet<Kind> = new Set(['whole', 'brand', 'name', 'place', 'game', 'wager', 'score']);

/** A blank, lost blank or sign between two words: 爱游戏(ayx)官网. */
const GAP = /^[ \u00a0\u3000?？·()（）|_-]$/;
/** UTF-16 units on each side of a phrase in which a condemning word counts. */
const CONDEMNING_REACH = 16;
/** Two letters or two digits, which no word of a notice parts: not APP in APPLE. */
const ONE_RUN = /^(?:[a-z]{2}|[0-9]{2})$/i;

/**
 * Creates a finder of advertising. It cuts a text into known words, at each place the longest, and weighs every run of
 * adjacent ones: 登录“皇冠体育官网投注专业技术人员服务平台” has the run 皇冠 体育 官网 投注; 金沙街道, 体育彩票公益金 and 登录平台
 * have none that is heavy enough. Linear in the text.
 */
function createAdvertisingFinder(rules: AdvertisingRules): FindAdvertising {
  const readTokens = createTokenReader(rules);
  const condemning = new RegExp(alternation(rules.condemning), 'i');
  const firmEnding = new RegExp(alternation(rules.firmEndings), 'y');

  /** `offered` is the offer right before the phrase, if there is one. */
  const isAdvertising = (phrase: readonly Token[], offered: Token | null, text: string): boolean => {
    const kinds = new Set(phrase.map(({ kind }) => kind));
    const hasAny = (wanted: ReadonlySet<Kind>): boolean => [...kinds].some((kind) => wanted.has(kind));
    const [first] = phrase;
    const end = phrase.at(-1)?.end ?? 0;
    if (first === undefined) return false;
    const brands = phrase.filter(({ kind }) => BRANDS.has(kind)).length;
    if (!hasAny(OFFERS)) {
      if (kinds.has('whole')) return true;
      firmEnding.lastIndex = end;
      const isJoined = kinds.has('brand')
        ? offered !== null || phrase.length > 1
        : brands > 1 || (brands > 0 && kinds.has('game')) || (kinds.has('name') && kinds.has('theme'));
      return isJoined && !firmEnding.test(text);
    }
    const isTelling = hasAny(TELLING) || (kinds.has('region') && kinds.has('theme')) || isSetApart(phrase, text);
    if (!isTelling) return false;
    if (phrase.reduce((sum, { kind }) => sum + rules.words[kind].weight, 0) < rules.least) return false;
    return brands > 0 || !condemning.test(surroundings(text, first.start, end));
  };

  return (text) => {
    const found: TextRange[] = [];
    for (const run of runsOf(readTokens(text), text, rules.maxOffers)) {
      const from = startOf(run);
      let phrase = trimEnd(run.slice(from));
      const before = run[from - 1];
      const offered = before !== undefined && OFFERS.has(before.kind) ? before : null;
      if (!isAdvertising(phrase, offered, text)) continue;
      // 网址 in 金沙彩票登录网址：http… is the notice's own label.
      const withoutLabel = trimEnd(phrase.slice(0, -1));
      if (/[:：]/.test(text.charAt(phrase.at(-1)?.end ?? 0)) && isAdvertising(withoutLabel, offered, text)) {
        phrase = withoutLabel;
      }
      const [first, last] = [phrase[0], phrase.at(-1)];
      if (first !== undefined && last !== undefined) found.push({ start: first.start, end: last.end });
    }
    return found;
  };
}

/** Returns a reader of the words of a text. Allowed terms and legitimate names give no token. */
function createTokenReader(rules: AdvertisingRules): (text: string) => Token[] {
  const kinds = new Map<string, Kind>();
  for (const kind of KINDS) for (const word of rules.words[kind].words) kinds.set(word, kind);
  const pattern = new RegExp(alternation([...rules.allow, ...kinds.keys()]), 'gi');
  const allowed = new Set(rules.allow);
  const nameEnding = new RegExp(alternation(rules.nameEndings), 'y');
  const plain = new Map<string, string>();
  for (const [character, forms] of Object.entries(rules.variants)) for (const form of forms) plain.set(form, character);
  const variant = new RegExp(`[${[...plain.keys()].join('')}\uff01-\uff5e]`, 'g');
  // Each character keeps its place: full-width forms and variants are one unit as well.
  const toPlain = (c: string): string => plain.get(c) ?? String.fromCharCode(c.charCodeAt(0) - 0xfee0);

  return (received) => {
    const text = received.replace(variant, toPlain);
    const tokens: Token[] = [];
    for (const { index: start, 0: word } of text.matchAll(pattern)) {
      const end = start + word.length;
      const kind = allowed.has(word) ? undefined : kinds.get(word.toLowerCase());
      if (kind === undefined) continue;
      if (ONE_RUN.test(text.slice(Math.max(0, start - 1), start + 1)) || ONE_RUN.test(text.slice(end - 1, end + 1)))
        continue;
      nameEnding.lastIndex = end;
      if (NAMES.has(kind) && nameEnding.test(text)) continue;
      tokens.push({ start, end, kind });
    }
    return tokens;
  };
}

/**
 * Groups adjacent tokens. A gap of one character may stand within a run that has a brand. A run ends after `maxOffers`
 * offers that follow one another.
 */
function* runsOf(tokens: readonly Token[], text: string, maxOffers: number): Generator<Token[]> {
  let run: Token[] = [];
  let offers = 0;
  let brands = 0;
  for (const token of tokens) {
    const between = text.slice(run.at(-1)?.end ?? 0, token.start);
    const isAdjacent = run.length > 0 && (between === '' || (brands > 0 && GAP.test(between)));
    const isOffer = OFFERS.has(token.kind);
    if (run.length > 0 && (!isAdjacent || (isOffer && offers === maxOffers))) {
      yield run;
      run = [];
      brands = 0;
      offers = 0;
    }
    run.push(token);
    if (isOffer) offers++;
    else if (token.kind !== 'filler') offers = 0;
    if (BRANDS.has(token.kind)) brands++;
  }
  if (run.length > 0) yield run;
}

/** Returns whether a phrase offers two things and no Chinese character is before it: 体育官网下载, not 天津体育app下载. */
function isSetApart(phrase: readonly Token[], text: string): boolean {
  const before = text.charAt((phrase[0]?.start ?? 0) - 1);
  return phrase.filter(({ kind }) => kind === 'offer').length > 1 && before !== '、' && !isHanCharacter(before);
}

/** Returns the position in a run at which its phrase starts. */
function startOf(run: readonly Token[]): number {
  const head = run.findIndex(({ kind }) => HEADS.has(kind));
  let start = head === -1 ? run.findIndex(({ kind }) => kind === 'theme') : head;
  if (start === -1) return run.length;
  while (OWN_OFFERS.has(run[start - 1]?.kind ?? 'filler')) start--;
  return start;
}

/** Drops what follows the last offer or brand of a phrase; where no offer follows its head, only final fillers. */
function trimEnd(phrase: readonly Token[]): readonly Token[] {
  const head = phrase.findIndex(({ kind }) => !OFFERS.has(kind));
  const isOffering = phrase.some(({ kind }, i) => i > head && OFFERS.has(kind));
  const last = phrase.findLastIndex(({ kind }) =>
    isOffering ? OFFERS.has(kind) || kind === 'whole' || kind === 'brand' : kind !== 'filler',
  );
  return phrase.slice(0, last + 1);
}

/** Returns the text around a range, within its sentence. */
function surroundings(text: string, start: number, end: number): string {
  const before = text.slice(Math.max(0, start - CONDEMNING_REACH), start);
  const after = text.slice(end, end + CONDEMNING_REACH);
  return `${before.slice(before.search(/[^。；\n]*$/))} ${after.slice(0, after.search(/[。；\n]|$/))}`;
}
