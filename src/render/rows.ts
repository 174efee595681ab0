/** Largest number of number buttons in a row: what fits side by side on a narrow phone. */
export const NUMBER_BUTTONS_PER_ROW = 5;

/** Splits items into rows of `perRow`, in order; the last row may be shorter. */
export function splitIntoRows<T>(things: readonly T[], perRow: number): T[][] {
  return Array.from({ length: Math.ceil(things.length / perRow) }, (_, row) =>
    things.slice(row * perRow, (row + 1) * perRow),
  );
}
