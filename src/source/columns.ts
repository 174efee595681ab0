import { z } from 'zod';
import { readDataFile } from '../config/data-file.js';
import { sourceMessages as m } from '../messages/source.js';

const columnRules = z.object({
  about: z.string(),
  /** A name is given only when at least this share of the titles fits its cues. */
  minShare: z.number().gt(0).lte(1),
  columns: z.array(
    z.object({
      name: z.string().min(1),
      /** `within`: the cue must lie in the title's first so many characters. */
      cues: z.array(z.object({ text: z.string().min(1), within: z.number().int().positive().optional() })).min(1),
    }),
  ),
});

export type ColumnRules = z.infer<typeof columnRules>;

/** Reads `data/columns.json`. Throws an `OperatorError` naming the file and the place at fault. */
export function loadColumnRules(path: string): ColumnRules {
  return readDataFile(path, columnRules);
}

/**
 * The columns' names in order. The name whose cues fit the largest share of a
 * column's titles wins, on a tie the one that stands first in the rules; a
 * column that fits none is called by its number. A name may repeat: two lists
 * of the same kind are two columns with one name.
 */
export function nameColumns(titlesByColumn: readonly (readonly string[])[], rules: ColumnRules): string[] {
  return titlesByColumn.map((titles, index) => {
    let best = { name: m.columnName(index + 1), share: 0 };
    for (const { name, cues } of rules.columns) {
      const fitting = titles.filter((title) => cues.some((cue) => title.slice(0, cue.within).includes(cue.text)));
      const share = fitting.length / Math.max(1, titles.length);
      if (share >= rules.minShare && share > best.share) best = { name, share };
    }
    return best.name;
  });
}
