import type { ColumnType, Generated } from 'kysely';
import type { ChatType } from '../../domain/chat.js';
import type { DeliveryKind } from '../../domain/delivery.js';
import type { DeliveryState, VoteReason } from '../state-store.js';

/**
 * Tables after the newest migration. Instants are ISO 8601 in UTC with milliseconds (checked, since they are compared
 * as text); flags are 0 or 1. Rows of a chat refer to its row in `chats`, and are deleted and moved with it.
 */
export interface StateTables {
  chats: ChatsTable;
  subscriptions: SubscriptionsTable;
  reminders: RemindersTable;
  told: AnnouncedFactsTable;
  ledger: LedgerTable;
  questions: QuestionsTable;
  pins: PinsTable;
  audit: AuditTable;
  marks: MarksTable;
  secrets: MarksTable;
}

interface ChatsTable {
  chat_id: number;
  type: ChatType;
  /** Null for an active chat. */
  inactive_at: string | null;
  inactive_reason: string | null;
}

interface AddressColumns {
  chat_id: number;
  /** 0 outside forum topics, so that it takes part in unique keys. */
  thread_id: number;
}

interface FactColumns {
  notice_id: string;
  type: string;
  label: string;
}

export interface SubscriptionsTable extends AddressColumns {
  mode: 'digest' | 'immediate';
  /** JSON of the settings. */
  settings: string;
  cursor: number;
  next_at: string | null;
  last_at: string;
  /** Last digest: the prefix of its deliveries' keys, and where it began. All null when there is none. */
  digest_key: string | null;
  digest_cursor: number | null;
  digest_from: string | null;
}

export interface RemindersTable extends AddressColumns, FactColumns {
  id: Generated<number>;
  user_id: number;
  notice_title: string;
  due_date: string;
  due_time: string | null;
  /** JSON array of days. */
  days_before: string;
  next_at: string | null;
  version: number;
}

export interface AnnouncedFactsTable extends AddressColumns, FactColumns {
  id: Generated<number>;
  start_date: string | null;
  start_time: string | null;
  end_date: string | null;
  end_time: string | null;
  version: number;
  told_at: string;
}

export interface LedgerTable extends AddressColumns {
  id: Generated<number>;
  key: string;
  kind: DeliveryKind;
  /** 0 for the most urgent kind. */
  urgency: ColumnType<number, never, never>;
  /** JSON of the message; null once it is sent or dropped. */
  message: string | null;
  /** Place in the chat's queue: the original `notBefore`; once it lost its turn, that of its next attempt. */
  ready_at: string;
  /** Earliest instant of the next attempt; never before `ready_at`. */
  not_before: string;
  not_after: string | null;
  /** No delivery of an inactive chat is `owed`. */
  state: Generated<DeliveryState>;
  attempts: Generated<number>;
  /** How many of the attempts were refused. */
  refusals: Generated<number>;
  error: Generated<string | null>;
  message_id: Generated<number | null>;
  /** When it was sent, rejected or dropped; null while it is `owed` (queued) or `claimed`. */
  done_at: string | null;
}

export interface QuestionsTable {
  id: Generated<number>;
  at: string;
  user_hash: string;
  chat_hash: string;
  question: string;
  kind: 'answer' | 'choices' | 'none';
  reason: string | null;
  intent: string;
  notice_id: string | null;
  confidence: number;
  /** 1 when it was refused for lack of an answer. */
  refused: number;
  vote: 'up' | 'down' | null;
  vote_reason: VoteReason | null;
  done: Generated<number>;
}

interface PinsTable {
  id: Generated<number>;
  question: string;
  answer: string;
  created_by: number;
  created_at: string;
  expires_at: string;
}

interface AuditTable {
  id: Generated<number>;
  at: string;
  user_id: number;
  action: string;
  allowed: number;
  detail: string;
}

interface MarksTable {
  name: string;
  value: string;
}
