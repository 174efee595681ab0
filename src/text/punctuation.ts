/**
 * Punctuation of notices in received and in folded text, for use inside a character class or a set. The splitters of
 * sentences and clauses share it.
 */

/** Ends of sentences. `；` is one: notices join whole statements by it. */
export const SENTENCE_ENDS = '。！？!?；;';
export const COLONS = '：:';
/** Ends of clauses other than those of sentences. */
export const CLAUSE_ENDS = `，,${COLONS}`;
/** Closing quotation marks and brackets: they belong to the sentence or clause before them. */
export const CLOSING_MARKS = '”’」』）)】》';

const NUMERAL = '[一二三四五六七八九十]{1,3}';
/** Source of a pattern of list marks that start an item in the middle of a line: 一、 （一） 1. 第一条; not 1.5. */
export const LIST_MARK = String.raw`(?:${NUMERAL}、|（${NUMERAL}）|\(${NUMERAL}\)|[0-9]{1,2}[.．、](?![0-9])|第${NUMERAL}[条章])`;
/** The same for those that start a sentence, where more forms are certain: 一是 （1） 1） 第一， ①. */
export const LEADING_LIST_MARK = String.raw`(?:${NUMERAL}[、是]|[（(][一二三四五六七八九十0-9]{1,3}[)）][.、]?|[0-9]{1,2}[.．、)）](?![0-9])|第${NUMERAL}[,，、条]|[①-⑳])`;
