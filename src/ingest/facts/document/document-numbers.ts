import type { DocumentNumberFact, Span } from '../../../domain/fact.js';
import { alternation } from '../../../text/patterns.js';
import { sentenceAround, type ExtractionInput } from '../extraction-input.js';

export interface DocumentNumberRules {
  /** Words directly before a document number that are no part of it. */
  readonly notIssuer: readonly string[];
}

const YEAR = '(?:19|20)[0-9]{2}';
/** Issuer's short name, year in brackets, number: 津教职函〔2024〕3号. */
const BRACKETED = `([\\u4e00-\\u9fff]{0,14})[〔［\\[（(【]${YEAR}[〕］\\]）)】] ?第? ?[0-9]{1,5} ?号`;
/** 公告2024年第6号, 2024年第6号公告, 令第52号, 第52号令. */
const ORDINAL = `([\\u4e00-\\u9fff ]{0,16}?)(?:公告|通告|令) ?(?:${YEAR} ?年 ?)?第 ?[0-9]{1,5} ?号|${YEAR} ?年 ?第 ?[0-9]{1,5} ?号(?:公告|通告|令)|第 ?[0-9]{1,5} ?号(?:令|公告|通告)`;
/** Numbers after a label, as in tenders and cases: 项目编号：ABC-2024-001. */
const LABELLED =
  /(?:项目|招标|采购|合同|备案|案件|标段|文件|公告|登记|许可证?)编号 ?[:：] ?([A-Za-z0-9\u4e00-\u9fff〔〕()（）[\]_./—-]{4,48})/g;
/** Title before the number, with what may stand between: 》的通知（. */
const TITLE_BEFORE =
  /《([^《》]{1,160}(?:《[^《》]{1,120}》[^《》]{0,60})?)》(?:的?[\u4e00-\u9fff]{0,4})?[\s（(,，]{0,3}$/;
const TITLE_AFTER = /^[\s）)]{0,2}《([^《》]{1,160}(?:《[^《》]{1,120}》[^《》]{0,60})?)》/;
const WINDOW = 360;
/** Length of a notice's head, in which its own number stands alone between blanks, in UTF-16 units. */
const HEAD_LENGTH = 300;

/** Creates the extractor of document numbers, each with the 《title》 next to it, the notice's own title, or ''. */
export function createDocumentNumberExtractor({
  notIssuer,
}: DocumentNumberRules): (source: ExtractionInput) => DocumentNumberFact[] {
  const notIssuerBefore = new RegExp(`^.*(?:${alternation(notIssuer)})`);
  const patterns = [new RegExp(BRACKETED, 'g'), new RegExp(ORDINAL, 'g')];
  return (source) => {
    const found: Span[] = [];
    for (const pattern of patterns) {
      for (const match of source.body.matchAll(pattern)) {
        const issuer = match[1] ?? '';
        const own = issuer.replace(notIssuerBefore, '').trimStart();
        found.push({ start: match.index + issuer.length - own.length, end: match.index + match[0].length });
      }
    }
    for (const match of source.body.matchAll(LABELLED)) {
      const value = match[1] ?? '';
      // A value without digits is no number: 编号：以附件为准.
      if (!/[0-9]/.test(value)) continue;
      const end = match.index + match[0].length;
      found.push({ start: end - value.length, end: end - (/[（(.]$/.test(value) ? 1 : 0) });
    }
    return withoutOverlap(found).map((at) => ({
      kind: 'document-number',
      value: source.body.slice(at.start, at.end),
      title: titleOf(source, at),
      span: sentenceAround(source.sentences, at),
      at,
    }));
  };
}

function titleOf({ title, body }: ExtractionInput, at: Span): string {
  const before = TITLE_BEFORE.exec(body.slice(Math.max(0, at.start - WINDOW), at.start))?.[1];
  const named = before ?? TITLE_AFTER.exec(body.slice(at.end, at.end + WINDOW))?.[1];
  if (named !== undefined) return named;
  const alone =
    (at.start === 0 || /\s/.test(body.charAt(at.start - 1))) && /^(?:\s|$)/.test(body.slice(at.end, at.end + 1));
  return alone && at.start < HEAD_LENGTH ? title : '';
}

/** Sorts by start. Of two that overlap, keeps the one that starts first; at equal starts the longer one. */
function withoutOverlap(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (span.start >= (kept.at(-1)?.end ?? 0)) kept.push(span);
  }
  return kept;
}
