import { z } from 'zod';
import type { IndexedNotice } from '../../index/indexed-notice.js';
import { memoizeWeak } from '../../text/memoize.js';

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

/** Bounds of the opening (length in UTF-16 units) that says, with the title, where a notice applies. */
const HEAD_SENTENCES = 3;
const HEAD_LENGTH = 150;
/**
 * Names of places that do not say where a notice applies: the addressees of national circulars, and the dateline of a
 * news agency's report.
 */
const UNRELATED_REGION_NAMES =
  /新疆生产建设兵团|(?:新华社|新华网|人民网|中新社|中新网|央视网|记者)[^0-9]{0,6}[0-9]{1,2}月[0-9]{1,2}日[电讯]/g;

/** Agreement between the regions of a question and of a notice; each 0 … 1. */
export interface RegionAgreement {
  /** 1 when the title or opening names a region asked for; 0.5 for another place of its province, or the province. */
  readonly regionHead: number;
  /** Share of the question's regions that the notice names anywhere. */
  readonly regionMentioned: number;
  /** 1 when the title names places, all of them in other provinces. */
  readonly otherRegionTitle: number;
  /** 1 when title and opening name places, all of them in other provinces. */
  readonly otherRegionHead: number;
  /** 1 when the title names a place and the question none. */
  readonly uncalledRegion: number;
}

export function regionAgreement(asked: readonly Region[], notice: IndexedNotice, regions: Regions): RegionAgreement {
  const { inTitle, inHead } = regionsOf(notice, regions);
  const nothing = { regionHead: 0, regionMentioned: 0, otherRegionTitle: 0, otherRegionHead: 0 };
  if (asked.length === 0) return { ...nothing, uncalledRegion: inTitle.length > 0 ? 1 : 0 };
  const { foldedTitle, sentences } = notice;
  const mentioned = asked.filter(
    ({ name }) => foldedTitle.includes(name) || sentences.some((sentence) => sentence.includes(name)),
  );
  return {
    regionHead: asked.some((region) => inHead.includes(region)) ? 1 : shareProvince(asked, inHead) ? 0.5 : 0,
    regionMentioned: mentioned.length / asked.length,
    otherRegionTitle: inTitle.length > 0 && !shareProvince(asked, inTitle) ? 1 : 0,
    otherRegionHead: inHead.length > 0 && !shareProvince(asked, inHead) ? 1 : 0,
    uncalledRegion: 0,
  };
}

interface NamedRegions {
  readonly inTitle: readonly Region[];
  readonly inHead: readonly Region[];
}

/** Cached by notice: many questions meet the same candidates. */
const regionsOf = memoizeWeak(({ foldedTitle, sentences }: IndexedNotice, regions: Regions): NamedRegions => {
  const opening = sentences.slice(0, HEAD_SENTENCES).join(' ').slice(0, HEAD_LENGTH);
  return {
    inTitle: regions.in(foldedTitle),
    inHead: regions.in(`${foldedTitle} ${opening}`.replace(UNRELATED_REGION_NAMES, '')),
  };
});

function shareProvince(some: readonly Region[], others: readonly Region[]): boolean {
  return some.some(({ province }) => others.some((other) => other.province === province));
}
