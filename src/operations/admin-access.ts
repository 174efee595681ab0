import type { AuditLog } from '../store/state-store.js';

/** Access control of the admin commands. Every use and every refusal is written to the audit log. */
export interface AdminAccess {
  isAdmin(userId: number): boolean;
  /**
   * Writes an audit row; `detail` is what was asked for, cut to one line. Throws when it cannot be written: what is not
   * audited is not done.
   */
  audit(userId: number, action: string, allowed: boolean, detail: string): Promise<void>;
}

/** Upper bound, in UTF-16 units, on `detail`: shows what was asked; a hostile message is not kept whole. */
const MAX_DETAIL_LENGTH = 200;

export function createAdminAccess(
  adminIds: ReadonlySet<number>,
  audit: Pick<AuditLog, 'add'>,
  now: () => Date,
): AdminAccess {
  return {
    isAdmin: (userId) => adminIds.has(userId),
    audit: (userId, action, allowed, detail) =>
      audit.add({
        at: now().toISOString(),
        userId,
        action,
        allowed,
        detail: detail
          .slice(0, MAX_DETAIL_LENGTH)
          .replace(/\p{Surrogate}/gu, '')
          .replace(/\s+/g, ' '),
      }),
  };
}
