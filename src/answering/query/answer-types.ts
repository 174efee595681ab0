import { z } from 'zod';
import { VALUE_TYPES, type ValueType } from '../../domain/answer-unit.js';
import { fold } from '../../text/fold.js';
import { blankOutWords, MultiWordMatcher } from '../../text/word-list.js';

const words = z.array(z.string().min(1));

/** Schema of `data/answer-types.json`. */
export const answerTypesSchema = z.object({
  about: z.string(),
  types: z
    .array(
      z.object({
        type: z.string(),
        cues: words.min(1),
        values: z.array(z.enum(VALUE_TYPES)).min(1),
        columns: words,
      }),
    )
    .min(1)
    .max(31),
});

/** What a question may ask for: by which words, and which values and table columns answer. */
export interface AnswerType {
  readonly type: string;
  readonly cues: readonly string[];
  readonly values: readonly ValueType[];
  readonly columns: readonly string[];
}

/** The answer types of a question. */
export interface RequestedAnswer {
  /** Mask over the table of answer types; bit i stands for entry i. */
  readonly types: number;
  /** The cues found. A cue within another that was found is left out: 时候 in 什么时候. */
  readonly cues: readonly string[];
  /** Mask of `VALUE_TYPES` that an answer states one of; 0 where no type asks. */
  readonly values: number;
  /** The same for each type that is asked for, by its bit. */
  readonly valuesOf: ReadonlyMap<number, number>;
  /** Words in the names of columns that answer. */
  readonly columns: readonly string[];
}

export interface AnswerTypes {
  readonly types: readonly AnswerType[];
  /** Reads what a folded question asks for. One pass over the question. */
  of(folded: string): RequestedAnswer;
}

export function createAnswerTypes({ types }: z.infer<typeof answerTypesSchema>): AnswerTypes {
  const cues = types.flatMap((type, t) => type.cues.map((cue) => ({ cue: fold(cue), t })));
  const matcher = new MultiWordMatcher(cues.map(({ cue }) => cue));
  const masks = types.map(({ values }) => values.reduce((mask, type) => mask | (1 << VALUE_TYPES.indexOf(type)), 0));
  return {
    types,
    of(folded) {
      const all = matcher.find(folded).flatMap((n) => cues.slice(n, n + 1));
      const standsAlone = (cue: string): boolean => {
        const longer = all.filter((other) => other.cue !== cue && other.cue.includes(cue));
        return (
          longer.length === 0 ||
          blankOutWords(
            folded,
            longer.map((other) => other.cue),
          ).includes(cue)
        );
      };
      const found = all.filter(({ cue }) => standsAlone(cue));
      const asked = [...new Set(found.map(({ t }) => t))];
      return {
        types: asked.reduce((mask, t) => mask | (1 << t), 0),
        cues: [...new Set(found.map(({ cue }) => cue))],
        values: asked.reduce((mask, t) => mask | (masks[t] ?? 0), 0),
        valuesOf: new Map(asked.map((t) => [t, masks[t] ?? 0])),
        columns: [...new Set(asked.flatMap((t) => types[t]?.columns ?? []))],
      };
    },
  };
}
