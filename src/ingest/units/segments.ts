import type { Span } from '../../domain/fact.js';

/** Run of sentences that belong together by layout: one line of the body, or one item of a list within it. */
export interface Segment {
  /** Indexes (inclusive) of its sentences. */
  readonly from: number;
  readonly to: number;
  /** Number of segments that enclose it. */
  readonly depth: number;
  /** Headings that enclose it, the outermost first, without their list marks. */
  readonly path: readonly string[];
  /** Its own heading: the words before its first colon or stop, without the list mark. */
  readonly head: string;
}

/** Styles of list marks; which style encloses which is read from the order of their first use. */
const STYLES: readonly (readonly [name: string, mark: RegExp])[] = [
  ['一、', /^[一二三四五六七八九十]{1,3}[、.．]/],
  ['第一章', /^第[一二三四五六七八九十0-9]{1,3}[章节部编][,，、\s]?/],
  ['第一条', /^第[一二三四五六七八九十百0-9]{1,4}条[,，、\s]?/],
  ['（一）', /^[（(][一二三四五六七八九十]{1,3}[)）][、.．]?/],
  ['1.', /^[0-9]{1,2}[.．、](?![0-9])/],
  ['（1）', /^[（(][0-9]{1,2}[)）][、.．]?/],
  ['1）', /^[0-9]{1,2}[)）]/],
  ['①', /^[①-⑳]/],
  ['一是', /^[一二三四五六七八九十]是/],
  ['第一，', /^第[一二三四五六七八九十][,，、]/],
  ['【】', /^【[^】]{1,30}】/],
  ['问：', /^(?:问|q)[0-9]{0,2}[:：.、]/i],
  ['附件', /^附件(?:[0-9一二三四五六七八九十]{0,2})[:：]/],
  ['●', /^[●■◆▲★•·\-—][ \t]?/],
];
/** Style of a short line without a mark that heads what follows, and of a line that introduces a list. */
const PLAIN = 'plain';
const INTRODUCTION = 'introduction';

/** Upper bounds, in UTF-16 units: on a line that may be a heading without a mark, and on the words of any heading. */
const PLAIN_HEADING_LENGTH = 20;
const HEADING_LENGTH = 32;
/** Introduces the whole text, and tells nothing of its parts: 现将有关事项公告如下. */
const WHOLE_TEXT =
  /(?:公告|通知|通告|公布|公示|说明|事项|安排|规定|发布|印发|告知|提示)如下[:：]$|^(?:尊敬的|亲爱的|广大)|^各.{0,16}(?:单位|学校|学院|部门|高校|[县区市校]|家长|同学|考生|用户|业主|居民|旅客|企业|人员)[:：]$/;
const STOP = /[。；;！!？?：:\n]/;
const DEEPEST = 8;

interface Open {
  readonly style: string;
  readonly head: string;
  /** True for a heading on a line of its own: lines without a mark below it belong to it. */
  readonly isBare: boolean;
}

/**
 * Reads the layout of a body whose sentences are given. A segment starts at every line and at every sentence that opens
 * with a list mark. Linear in the length.
 */
export function readSegments(body: string, sentences: readonly Span[]): Segment[] {
  const starts = sentences.flatMap((span, i) => {
    const gap = i === 0 ? '\n' : body.slice(sentences[i - 1]?.end ?? 0, span.start);
    const style = styleOf(body.slice(span.start, span.start + 40));
    return gap.includes('\n') || (style !== null && style.name !== '【】' && style.name !== '●') ? [i] : [];
  });
  const segments: Segment[] = [];
  let open: Open[] = [];
  starts.forEach((from, n) => {
    const to = (starts[n + 1] ?? sentences.length) - 1;
    const start = sentences[from]?.start ?? 0;
    const text = body.slice(start, sentences[to]?.end ?? start);
    const style = styleOf(text.slice(0, 40));
    const nextStart = sentences[to + 1]?.start;
    const next = nextStart === undefined ? '' : body.slice(nextStart, nextStart + 60);
    const name = style?.name ?? unmarkedStyle(text, next);
    const outer = open.findIndex((one) => one.style === name);
    if (outer !== -1) open = open.slice(0, outer);
    // A line without a mark ends the lists around it, but stays under the headings that stand alone.
    else if (name === null || name === PLAIN) open = open.slice(0, open.findLastIndex(({ isBare }) => isBare) + 1);
    open = open.slice(0, DEEPEST);
    const words = text.slice(style?.length ?? 0);
    const head = name === INTRODUCTION ? lastClause(words) : name === '附件' ? '附件' : headOf(words);
    segments.push({ from, to, depth: open.length, path: open.map((one) => one.head), head });
    const isBare = name === PLAIN || name === '问：' || words.replace(/[：:]$/, '').trim() === head;
    if (name !== null) open = [...open, { style: name, head, isBare: isBare && name !== INTRODUCTION }];
  });
  return segments;
}

function styleOf(text: string): { readonly name: string; readonly length: number } | null {
  // Full-width marks (１．) keep their length.
  const half = text.replace(/[０-９．）（]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  for (const [name, mark] of STYLES) {
    const found = mark.exec(half);
    if (found !== null) return { name, length: name === '【】' ? 0 : found[0].length };
  }
  return null;
}

function unmarkedStyle(text: string, next: string): string | null {
  if (next === '') return null;
  if (/[:：]$/.test(text)) return WHOLE_TEXT.test(text) ? null : INTRODUCTION;
  const isShort = text.length <= PLAIN_HEADING_LENGTH && !/[。；，,;！!0-9\t|｜]| {2}|\u3000/.test(text);
  return isShort && (next.length > text.length || styleOf(next) !== null) ? PLAIN : null;
}

function headOf(text: string): string {
  const stop = text.search(STOP);
  const head = stop === -1 ? text : text.slice(0, stop);
  return head.slice(0, HEADING_LENGTH).trim();
}

/** Returns the last clause of an introduction: 有下列情形之一的，不予补贴： → 不予补贴. */
function lastClause(text: string): string {
  const clauses = text.split(/[，,。；;]/);
  return (clauses.at(-1) ?? '')
    .replace(/[:：]$/, '')
    .slice(-HEADING_LENGTH)
    .trim();
}
