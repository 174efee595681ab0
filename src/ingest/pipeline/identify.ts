import { createHash } from 'node:crypto';
import type { Attachment, Notice, RawNotice } from '../../domain/notice.js';

/** Fields of a notice that repairing produces. */
export type RepairedFields = Pick<Notice, 'title' | 'body' | 'attachments' | 'repairs'>;

/**
 * Turns repaired items into notices. An item without an id gets one from its title and date: reading it again, from
 * whatever file, finds the stored one, and a changed body is a new version of it. Items that share title and date are
 * numbered in their order.
 */
export function assignNoticeIds(
  items: readonly { readonly raw: RawNotice; readonly cleaned: RepairedFields }[],
): Notice[] {
  const given = new Map<string, number>();
  return items.map(({ raw, cleaned }) => {
    const base = raw.id ?? sha256([cleaned.title, raw.publishedOn ?? '']).slice(0, 16);
    const before = given.get(base) ?? 0;
    given.set(base, before + 1);
    // An id that the source itself repeats is the same notice again; the store keeps the last one.
    const id = raw.id === null && before > 0 ? `${base}-${before + 1}` : base;
    return {
      id,
      ...cleaned,
      publishedOn: raw.publishedOn,
      dateOrigin: raw.dateOrigin,
      column: raw.column,
      url: raw.url,
      raw: { title: raw.title, body: raw.body, attachments: raw.attachments },
      contentHash: contentHash(raw, cleaned),
    };
  });
}

function contentHash(raw: RawNotice, { title, body, attachments }: RepairedFields): string {
  const shown = attachments.map(({ kind, number, name }: Attachment) => `${kind} ${number ?? ''} ${name}`);
  return sha256([title, body, raw.publishedOn ?? '', raw.column ?? '', raw.url ?? '', raw.body, ...shown]);
}

/** Hashes the parts with their lengths, so that different lists never give the same input. */
function sha256(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:${part}`);
  return hash.digest('hex');
}
