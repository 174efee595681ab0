import type { Span } from '../../../domain/fact.js';
import type { DateComponents } from './part.js';

/** Date or period as written, with its omitted years and months not yet resolved. */
export interface DateExpression {
  /** Span of all its words, including 自, 前 and （5个工作日）. */
  readonly at: Span;
  readonly start: DateComponents | null;
  readonly end: DateComponents | null;
  /** Which ends are stated: one day, both, the end only, the start only, or no date at all (公示期7天). */
  readonly form: 'single' | 'range' | 'until' | 'from' | 'undated';
  /** 以来: the period began in the past, so it is no deadline. */
  readonly hasStarted: boolean;
  readonly workingDays: number | null;
  /** Whether it lies within 《》, as part of a title. */
  readonly isInTitle: boolean;
}

/** Expression without `isInTitle`, which only the scanner can tell. */
export type ParsedExpression = Omit<DateExpression, 'isInTitle'>;
