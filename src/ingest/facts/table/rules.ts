import { z } from 'zod';
import { alternation } from '../../../text/patterns.js';

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

const words = z.array(z.string().min(1)).min(1);
const pattern = (prefix: string, suffix: string) =>
  words.transform((list) => new RegExp(`${prefix}(?:${alternation(list)})${suffix}`));
const ending = pattern('', '$');
const set = words.transform((list): ReadonlySet<string> => new Set(list));

/** The schema of `data/tables.json`; compiles it. */
export const tableRulesSchema = z
  .object({
    about: z.string(),
    columns: ending,
    serials: ending,
    persons: ending,
    ranks: set,
    addresses: pattern('^', ''),
    empty: set,
  })
  .transform(({ columns, serials, persons, ranks, addresses, empty }): TableRules => ({
    columnEnding: columns,
    serialEnding: serials,
    personEnding: persons,
    ranks,
    addresseeStart: addresses,
    emptyMarks: empty,
  }));
