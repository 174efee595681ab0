import type { Edit } from './edit-buffer.js';

const RULE = 'restored-break';
/** Heading of an attachment list: `附件：`, `附件2：`, `附件2.`. */
const LABEL = /附件 ?(?:\d{0,2} ?[:：]|\d{1,2}[.．](?=\p{Script=Han}))/gu;
/** Characters after which the label is part of a sentence (`详见附件：`). */
const IN_SENTENCE = /[（(《〈“"‘'[［【见和及与、的有各本该其后前如含为将把以]/;
const NUMBER = /(\d{1,2})[.．、](?!\d)/g;
const MAX_LIST = 4_000;

const SIGNATURE = /(?<!\d)\d{4}年\d{1,2}月\d{1,2}日$/;
const MAX_SIGNATURE = 12;
/** Words after which a final date belongs to the sentence and is not the signature. */
const STATES_DATE = /(?:时间|日期|期限|截止|截至|[至于到自在从为是即：:（(—\-~～、，,])$/;

/** Returns the edits that restore lost line breaks: before attachment lists, their numbers and the signature date. */
export function breakEdits(text: string): Edit[] {
  const labels = Array.from(text.matchAll(LABEL), ({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
  }));
  const places: number[] = [];
  labels.forEach((label, i) => {
    const before = text
      .slice(Math.max(0, label.start - 2), label.start)
      .trimEnd()
      .slice(-1);
    if (before !== '' && !IN_SENTENCE.test(before)) places.push(label.start);
    const end = Math.min(labels[i + 1]?.start ?? text.length, label.end + MAX_LIST);
    places.push(...numberPlaces(text, label.end, end));
  });
  const tail = text.slice(-MAX_SIGNATURE - 1);
  const signature = SIGNATURE.exec(tail);
  if (signature !== null) {
    const at = text.length - tail.length + signature.index;
    if (!STATES_DATE.test(text.slice(Math.max(0, at - 4), at).trimEnd())) places.push(at);
  }
  return places.flatMap((place) => breakBefore(text, place));
}

/** Returns the offsets of 2., 3. … in a list that begins with 1.; empty for any other text. */
function numberPlaces(text: string, start: number, end: number): number[] {
  const list = text.slice(start, end);
  if (!/^\s{0,4}1[.．、](?!\d)/.test(list)) return [];
  const places: number[] = [];
  let expected = 2;
  for (const { index, 1: number } of list.matchAll(NUMBER)) {
    if (Number(number) !== expected || /[A-Za-z\d.．-]/.test(list.charAt(index - 1))) continue;
    places.push(start + index);
    expected++;
  }
  return places;
}

function breakBefore(text: string, place: number): Edit[] {
  if (place === 0 || text.charAt(place - 1) === '\n') return [];
  const start = text.charAt(place - 1) === ' ' ? place - 1 : place;
  return start === 0 ? [] : [{ start, end: place, to: '\n', rule: RULE }];
}
