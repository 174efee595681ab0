import type { Span } from '../../domain/fact.js';
import type { Part } from './part.js';

/** A date or period as it is written, nothing concluded yet. */
export interface Expression {
  /** All of its words, 自 and 前 and （5个工作日） among them. */
  readonly at: Span;
  readonly start: Part | null;
  readonly end: Part | null;
  /** How the notice's words leave an end open, or that they state no date at all. */
  readonly form: 'single' | 'range' | 'until' | 'from' | 'undated';
  /** 以来: it began in the past, so nothing is due. */
  readonly since: boolean;
  readonly workingDays: number | null;
  /** Within 《》: the date is part of a title. */
  readonly inTitle: boolean;
}

/** An expression but for what only the scanner knows. */
export type Read = Omit<Expression, 'inTitle'>;
