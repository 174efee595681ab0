import { questionShare } from './term-overlap.js';
import { factsOf, literal, type SearchedNotice, type TypedAnswer } from './typed-answer.js';

/** Returns the notice's own number (one without the title of another document), else the one that fits best. */
export function pickDocumentNumber(source: SearchedNotice): TypedAnswer | null {
  let best: TypedAnswer | null = null;
  for (const fact of factsOf(source, 'document-number')) {
    const own = fact.title === '' || source.stored.notice.title.includes(fact.title) ? 0.5 : 0;
    const fit = own + questionShare(source, `${fact.title} ${literal(source, fact.span)}`, 0.5);
    if (best === null || fit > best.fit) best = { answer: fact.value, quote: fact.span, fit, fact: null };
  }
  return best;
}
