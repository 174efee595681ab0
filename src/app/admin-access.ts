import type { AuditLog } from '../store/state-store.js';

/** Who may use the admin's commands; every use and every refusal is written down. */
export interface AdminAccess {
  isAdmin(userId: number): boolean;
  /** `detail`: what was asked for, cut to a line. Throws when it cannot be written: what is not audited is not done. */
  audit(userId: number, action: string, allowed: boolean, detail: string): Promise<void>;
}

/** Enough to see what was asked; a hostile message is not kept whole. */
const DETAIL_LENGTH = 200;

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
          .slice(0, DETAIL_LENGTH)
          .replace(/\p{Surrogate}/gu, '')
          .replace(/\s+/g, ' '),
      }),
  };
}
