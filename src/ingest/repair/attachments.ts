import type { Attachment } from '../../domain/notice.js';
import { isFileName } from '../source/file-name.js';
import type { Edit } from './edit-buffer.js';

const MAX_NAME = 120;
/** `附件：name`, `附件2：name`, `附件2 name`. */
const LABELLED = /^附件 ?(?:(\d{0,3}) ?[:：] ?|(\d{1,3})[.．、 ] ?)(?=\S)(.*)$/u;
const LABEL = /^附件 ?\d{0,3} ?[:：.．、 ]/u;
const HEADING = /^附件 ?\d{0,3} ?[:：]?$/u;
/** `1.name`, also when the name begins with a year (`1.2024年…`); `1.5` does not match. */
const NUMBERED = /^(\d{1,2}) ?[.．、] ?(?=\D|(?:19|20)\d{2}(?!\d))(.*)$/u;

/** Finds the file names that the export glued to a body's end, in order, and the edits that remove them. */
export function gluedFiles(text: string): { readonly edits: Edit[]; readonly names: string[] } {
  const names: string[] = [];
  let end = text.length;
  for (;;) {
    const start = fileStart(text, end);
    if (start === null) break;
    names.push(text.slice(start, end));
    end = start;
    while (end > 0 && /\s/.test(text.charAt(end - 1))) end--;
  }
  return {
    names: names.reverse(),
    edits: names.length === 0 ? [] : [{ start: end, end: text.length, to: '', rule: 'glued-attachment' }],
  };
}

/** Returns the start of the file name that ends at `end`; null when there is none or its start is ambiguous. */
function fileStart(text: string, end: number): number | null {
  const from = Math.max(0, end - MAX_NAME);
  const window = text.slice(from, end);
  const blank = Math.max(window.lastIndexOf('\n'), window.lastIndexOf(' '));
  const label = window.lastIndexOf('附件');
  const glued = label > blank + 1 && /[。；日）]/.test(window.charAt(label - 1)) ? label : -1;
  const start = glued === -1 ? blank + 1 : glued;
  if (start === 0 && from > 0) return null;
  const name = window.slice(start);
  return isFileName(name) && !/[。；，！？/@]/.test(name) ? from + start : null;
}

/** Converts a file name to an attachment, with the number of its label: `附件2：申报表.docx` → 2, 申报表.docx. */
export function fileAttachment(name: string): Attachment {
  const { number, rest } = splitLabel(name);
  // `附件1.docx` is kept whole: without the label no file name would remain.
  return rest.indexOf('.') > 0 && isFileName(rest)
    ? { kind: 'file', number, name: rest }
    : { kind: 'file', number: null, name };
}

/** Extracts the attachments that a cleaned body lists under 附件. */
export function listedAttachments(body: string): Attachment[] {
  const found: Attachment[] = [];
  let inList = false;
  for (const line of body.split('\n')) {
    if (HEADING.test(line)) {
      inList = true;
      continue;
    }
    inList = LABEL.test(line) || (inList && NUMBERED.test(line));
    if (!inList) continue;
    const { number, rest } = splitLabel(line);
    const name = rest.replace(/[。；;]$/, '').trim();
    if (name !== '' && name.length <= MAX_NAME && !/[。！？]/.test(name)) found.push({ kind: 'listed', number, name });
  }
  return found;
}

/** Splits the label and number off a name. In `附件：1.name`, which has both, the inner number is used. */
function splitLabel(text: string): { readonly number: number | null; readonly rest: string } {
  const labelled = LABELLED.exec(text);
  const rest = labelled?.[3] ?? text;
  const outer = labelled?.[1] ?? labelled?.[2] ?? '';
  const numbered = NUMBERED.exec(rest);
  if (numbered !== null) return { number: Number(numbered[1]), rest: numbered[2] ?? '' };
  return { number: outer === '' ? null : Number(outer), rest };
}
