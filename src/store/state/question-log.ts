import { randomBytes } from 'node:crypto';
import { sql, type Insertable, type Selectable } from 'kysely';
import { chunks } from '../records.js';
import { BatchedInsert } from '../sqlite/group-commit.js';
import type { LoggedQuestion, QuestionLog, StoredQuestion } from '../state-store.js';
import type { QuestionsTable } from './rows.js';
import { toSqlLimit, type StateDb, type StateTransaction } from './state-database.js';

/** Reasons of refusals that do not show what the notices lack. */
const REASONS_WITHOUT_QUESTION: ReadonlySet<string | null> = new Set(['chitchat', 'empty-question', 'too-long']);
const IDS = 500;
const SALT = 'question-salt';
/** As long as the HMAC-SHA-256 that it keys. */
const SALT_BYTES = 32;

export function questionLog({ read, write }: StateDb): QuestionLog {
  const asked = new BatchedInsert(write, insert);
  return {
    log: (question) => asked.add(question),
    vote: (id, userHash, vote, reason) =>
      write(async (trx) => {
        if (!Number.isSafeInteger(id)) return false;
        const result = await trx
          .updateTable('questions')
          .set({ vote, vote_reason: reason })
          .where('id', '=', id)
          .where('user_hash', '=', userHash)
          .executeTakeFirst();
        return result.numUpdatedRows > 0n;
      }),
    get: (id) =>
      read(async (trx) => {
        if (!Number.isSafeInteger(id)) return null;
        const row = await trx.selectFrom('questions').selectAll().where('id', '=', id).executeTakeFirst();
        return row === undefined ? null : questionOf(row);
      }),
    listUnresolved: (limit) =>
      read(async (trx) => {
        const { rows } = await sql<Selectable<QuestionsTable>>`select * from questions indexed by questions_open
          where done = 0 and (refused = 1 or vote = 'down') order by id desc limit ${toSqlLimit(limit)}`.execute(trx);
        return rows.map(questionOf);
      }),
    markResolved: (ids) =>
      write(async (trx) => {
        let done = 0;
        for (const some of chunks([...new Set(ids)], IDS)) {
          const result = await trx
            .updateTable('questions')
            .set({ done: 1 })
            .where('id', 'in', some)
            .where('done', '=', 0)
            .executeTakeFirst();
          done += Number(result.numUpdatedRows);
        }
        return done;
      }),
    salt: () => write(getOrCreateSalt),
  };
}

/** Inserts questions. Returns their ids in the same order. */
async function insert(trx: StateTransaction, questions: readonly LoggedQuestion[]): Promise<number[]> {
  const rows = await trx.insertInto('questions').values(questions.map(rowOf)).returning('id').execute();
  // Ids are assigned in the order of the rows, but SQLite does not guarantee to return them in that order.
  return rows.map(({ id }) => id).sort((a, b) => a - b);
}

function rowOf(question: LoggedQuestion): Insertable<QuestionsTable> {
  return {
    at: question.at,
    user_hash: question.userHash,
    chat_hash: question.chatHash,
    question: question.question,
    kind: question.kind,
    reason: question.reason,
    intent: question.intent,
    notice_id: question.noticeId,
    confidence: question.confidence,
    refused: question.kind === 'none' && !REASONS_WITHOUT_QUESTION.has(question.reason) ? 1 : 0,
  };
}

function questionOf(row: Selectable<QuestionsTable>): StoredQuestion {
  return {
    id: row.id,
    at: row.at,
    userHash: row.user_hash,
    chatHash: row.chat_hash,
    question: row.question,
    kind: row.kind,
    reason: row.reason,
    intent: row.intent,
    noticeId: row.notice_id,
    confidence: row.confidence,
    vote: row.vote,
    voteReason: row.vote_reason,
  };
}

/** Returns the stored salt; null while nothing was hashed. */
export async function readSalt(trx: StateTransaction): Promise<string | null> {
  const row = await trx.selectFrom('secrets').select('value').where('name', '=', SALT).executeTakeFirst();
  return row?.value ?? null;
}

/** Returns the stored salt; generates and stores one when there is none. */
export async function getOrCreateSalt(trx: StateTransaction): Promise<string> {
  const stored = await readSalt(trx);
  if (stored !== null) return stored;
  const fresh = randomBytes(SALT_BYTES).toString('hex');
  await trx.insertInto('secrets').values({ name: SALT, value: fresh }).execute();
  return fresh;
}
