import type { NoticeIndex } from '../../index/notice-index.js';
import { isFunctionCharacter, type Analyser } from '../../text/analyser.js';
import { fold } from '../../text/fold.js';
import { RunCursor } from '../../text/tokenizer.js';
import { splitAtInterrogative } from './interrogative.js';
import type { Query } from './parse-query.js';
import type { Vocabulary } from './vocabulary.js';

/**
 * Least share of a question's characters that words cover; below it, what asks nothing is noise. In 741 training questions
 * (policies, the export) the dictionary alone covers 0.53 or more; of ten random Chinese characters it rarely covers 0.4.
 * Questions of single-character words (票能退吗) fall below, so what asks is spared.
 */
const LEAST_SHARE = 0.4;
/** Least share at which an answer may be said as a fact. */
const SURE_SHARE = 0.5;
/** In a question of at most this many characters, function characters count neither way: 他呢, 在哪. */
const SHORT = 4;
/** Least number of times that one character makes a question of nothing else empty: 啊啊啊. */
const REPEATED = 3;

/** Characters that folding makes a letter or a digit; those that an input method types (ＶＲ, ５) stay. */
const LOOK_ALIKE =
  /[^\u0000-\u02ff\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff5e\u{20000}-\u{3ffff}]|[ª²³¹º¼-¾]/gu; // eslint-disable-line no-control-regex
const LETTER = /[\p{L}\p{N}]/gu;
const SYMBOL = /[^\p{L}\p{N}\s\p{Po}]|[%&#*@/\\]/gu;
/** Ends a question that names nothing: B档呢, 票能退吗. */
const FINAL_PARTICLE = /[吗呢吧么不没](?!\p{L})/u;
const HAN = /\p{Script=Han}/u;

/** What the words of a question cover of it. */
export type QuestionContent =
  /** No word at all. */
  | { readonly kind: 'empty' }
  /** Letters that make up no words of a dictionary or of the notices. */
  | { readonly kind: 'noise' }
  /** Enough of it is words. An answer may be said as a fact unless half is none, or the notices hold none (332, 就会). */
  | { readonly kind: 'words'; readonly allowsSure: boolean };

/**
 * Tells questions from noise: `<b>x</b>&`, ⓢ㉓ and 啊啊啊 are empty, 龛蟳捦鍈 and `' OR 1=1--` are no words. Letters and digits
 * are counted before compatibility folding, which makes them of signs.
 */
export function readQuestionContent(
  question: Query,
  { index }: { readonly index: NoticeIndex },
  analyser: Analyser,
  vocabulary: Vocabulary,
): QuestionContent {
  const plain = question.text.replace(LOOK_ALIKE, ' ');
  const letters = plain.match(LETTER) ?? [];
  const isRepeated = letters.length >= REPEATED && new Set(letters).size === 1;
  if (letters.length === 0 || isRepeated) return { kind: 'empty' };
  const folded = fold(plain);
  const isChinese = HAN.test(folded);
  const { ask, terms } = question;
  if (!isChinese) {
    if ((plain.match(SYMBOL) ?? []).length > letters.length) return { kind: 'empty' };
    if (ask.kind !== 'passage') return { kind: 'words', allowsSure: true };
    if (!/[0-9]{2}/.test(folded) && !terms.some(({ term }) => term.length > 1 && index.holds(term))) {
      return { kind: 'empty' };
    }
  }
  const { share, hasContentWord } = measureWords(folded, isChinese, index, analyser, vocabulary.englishFrames);
  const asks = ask.kind !== 'passage' || FINAL_PARTICLE.test(folded) || splitAtInterrogative(folded) !== null;
  const allowsSure = share >= SURE_SHARE && (hasContentWord || question.wordSynonyms.length > 0);
  return share < LEAST_SHARE && !asks ? { kind: 'noise' } : { kind: 'words', allowsSure };
}

/**
 * Returns the share (0 … 1) of a folded text's characters that lie in words: of the dictionary, of the notices (also
 * pairs of characters that no dictionary joins), and names of letters and numbers of three digits that the notices
 * hold. English frames (what is) count neither way, nor do digits in a Chinese text. A text of which nothing counts, and
 * a single Chinese character, give 1. `hasContentWord` is true when the notices hold one of the words that is not made of
 * function characters.
 */
function measureWords(
  folded: string,
  isChinese: boolean,
  index: NoticeIndex,
  analyser: Analyser,
  englishFrames: ReadonlySet<string>,
): { readonly share: number; readonly hasContentWord: boolean } {
  const pairs = new Set(analyser.wordTerms(folded, (pair) => index.holds(pair)));
  let covered = 0;
  let functional = 0;
  let foreign = 0;
  let hasContentWord = false;
  const run = new RunCursor(folded);
  while (run.next()) {
    const word = folded.slice(run.start, run.end);
    if (run.isHan) {
      for (let i = 0; i < word.length; i++) {
        const isFunctional = isFunctionCharacter(word.charAt(i));
        const joined = [word.slice(i, i + 2), word.slice(Math.max(0, i - 1), i + 1)].filter((pair) => pairs.has(pair));
        if (joined.length > 0) {
          covered++;
          hasContentWord ||= !isFunctional && joined.some((pair) => index.holds(pair));
        } else if (isFunctional) functional++;
        else foreign++;
      }
    } else if (englishFrames.has(word) || (isChinese && /^[0-9]+$/.test(word))) continue;
    else if (index.holds(word) && /[a-z].|[0-9]{3}/.test(word)) {
      covered += word.length;
      hasContentWord ||= /[a-z]/.test(word);
    } else foreign += word.length;
  }
  const all = covered + functional + foreign;
  const counted = all <= SHORT ? covered + foreign : all;
  const isAlone = isChinese && all === 1;
  return { share: counted === 0 || isAlone ? 1 : covered / counted, hasContentWord };
}
