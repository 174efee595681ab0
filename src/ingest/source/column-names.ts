import { z } from 'zod';
import { sourceMessages as m } from '../../messages/source.js';

/** Schema of `data/columns.json`. */
export const columnRulesSchema = z.object({
  about: z.string(),
  /** Smallest share (0 … 1) of a column's titles that must match a name's cues before the name is used. */
  minShare: z.number().gt(0).lte(1),
  columns: z.array(
    z.object({
      name: z.string().min(1),
      /** `within`: the cue must lie within this many leading UTF-16 units of the title; absent: anywhere. */
      cues: z.array(z.object({ text: z.string().min(1), within: z.number().int().positive().optional() })).min(1),
    }),
  ),
});

export type ColumnRules = z.infer<typeof columnRulesSchema>;

/**
 * Returns one name per column (栏目), in column order: the name whose cues match the largest share of the column's
 * titles, on a tie the first in the rules, and `栏目<number>` when no name reaches `minShare`. Names may repeat,
 * because two lists of the same kind are two columns with one name.
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
