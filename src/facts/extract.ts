import type { Fact } from '../domain/fact.js';
import type { Notice } from '../domain/notice.js';
import { splitSentences } from '../text/sentences.js';

type Extractor = (sentence: string, notice: Notice) => readonly FactValue[];
/** A fact without its place, which is the same for all facts of a sentence. */
type FactValue = Fact extends infer F ? (F extends Fact ? Omit<F, 'span'> : never) : never;

/** One kind of fact = one extractor; a new kind is one function and one line. */
const EXTRACTORS: readonly Extractor[] = [documentNumbers, attachments];

/** The typed facts of a notice, in order of their sentences. Linear in the length of the body. */
export function extractFacts(notice: Notice): Fact[] {
  return splitSentences(notice.body).flatMap((span) => {
    const sentence = notice.body.slice(span.start, span.end);
    return EXTRACTORS.flatMap((extract) => extract(sentence, notice)).map((value): Fact => ({ ...value, span }));
  });
}

/** 津教职函〔2024〕3号: the issuer's short name, the year in brackets, the number. */
const DOCUMENT_NUMBER = /[\u4e00-\u9fff]{2,10}[〔[［（(](?:19|20)[0-9]{2}[〕\]］）)]第?[0-9]{1,5}号/g;

function documentNumbers(sentence: string): FactValue[] {
  return [...sentence.matchAll(DOCUMENT_NUMBER)].map(([value]) => ({ kind: 'document-number', value }));
}

function attachments(sentence: string, notice: Notice): FactValue[] {
  return notice.attachments
    .filter(({ kind, name }) => kind === 'listed' && sentence.includes(name) && !isMere(name))
    .map(({ number, name }) => ({ kind: 'attachment', number, name }));
}

/** A name as short as 附件 would be found in every sentence that mentions attachments. */
function isMere(name: string): boolean {
  return name.length < 4;
}
