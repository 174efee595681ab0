import { z } from 'zod';
import { readDataFile } from '../../config/data-file.js';
import { alternatives } from '../quantity/rules.js';

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

/** The vocabulary of tables; all of it data. */
export interface TableRules {
  /** What names of columns end with (报名时间, 联系人). */
  readonly column: RegExp;
  /** Columns that number the rows. */
  readonly serial: RegExp;
  /** Columns that name people. */
  readonly person: RegExp;
  /** Words of one character before the name of such a column (副组长); any other is a surname (王医生). */
  readonly ranks: ReadonlySet<string>;
  /** What those who are spoken to begin with (各单位): no name of a column. */
  readonly address: RegExp;
  /** What is written into a cell that holds nothing. */
  readonly empty: ReadonlySet<string>;
}

/** Reads `tables.json`; throws an `OperatorError` naming what is bad in it. */
export function loadTableRules(file: string): TableRules {
  const { columns, serials, persons, ranks, addresses, empty } = readDataFile(file, schema);
  const ending = (list: readonly string[]): RegExp => new RegExp(`(?:${alternatives(list)})$`);
  return {
    column: ending(columns),
    serial: ending(serials),
    person: ending(persons),
    ranks: new Set(ranks),
    address: new RegExp(`^(?:${alternatives(addresses)})`),
    empty: new Set(empty),
  };
}
