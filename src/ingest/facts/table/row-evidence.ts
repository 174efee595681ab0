import type { Cell } from './cells.js';
import { findMajorityKind } from './kinds.js';

type Cells = readonly Cell[];

/** Minimum number of lines with the same separator; fewer may agree by chance. */
const LEAST_LINES = 3;
/** Maximum length of a cell and of the mean cell, in UTF-16 units; clauses of prose are longer. */
const LONGEST_CELL = 60;
const LONGEST_MEAN = { certain: 30, other: 12 };
const LABELLED = /^[\u4e00-\u9fff]{2,8}[:：]/;
const SENTENCE = /[。；！？]$/;
const LIST_MARK =
  /^(?:[0-9]{1,3}[.．、)）]|[（(]?[一二三四五六七八九十]{1,3}[）)、]|[（(][0-9]{1,2}[）)]|[•·●◆■□▪※*—-])$/;

/** Returns whether at least half of the non-empty cells are labelled values: 名称：甲 地址：乙 电话：丙 is no row. */
export function hasLabelledValues(cells: Cells): boolean {
  const held = cells.filter(({ text }) => text !== '');
  return held.filter(({ text }) => LABELLED.test(text)).length * 2 >= held.length;
}

/** Returns whether lines with tabs may be rows: tabs also indent paragraphs and follow the marks of a list. */
export function arePlausibleRows(lines: readonly Cells[]): boolean {
  const isList = lines.every((cells) => cells.length === 2 && isMark(cells[0]));
  const sentences = lines.filter((cells) => SENTENCE.test(cells.at(-1)?.text ?? ''));
  return !isList && sentences.length * 2 < lines.length && meanLength(lines) <= LONGEST_MEAN.certain;
}

/** Returns whether lines with a separator that prose has too are rows; of two columns, one must hold typed values. */
export function areConfirmedRows(lines: readonly Cells[]): boolean {
  if (lines.length < LEAST_LINES || !arePlausibleRows(lines) || meanLength(lines) > LONGEST_MEAN.other) return false;
  if (lines.some((cells) => cells.some(({ text }) => text.length > LONGEST_CELL || SENTENCE.test(text)))) return false;
  const isOfValues = (i: number): boolean => {
    const kind = findMajorityKind(lines.slice(1).flatMap((cells) => cells[i] ?? []));
    return kind !== 'text' && kind !== 'empty';
  };
  return widestOf(lines) > 2 || isOfValues(0) || isOfValues(1);
}

/** Returns the number of cells up to the last non-empty one. */
export function widthOf(cells: Cells): number {
  return cells.findLastIndex(({ text }) => text !== '') + 1;
}

export function widestOf(lines: readonly Cells[]): number {
  return lines.reduce((most, cells) => Math.max(most, widthOf(cells)), 0);
}

function isMark(cell: Cell | undefined): boolean {
  return cell === undefined || cell.text === '' || LIST_MARK.test(cell.text);
}

function meanLength(lines: readonly Cells[]): number {
  const held = lines.flatMap((cells) => cells.filter(({ text }) => text !== ''));
  return held.reduce((sum, { text }) => sum + text.length, 0) / Math.max(1, held.length);
}
