import type { PeriodType } from '../../../domain/fact.js';
import { foldedAlternatives } from './characters.js';
import { matchAt } from './cursor.js';
import type { PeriodRules } from './rules.js';

/**
 * Returns the period type of the cue with the highest priority in a text; null when it has no cue. Of equal cues,
 * `nearest` selects the first or the last.
 */
export interface CueFinder {
  findStrong(words: string, nearest: 'first' | 'last'): PeriodType | null;
  findWeak(words: string, nearest: 'first' | 'last'): PeriodType | null;
}

interface PeriodCue {
  readonly type: PeriodType;
  readonly priority: number;
}

export function createCueFinder(rules: PeriodRules): CueFinder {
  const misleading = new RegExp(`《[^》]{0,120}》?|${foldedAlternatives(rules.misleading)}`, 'g');
  const tails = new RegExp(foldedAlternatives(rules.nounTails), 'y');
  const finder = (kind: 'cues' | 'weak'): CueFinder['findStrong'] => {
    const cues = new Map<string, PeriodCue>();
    for (const { type, priority, [kind]: words } of rules.types) {
      for (const word of words) cues.set(word, { type, priority });
    }
    const pattern = new RegExp(foldedAlternatives([...cues.keys()]), 'g');
    return (words, nearest) => {
      let best: PeriodCue | null = null;
      // The name of a document states its subject, not the event of a day, so it is masked.
      const shown = words.replace(misleading, '　');
      for (const match of shown.matchAll(pattern)) {
        const cue = cues.get(match[0]);
        if (cue === undefined || matchAt(tails, shown, match.index + match[0].length) !== null) continue;
        const isBetter = best === null || cue.priority > best.priority;
        if (isBetter || (nearest === 'last' && cue.priority === best?.priority)) best = cue;
      }
      return best?.type ?? null;
    };
  };
  return { findStrong: finder('cues'), findWeak: finder('weak') };
}
