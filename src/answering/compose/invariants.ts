import type { Answer } from '../../domain/answer.js';

/** Text of a stored (repaired) notice. */
export interface NoticeText {
  readonly title: string;
  readonly body: string;
  /** Files that the page offers, whether the body names them or not. */
  readonly attachments?: readonly { readonly name: string }[];
}

export type NoticeTextReader = (id: string) => Promise<NoticeText | null>;

/** Ways in which an answer can break the invariants of evidence and digits. None may ever occur. */
export const VIOLATIONS = ['no-quote', 'quote-not-in-notice', 'digits-not-in-notice', 'notice-not-stored'] as const;
export type Violation = (typeof VIOLATIONS)[number];

/**
 * Returns the invariants that an answer breaks, checked against stored notices: its quote is a literal part of the
 * cited notice, and every run of three or more digits in the answer (and in those of other notices, `also`) occurs in
 * the notice cited for it.
 */
export async function findViolations(answer: Answer, notice: NoticeTextReader): Promise<Violation[]> {
  if (answer.kind !== 'answer') return [];
  const broken = new Set<Violation>();
  const stored = await notice(answer.notice.id);
  if (answer.quote.trim() === '') broken.add('no-quote');
  if (stored === null) broken.add('notice-not-stored');
  else if (!stored.body.includes(answer.quote) && !stored.title.includes(answer.quote)) {
    broken.add('quote-not-in-notice');
  }
  // A notice that is no longer stored: its title and the quote are all there is to check the digits against.
  const proof = stored ?? { title: answer.notice.title, body: answer.quote };
  if (!digitsStandIn(answer.answer, proof)) broken.add('digits-not-in-notice');
  for (const other of answer.also) {
    const text = await notice(other.notice.id);
    if (text === null) broken.add('notice-not-stored');
    else if (!digitsStandIn(other.answer, text)) broken.add('digits-not-in-notice');
  }
  return VIOLATIONS.filter((violation) => broken.has(violation));
}

function digitsStandIn(answer: string, { title, body, attachments = [] }: NoticeText): boolean {
  const runs = answer.normalize('NFKC').match(/[0-9]{3,}/g) ?? [];
  if (runs.length === 0) return true;
  const text = [title, body, ...attachments.map(({ name }) => name)].join('\n').normalize('NFKC');
  return runs.every((run) => text.includes(run));
}
