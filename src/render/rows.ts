/** Buttons with a number, as many as stand side by side on a narrow phone. */
export const NUMBERS_A_ROW = 5;

/** Things side by side, so many a row, in order. */
export function inRows<T>(things: readonly T[], perRow: number): T[][] {
  return Array.from({ length: Math.ceil(things.length / perRow) }, (_, row) =>
    things.slice(row * perRow, (row + 1) * perRow),
  );
}
