import { longestFirst } from '../../text/word-list.js';
import type { FollowUpRules } from './follow-up.js';

/** What the first words of a question say about its topic, and the question without them (`rest`). */
export type TopicShift =
  /** It may continue the topic: no cue, or an aside such as 对了 (`isAnew`). */
  | { readonly kind: 'goes-on'; readonly rest: string; readonly isAnew: boolean }
  /** It drops the topic: 换个话题. */
  | { readonly kind: 'leaves'; readonly rest: string }
  /** It returns to an earlier topic: the one that its words name (刚才那个图书馆), the previous or the first one. */
  | { readonly kind: 'returns'; readonly rest: string; readonly to: 'named' | 'previous' | 'first' };

/** Upper bound on the cues before a question: bounds the work on hostile input. */
const MOST_CUES = 6;
const BETWEEN = /^[^\p{L}\p{N}]+/u;

/** Reads the opening of a folded question. `rest` is never empty: a question that is only a cue is kept whole. */
export function parseTopicShift(folded: string, rules: FollowUpRules): TopicShift {
  const { rest, taken } = withoutLead(folded, rules);
  const returned = returnsTo(rest, rules);
  if (returned !== null && returned.rest !== '') return returned;
  if (rest === '') return { kind: 'goes-on', rest: folded, isAnew: false };
  return taken.some((cue) => rules.leaving.includes(cue))
    ? { kind: 'leaves', rest }
    : { kind: 'goes-on', rest, isAnew: taken.length > 0 };
}

/** Removes leading cues from a question, and returns them too. */
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

function returnsTo(lead: string, rules: FollowUpRules): TopicShift | null {
  const opener = longestFirst(rules.openers).find((words) => lead.startsWith(words)) ?? '';
  const text = lead.slice(opener.length).replace(BETWEEN, '');
  for (const to of ['previous', 'first'] as const) {
    const cue = rules[to].find((words) => text.startsWith(words));
    if (cue !== undefined) return { kind: 'returns', to, rest: text.slice(cue.length).replace(/^(?:里面?|的)+/, '') };
  }
  const cue = longestFirst(rules.returning).find((words) => text.startsWith(words));
  return cue === undefined ? null : { kind: 'returns', to: 'named', rest: withoutTails(text.slice(cue.length), rules) };
}

/** Removes words between the cue and the name of the topic: 说的那个. */
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
