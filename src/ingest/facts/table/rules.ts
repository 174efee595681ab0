import { z } from 'zod';
import { readDataFile } from '../../../config/data-file.js';
import { alternation } from '../../../text/patterns.js';

const words = z.array(z.string().min(1)).min(1);

const schema = z.object({
  about: z.string(),
  columns: words,
  serials: words,
  persons: words,
  ranks: words,
  addresses: words,
  empty: words,
});

/** Vocabulary of tables, compiled from `tables.json`. */
export interface TableRules {
  /** Endings of column names (报名时间, 联系人). */
  readonly columnEnding: RegExp;
  /** Endings of the names of columns that number the rows. */
  readonly serialEnding: RegExp;
  /** Endings of the names of columns that name people. */
  readonly personEnding: RegExp;
  /** Single characters that may precede such a name (副组长); any other one is a surname (王医生). */
  readonly ranks: ReadonlySet<string>;
  /** Beginnings of addressees (各单位), which are no column names. */
  readonly addresseeStart: RegExp;
  /** Marks written into a cell without a value. */
  readonly emptyMarks: ReadonlySet<string>;
}

/** Reads `tables.json`. Throws an `OperatorError` that names the invalid entry. */
export function loadTableRules(file: string): TableRules {
  const { columns, serials, persons, ranks, addresses, empty } = readDataFile(file, schema);
  const ending = (list: readonly string[]): RegExp => new RegExp(`(?:${alternation(list)})$`);
  return {
    columnEnding: ending(columns),
    serialEnding: ending(serials),
    personEnding: ending(persons),
    ranks: new Set(ranks),
    addresseeStart: new RegExp(`^(?:${alternation(addresses)})`),
    emptyMarks: new Set(empty),
  };
}
