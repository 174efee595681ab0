import { sql, type Kysely } from 'kysely';
import type { Migrations } from '../sqlite/migrate.js';

/** Migrations of the tables of chats, their settings and their deliveries. */
export const stateMigrations: Migrations = {
  'state-0001': { up: createState },
  'state-0002': { up: addRefusalsAndDigests },
};

async function createState(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

async function addRefusalsAndDigests(db: Kysely<unknown>): Promise<void> {
  for (const statement of [
    'alter table ledger add column refusals integer not null default 0 check (refusals >= 0)',
    'alter table subscriptions add column digest_key text',
    'alter table subscriptions add column digest_cursor integer',
    `alter table subscriptions add column ${instantOrNull('digest_from')}`,
    'create index audit_user on audit (user_id)',
  ]) {
    await sql.raw(statement).execute(db);
  }
}

/** SQL column of an instant as `Date.toISOString` writes it: the order of such texts is the order of the instants. */
const instant = (column: string): string => `${column} text not null check (${column} glob '????-??-??T??:??:??.???Z')`;
const instantOrNull = (column: string): string => `${column} text check (${column} glob '????-??-??T??:??:??.???Z')`;

const address = `
  chat_id integer not null references chats (chat_id) on update cascade on delete cascade,
  thread_id integer not null default 0 check (thread_id >= 0)`;
const fact = `
  notice_id text not null,
  type text not null,
  label text not null`;

const statements = [
  `create table chats (
    chat_id integer primary key,
    type text not null check (type in ('private', 'group', 'supergroup', 'channel')),
    ${instantOrNull('inactive_at')},
    inactive_reason text,
    check (inactive_at is not null or inactive_reason is null)
  ) strict`,
  `create index chats_inactive on chats (inactive_at) where inactive_at is not null`,

  `create table subscriptions (
    ${address},
    mode text not null check (mode in ('digest', 'immediate')),
    settings text not null,
    cursor integer not null,
    ${instantOrNull('next_at')},
    ${instant('last_at')},
    primary key (chat_id, thread_id)
  ) strict, without rowid`,
  `create index subscriptions_digest on subscriptions (next_at) where mode = 'digest'`,
  `create index subscriptions_immediate on subscriptions (cursor) where mode = 'immediate'`,

  `create table reminders (
    id integer primary key autoincrement,
    ${address},
    user_id integer not null,
    ${fact},
    notice_title text not null,
    due_date text not null,
    due_time text,
    days_before text not null,
    ${instantOrNull('next_at')},
    version integer not null,
    unique (chat_id, user_id, notice_id, type, label)
  ) strict`,
  `create index reminders_due on reminders (next_at) where next_at is not null`,
  `create index reminders_notice on reminders (notice_id)`,
  `create index reminders_sent on reminders (due_date) where next_at is null`,

  `create table told (
    id integer primary key,
    ${address},
    ${fact},
    start_date text,
    start_time text,
    end_date text,
    end_time text,
    version integer not null,
    ${instant('told_at')},
    unique (chat_id, notice_id, type, label)
  ) strict`,
  `create index told_notice on told (notice_id)`,
  `create index told_age on told (told_at)`,

  `create table ledger (
    id integer primary key autoincrement,
    key text not null unique,
    kind text not null check (kind in ('correction', 'reminder', 'alert', 'digest', 'broadcast')),
    urgency integer not null generated always as (
      case kind when 'correction' then 0 when 'reminder' then 1 when 'alert' then 2 when 'digest' then 3 else 4 end
    ) virtual,
    ${address},
    message text,
    ${instant('ready_at')},
    ${instant('not_before')},
    ${instantOrNull('not_after')},
    state text not null default 'owed' check (state in ('owed', 'claimed', 'sent', 'rejected', 'dropped')),
    attempts integer not null default 0 check (attempts >= 0),
    error text,
    message_id integer,
    ${instantOrNull('done_at')},
    check ((state in ('owed', 'claimed')) = (done_at is null)),
    check (message is not null or state in ('sent', 'dropped')),
    check (not_before >= ready_at)
  ) strict`,
  // Nearly all deliveries are done; each of these indexes but the last two holds only those that are not.
  `create index ledger_queue on ledger (urgency, ready_at, id, not_before, chat_id) where state = 'owed'`,
  `create index ledger_due on ledger (not_before, chat_id, ready_at, id) where state = 'owed'`,
  `create index ledger_expiry on ledger (not_after) where state = 'owed' and not_after is not null`,
  `create index ledger_lane on ledger (chat_id, ready_at, id) where done_at is null`,
  `create index ledger_claimed on ledger (chat_id) where state = 'claimed'`,
  `create index ledger_done on ledger (state, done_at) where done_at is not null`,
  `create index ledger_chat on ledger (chat_id)`,

  `create table questions (
    id integer primary key autoincrement,
    ${instant('at')},
    user_hash text not null,
    chat_hash text not null,
    question text not null,
    kind text not null check (kind in ('answer', 'choices', 'none')),
    reason text,
    intent text not null,
    notice_id text,
    confidence real not null,
    refused integer not null check (refused in (0, 1)),
    vote text check (vote in ('up', 'down')),
    vote_reason text check (vote_reason in ('wrong', 'incomplete', 'outdated', 'unclear', 'other')),
    done integer not null default 0 check (done in (0, 1))
  ) strict`,
  `create index questions_open on questions (id) where done = 0 and (refused = 1 or vote = 'down')`,
  `create index questions_age on questions (at)`,
  `create index questions_chat on questions (chat_hash)`,

  `create table pins (
    id integer primary key autoincrement,
    question text not null,
    answer text not null,
    created_by integer not null,
    ${instant('created_at')},
    ${instant('expires_at')}
  ) strict`,

  `create table audit (
    id integer primary key autoincrement,
    ${instant('at')},
    user_id integer not null,
    action text not null,
    allowed integer not null check (allowed in (0, 1)),
    detail text not null
  ) strict`,
  `create index audit_age on audit (at)`,

  `create table marks (name text primary key, value text not null) strict, without rowid`,
  // Separate from the marks, which any job may read and log.
  `create table secrets (name text primary key, value text not null) strict, without rowid`,
];
