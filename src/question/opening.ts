import { longestFirst } from '../text/longest-first.js';
import type { FollowUpRules } from './follow-up.js';

/** What the first words of a question say about how it goes on from those before, and the question behind them. */
export type Opening =
  /** Nothing, or 对了 (`isAnew`): it may go on from the one before. */
  | { readonly kind: 'goes-on'; readonly rest: string; readonly isAnew: boolean }
  /** 换个话题: what was spoken of says nothing about it. */
  | { readonly kind: 'leaves'; readonly rest: string }
  /** 刚才那个图书馆: about what was spoken of before, as its words tell, or of what was spoken of `to`. */
  | { readonly kind: 'returns'; readonly rest: string; readonly to: 'named' | 'previous' | 'first' };

/** Other words are not said before a question for long: bounds the work for hostile ones. */
const MOST_CUES = 6;
const BETWEEN = /^[^\p{L}\p{N}]+/u;

/** Reads how a folded question opens. Its `rest` is never empty: what is nothing but a cue is a question itself. */
export function readOpening(folded: string, rules: FollowUpRules): Opening {
  const { rest, taken } = withoutLead(folded, rules);
  const returned = returnsTo(rest, rules);
  if (returned !== null && returned.rest !== '') return returned;
  if (rest === '') return { kind: 'goes-on', rest: folded, isAnew: false };
  return taken.some((cue) => rules.leaving.includes(cue))
    ? { kind: 'leaves', rest }
    : { kind: 'goes-on', rest, isAnew: taken.length > 0 };
}

/** The question without what only leads in to it. */
function withoutLead(folded: string, { leaving, asides }: FollowUpRules): { rest: string; taken: string[] } {
  const cues = longestFirst([...leaving, ...asides]);
  const taken: string[] = [];
  let rest = folded.replace(BETWEEN, '');
  while (taken.length < MOST_CUES) {
    const cue = cues.find((words) => rest.startsWith(words));
    if (cue === undefined) break;
    taken.push(cue);
    rest = rest.slice(cue.length).replace(BETWEEN, '');
  }
  return { rest, taken };
}

function returnsTo(lead: string, rules: FollowUpRules): Opening | null {
  const opener = longestFirst(rules.openers).find((words) => lead.startsWith(words)) ?? '';
  const text = lead.slice(opener.length).replace(BETWEEN, '');
  for (const to of ['previous', 'first'] as const) {
    const cue = rules[to].find((words) => text.startsWith(words));
    if (cue !== undefined) return { kind: 'returns', to, rest: text.slice(cue.length).replace(/^(?:里面?|的)+/, '') };
  }
  const cue = longestFirst(rules.returning).find((words) => text.startsWith(words));
  return cue === undefined ? null : { kind: 'returns', to: 'named', rest: withoutTails(text.slice(cue.length), rules) };
}

/** 说的那个 stands between the cue and what is named. */
function withoutTails(text: string, { returningTails }: FollowUpRules): string {
  const tails = longestFirst(returningTails);
  let rest = text.replace(BETWEEN, '');
  for (let i = 0; i < MOST_CUES; i++) {
    const tail = tails.find((words) => rest.startsWith(words));
    if (tail === undefined) break;
    rest = rest.slice(tail.length).replace(BETWEEN, '');
  }
  return rest;
}
