/**
 * The ledger of verdicts: one line a question, kept under version control, so that
 * a change of answering shows as a diff of single verdicts and not as a sum.
 */

/** One question of a set, as it is answered at present. */
export interface VerdictRow {
  /** Of the question; a turn of a dialogue is `d1#2`. Unique within a set. */
  readonly id: string;
  /** `unsure`: an answer that is shown only as the nearest line. */
  readonly kind: 'answer' | 'unsure' | 'choices' | 'none';
  /** For a question with a gold text: whether the answer covers it, and the rank of its notice (`right@1`, `wrong@-`). */
  readonly verdict: string;
  /** Of the cited notice; null when none is cited. */
  readonly noticeId: string | null;
  /** The beginning of the answer, on one line. */
  readonly answer: string;
}

/** Characters of an answer that a ledger keeps. */
export const ANSWER_LENGTH = 60;
/** The same for a set whose notices are not part of the project: sentences of others are not copied into it. */
export const FOREIGN_ANSWER_LENGTH = 24;

const NONE = '-';
const COLUMNS = ['id', 'kind', 'verdict', 'notice', 'answer'].join('\t');

/** Returns the text of a ledger file: `#` lines that say what it is, then a tab-separated line for each row. */
export function formatLedger(name: string, rows: readonly VerdictRow[]): string {
  const counts = countVerdicts(rows);
  const head = [
    `# Verdicts on ${name}: ${counts}. Written by npm run verdicts -- --update; not to be edited by hand.`,
    `# ${COLUMNS}`,
  ];
  const lines = rows.map(({ id, kind, verdict, noticeId, answer }) =>
    [id, kind, verdict, noticeId ?? NONE, answer].map(oneCell).join('\t'),
  );
  return `${[...head, ...lines].join('\n')}\n`;
}

/** Reads what `formatLedger` wrote. Throws an Error that names the line of a row it cannot read. */
export function parseLedger(text: string): VerdictRow[] {
  return text.split('\n').flatMap((line, i) => {
    if (line === '' || line.startsWith('#')) return [];
    const [id, kind, verdict, noticeId, answer] = line.split('\t');
    if (id === undefined || verdict === undefined || noticeId === undefined || answer === undefined) {
      throw new Error(`line ${i + 1} of the ledger has fewer than 5 columns`);
    }
    if (kind !== 'answer' && kind !== 'unsure' && kind !== 'choices' && kind !== 'none') {
      throw new Error(`line ${i + 1} of the ledger: unknown kind ${String(kind)}`);
    }
    return [{ id, kind, verdict, noticeId: noticeId === NONE ? null : noticeId, answer }];
  });
}

export interface VerdictChange {
  readonly before: VerdictRow;
  readonly after: VerdictRow;
}

/** The questions of one set whose rows differ between two runs; each is in one list only. */
export interface LedgerDiff {
  /** Right now, not right before. */
  readonly gained: readonly VerdictChange[];
  /** Right before, not right now. */
  readonly lost: readonly VerdictChange[];
  /** As right as before, but other words, kind, rank or notice. */
  readonly reworded: readonly VerdictChange[];
  readonly added: readonly VerdictRow[];
  readonly removed: readonly VerdictRow[];
}

export function diffLedgers(before: readonly VerdictRow[], after: readonly VerdictRow[]): LedgerDiff {
  const old = new Map(before.map((row) => [row.id, row]));
  const present = new Set(after.map(({ id }) => id));
  const changes = after.flatMap((row): VerdictChange[] => {
    const was = old.get(row.id);
    return was === undefined || isSame(was, row) ? [] : [{ before: was, after: row }];
  });
  return {
    gained: changes.filter((change) => !isRight(change.before) && isRight(change.after)),
    lost: changes.filter((change) => isRight(change.before) && !isRight(change.after)),
    reworded: changes.filter((change) => isRight(change.before) === isRight(change.after)),
    added: after.filter(({ id }) => !old.has(id)),
    removed: before.filter(({ id }) => !present.has(id)),
  };
}

export function isEmptyDiff({ gained, lost, reworded, added, removed }: LedgerDiff): boolean {
  return gained.length + lost.length + reworded.length + added.length + removed.length === 0;
}

/** Returns the lines that a person reads: a headline for each kind of change, losses first, then its questions. */
export function describeDiff(name: string, diff: LedgerDiff): string[] {
  const ofChanges = (title: string, changes: readonly VerdictChange[]): string[] =>
    changes.length === 0
      ? []
      : [
          `${name}: ${title} ${changes.length}`,
          ...changes.flatMap(({ before, after }) => [
            `  ${after.id}`,
            `    - ${describeRow(before)}`,
            `    + ${describeRow(after)}`,
          ]),
        ];
  const ofRows = (title: string, rows: readonly VerdictRow[]): string[] =>
    rows.length === 0
      ? []
      : [`${name}: ${title} ${rows.length}`, ...rows.map((row) => `  ${row.id}  ${describeRow(row)}`)];
  return [
    ...ofChanges('lost', diff.lost),
    ...ofChanges('gained', diff.gained),
    ...ofChanges('changed wording', diff.reworded),
    ...ofRows('questions added', diff.added),
    ...ofRows('questions removed', diff.removed),
  ];
}

/** Returns the counts of a set in one phrase: `113 of 120 right, 5 said wrongly, 2 refused wrongly`. */
export function countVerdicts(rows: readonly VerdictRow[]): string {
  const right = rows.filter(isRight).length;
  const refused = rows.filter((row) => !isRight(row) && (row.kind === 'none' || row.kind === 'unsure')).length;
  return `${right} of ${rows.length} right, ${rows.length - right - refused} said wrongly, ${refused} refused wrongly`;
}

const isRight = ({ verdict }: VerdictRow): boolean => verdict.startsWith('right');

function isSame(a: VerdictRow, b: VerdictRow): boolean {
  return a.kind === b.kind && a.verdict === b.verdict && a.noticeId === b.noticeId && a.answer === b.answer;
}

function describeRow({ kind, verdict, noticeId, answer }: VerdictRow): string {
  return `${verdict}  ${kind}  [${noticeId ?? NONE}] ${answer}`;
}

const oneCell = (text: string): string => text.replace(/[\t\n]/g, ' ');
