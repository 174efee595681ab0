import { z } from 'zod';

/** A province, or a place inside one. */
export interface Region {
  readonly name: string;
  /** Short name of the province; the province's own name for a province. */
  readonly province: string;
}

/** Finds names of regions in folded text. */
export class Regions {
  /** Regions by first character, the longest names first. */
  readonly #byFirst = new Map<string, Region[]>();

  constructor(regions: readonly { readonly name: string; readonly within: readonly string[] }[]) {
    for (const { name: province, within } of regions) {
      for (const name of [province, ...within]) {
        const first = name.charAt(0);
        this.#byFirst.set(first, [...(this.#byFirst.get(first) ?? []), { name, province }]);
      }
    }
    for (const list of this.#byFirst.values()) list.sort((a, b) => b.name.length - a.name.length);
  }

  /**
   * Returns the regions that a folded text names, each once, in order of appearance. Names do not overlap (海南昌江
   * holds 海南, not 南昌): the leftmost wins, then the longest.
   */
  in(folded: string): Region[] {
    const found = new Set<Region>();
    for (let i = 0; i + 1 < folded.length; i++) {
      const region = this.#byFirst.get(folded.charAt(i))?.find(({ name }) => folded.startsWith(name, i));
      if (region === undefined) continue;
      found.add(region);
      i += region.name.length - 1;
    }
    return [...found];
  }
}

/** Schema of `data/regions.json`: the provinces with the places inside them. */
export const regionsSchema = z
  .object({
    about: z.string(),
    regions: z.array(z.object({ name: z.string().min(2), within: z.array(z.string().min(2)) })).min(1),
  })
  .transform(({ regions }) => new Regions(regions));
