import type { OfficeNameReader } from './offices.js';
import { anyOf, type ContactRules } from './rules.js';

interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** Finds the offices that readers are told to contact (请与教务处联系 → 教务处, 向人事科反映 → 人事科). Linear. */
export function createOfficeReferralFinder(
  rules: ContactRules,
  offices: OfficeNameReader,
): (text: string) => TextRange[] {
  const pattern = new RegExp(
    `[与向同和到由](?=([^,.:;。!?、\\n与向“”"]{2,30}?)(?:进行|及时|直接)?(?:${anyOf(rules.askVerbs)}))`,
    'g',
  );
  return (text) => {
    const found: TextRange[] = [];
    for (const match of text.matchAll(pattern)) {
      const words = match[1] ?? '';
      const office = offices.findAtEnd(words);
      if (office === -1) continue;
      const start = match.index + 1 + office;
      if (start >= (found.at(-1)?.end ?? 0)) found.push({ start, end: match.index + 1 + words.length });
    }
    return found;
  };
}
