import type { AuditLog, JobMarks, PinTable } from '../state-store.js';
import { toSqlLimit, type StateDb } from './state-database.js';

export function pinTable({ read, write }: StateDb): PinTable {
  return {
    add: (pin) =>
      write(async (trx) => {
        const { id } = await trx
          .insertInto('pins')
          .values({
            question: pin.question,
            answer: pin.answer,
            created_by: pin.createdBy,
            created_at: pin.createdAt,
            expires_at: pin.expiresAt,
          })
          .returning('id')
          .executeTakeFirstOrThrow();
        return id;
      }),
    remove: (id) =>
      write(async (trx) => {
        if (!Number.isSafeInteger(id)) return false;
        return (await trx.deleteFrom('pins').where('id', '=', id).executeTakeFirst()).numDeletedRows > 0n;
      }),
    listActive: (now) =>
      read(async (trx) => {
        const rows = await trx.selectFrom('pins').selectAll().where('expires_at', '>', now).orderBy('id').execute();
        return rows.map((row) => ({
          id: row.id,
          question: row.question,
          answer: row.answer,
          createdBy: row.created_by,
          createdAt: row.created_at,
          expiresAt: row.expires_at,
        }));
      }),
  };
}

export function auditLog({ read, write }: StateDb): AuditLog {
  return {
    add: ({ at, userId, action, allowed, detail }) =>
      write(async (trx) => {
        await trx
          .insertInto('audit')
          .values({ at, user_id: userId, action, allowed: allowed ? 1 : 0, detail })
          .execute();
      }),
    last: (limit) =>
      read(async (trx) => {
        const query = trx.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(toSqlLimit(limit));
        return (await query.execute()).map((row) => ({
          at: row.at,
          userId: row.user_id,
          action: row.action,
          allowed: row.allowed === 1,
          detail: row.detail,
        }));
      }),
  };
}

export function jobMarks({ read, write }: StateDb): JobMarks {
  return {
    get: (name) =>
      read(async (trx) => {
        const row = await trx.selectFrom('marks').select('value').where('name', '=', name).executeTakeFirst();
        return row?.value ?? null;
      }),
    set: (name, value) =>
      write(async (trx) => {
        await trx
          .insertInto('marks')
          .values({ name, value })
          .onConflict((c) => c.column('name').doUpdateSet({ value }))
          .execute();
      }),
  };
}
