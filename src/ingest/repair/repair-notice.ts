import type { Attachment, RawNotice, Repair } from '../../domain/notice.js';
import { fileAttachment, gluedFiles, listedAttachments } from './attachments.js';
import { blankEdits } from './blanks.js';
import { breakEdits } from './line-breaks.js';
import { entityEdits, invisibleEdits } from './characters.js';
import { EditBuffer } from './edit-buffer.js';
import { collectCompanions, injectionEdits, isMaskRule, isPhraseRule } from './injections.js';
import type { RepairRules } from './rules.js';

export interface RepairedNotice {
  readonly title: string;
  readonly body: string;
  /** Files first, in order, then the attachments listed in the body. */
  readonly attachments: readonly Attachment[];
  /**
   * Ordered by field, then by offset. For `attachment` the received text is the received names joined with '\n'.
   * `applyRepairs` with the repairs of one field converts its received text to the cleaned text.
   */
  readonly repairs: readonly Repair[];
  /** Number of phrases replaced by the mask. */
  readonly masked: number;
}

/** Upper bound on rounds of passes over a field. One repair can enable another; real text is stable after two. */
const MAX_ROUNDS = 16;

/** Cleans a notice and records each change. Pure and idempotent; linear in the length of the text. Never throws. */
export function repairNotice(raw: RawNotice, rules: RepairRules): RepairedNotice {
  const companions = collectCompanions([raw.title, raw.body, ...raw.attachments], rules);
  const title = new EditBuffer(raw.title, isPhraseRule);
  const body = new EditBuffer(raw.body, isPhraseRule);
  const files = raw.attachments.map((name) => new EditBuffer(name, isPhraseRule));
  const glued: string[][] = [];

  applyUntilStable(title, (draft) => cleanCharacters(draft, 'title', rules, companions));
  applyUntilStable(body, (draft) => {
    const changed = [cleanCharacters(draft, 'body', rules, companions), draft.apply(breakEdits(draft.text))];
    const { edits, names } = gluedFiles(draft.text);
    glued.push(names);
    changed.push(draft.apply(edits));
    return changed.includes(true);
  });
  for (const file of files) applyUntilStable(file, (draft) => cleanCharacters(draft, 'attachment', rules, companions));

  const repairs = [...title.repairs('title'), ...body.repairs('body'), ...attachmentRepairs(files)];
  return {
    title: title.text,
    body: body.text,
    attachments: attachmentsOf([...files.map((file) => file.text), ...glued.reverse().flat()], body.text),
    repairs,
    masked: repairs.filter((repair) => isMaskRule(repair.rule)).length,
  };
}

/** Repeats `pass` until it reports no change, at most `MAX_ROUNDS` times. */
function applyUntilStable(draft: EditBuffer, pass: (draft: EditBuffer) => boolean): void {
  for (let round = 0; round < MAX_ROUNDS && pass(draft); round++);
}

function cleanCharacters(
  draft: EditBuffer,
  field: Repair['field'],
  rules: RepairRules,
  companions: ReadonlySet<string>,
): boolean {
  const changed = [
    draft.apply(entityEdits(draft.text)),
    draft.apply(invisibleEdits(draft.text)),
    draft.apply(injectionEdits(draft.text, rules, companions)),
    draft.apply(blankEdits(draft.text, field, rules.interrogative)),
  ];
  return changed.includes(true);
}

function attachmentRepairs(files: readonly EditBuffer[]): Repair[] {
  let offset = 0;
  return files.flatMap((file) => {
    const repairs = file.repairs('attachment').map((repair) => ({ ...repair, at: repair.at + offset }));
    offset += file.received.length + 1;
    return repairs;
  });
}

function attachmentsOf(names: readonly string[], body: string): Attachment[] {
  const files = [...new Set(names)].filter((name) => name !== '').map(fileAttachment);
  return [...files, ...listedAttachments(body)];
}
