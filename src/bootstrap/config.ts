import { z } from 'zod';
import { OperatorError } from '../domain/errors.js';
import { operatorMessages as m } from '../messages/operator.js';

/** How updates from Telegram reach the bot. Polling needs no address of its own. */
export type TelegramModeConfig =
  | { readonly kind: 'polling' }
  | {
      readonly kind: 'webhook';
      readonly url: string;
      readonly secret: string;
      readonly host: string;
      readonly port: number;
    };

export interface TelegramConfig {
  readonly token: string;
  /** Base address of a self-hosted Bot API server; undefined means Telegram's own. */
  readonly apiRoot: string | undefined;
  readonly mode: TelegramModeConfig;
}

export interface Config {
  readonly dataDir: string;
  readonly sourceMaxBytes: number;
  readonly logLevel: string;
  /** Telegram ids of the users who may use the admin commands; empty: nobody. */
  readonly adminIds: ReadonlySet<number>;
  /** Sources that /reindex reads, in the given order, without duplicates. */
  readonly sources: readonly string[];
  /** Address of /healthz and /metrics; null: not served. */
  readonly operations: { readonly host: string; readonly port: number } | null;
  /** Longest time without a successful index run before the health check fails; null: not checked. */
  readonly ingestMaxAgeHours: number | null;
  readonly questionLogDays: number;
  /** Null without a token: the program then runs the terminal chat. */
  readonly telegram: TelegramConfig | null;
}

const MEBIBYTE = 1024 * 1024;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Largest Telegram user id: ids have at most 52 significant bits (core.telegram.org/bots/api#user). */
const LARGEST_USER_ID = 2 ** 52 - 1;

/** Parses a list such as `12345, 67890`. Ids of users are positive; NaN stands for anything else. */
function parseUserIds(text: string): number[] {
  return listOf(text, /[\s,，;；]+/).map((part) => (/^[1-9][0-9]*$/.test(part) ? Number(part) : Number.NaN));
}

function listOf(text: string, separator: RegExp): string[] {
  const parts = text.split(separator).map((part) => part.trim());
  return [...new Set(parts.filter((part) => part !== ''))];
}

const wholeNumber = (from: number, to: number, message: string): z.ZodCoercedNumber =>
  z.coerce.number(message).int(message).min(from, message).max(to, message);

const httpUrl = (protocol: RegExp): z.ZodURL => z.url({ protocol, message: m.settings.url });

/**
 * Environment variables that the program reads, in the order of the README's table.
 * An empty variable counts as unset: that is how `.env.example` ships.
 */
export const environmentSchema = z.object({
  BOT_TOKEN: z
    .string()
    .regex(/^[0-9]{3,20}:[A-Za-z0-9_-]{3,100}$/, m.settings.token)
    .optional()
    .describe('Token from @BotFather. Unset: chat in the terminal instead of Telegram.'),
  DATA_DIR: z.string().default('var').describe('Folder of the database and the index snapshot.'),
  TELEGRAM_API_ROOT: httpUrl(/^https?$/)
    .optional()
    .describe('Base address of a self-hosted Bot API server.'),
  WEBHOOK_URL: httpUrl(/^https?$/)
    .optional()
    .describe('Public address for updates. Unset: long polling.'),
  WEBHOOK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,256}$/, m.settings.secret)
    .optional()
    .describe('Secret that Telegram sends with each update; required with WEBHOOK_URL.'),
  WEBHOOK_HOST: z.string().default('0.0.0.0').describe('Address the webhook listens on.'),
  WEBHOOK_PORT: wholeNumber(0, 65535, m.settings.port).default(8080).describe('Port the webhook listens on.'),
  ADMIN_IDS: z
    .string()
    .default('')
    .transform(parseUserIds)
    .refine((ids) => ids.every((id) => id <= LARGEST_USER_ID), m.settings.adminIds)
    .describe("Telegram user ids of the admins, separated by commas. Unset: nobody may use the admin's commands."),
  SOURCES: z
    .string()
    .default('')
    .transform((text) => listOf(text, /[;\n]/))
    .describe('Files and folders that /reindex reads, separated by ; (addresses hold a colon).'),
  SOURCE_MAX_MB: wholeNumber(1, 1024, m.settings.sourceMaxMb)
    .default(64)
    .describe('Largest source file read, in MiB; of a larger one the beginning is read.'),
  INGEST_MAX_AGE_HOURS: wholeNumber(1, 8760, m.settings.ingestMaxAge)
    .optional()
    .describe('The health check fails when no index run succeeded for so many hours. Unset: not checked.'),
  OPERATIONS_PORT: wholeNumber(0, 65535, m.settings.port)
    .optional()
    .describe('Port of /healthz and /metrics. Unset: not served.'),
  OPERATIONS_HOST: z.string().default('127.0.0.1').describe('Address of /healthz and /metrics.'),
  QUESTION_LOG_DAYS: wholeNumber(1, 3650, m.settings.questionLogDays)
    .default(90)
    .describe('Days that questions are kept, without names, for /unanswered.'),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, m.settings.logLevel(LOG_LEVELS))
    .default('info')
    .describe('How much the bot logs: trace, debug, info, warn, error, fatal or silent.'),
});

/**
 * Reads the settings from environment variables. Throws an `OperatorError` (exit code 2) that names the variable and
 * what it should be; the error never repeats a value, because some are secret.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim() !== ''));
  const result = environmentSchema.safeParse(set);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new OperatorError(m.settingInvalid(issue?.path.join('.') ?? '', issue?.message ?? ''), { exitCode: 2 });
  }
  const e = result.data;
  return {
    dataDir: e.DATA_DIR,
    sourceMaxBytes: e.SOURCE_MAX_MB * MEBIBYTE,
    logLevel: e.LOG_LEVEL,
    adminIds: new Set(e.ADMIN_IDS),
    sources: e.SOURCES,
    operations: e.OPERATIONS_PORT === undefined ? null : { host: e.OPERATIONS_HOST, port: e.OPERATIONS_PORT },
    ingestMaxAgeHours: e.INGEST_MAX_AGE_HOURS ?? null,
    questionLogDays: e.QUESTION_LOG_DAYS,
    telegram:
      e.BOT_TOKEN === undefined
        ? null
        : { token: e.BOT_TOKEN, apiRoot: e.TELEGRAM_API_ROOT?.replace(/\/$/, ''), mode: telegramMode(e) },
  };
}

function telegramMode(e: z.infer<typeof environmentSchema>): TelegramModeConfig {
  if (e.WEBHOOK_URL === undefined) {
    if (e.WEBHOOK_SECRET !== undefined) {
      throw new OperatorError(m.settingInvalid('WEBHOOK_SECRET', m.settings.secretWithoutUrl), { exitCode: 2 });
    }
    return { kind: 'polling' };
  }
  if (e.WEBHOOK_SECRET === undefined) {
    throw new OperatorError(m.settingInvalid('WEBHOOK_SECRET', m.settings.urlWithoutSecret), { exitCode: 2 });
  }
  return { kind: 'webhook', url: e.WEBHOOK_URL, secret: e.WEBHOOK_SECRET, host: e.WEBHOOK_HOST, port: e.WEBHOOK_PORT };
}
