/** Interrogatives; what they ask about stands next to them. */
const ASKING =
  /什么时[候侯间]|啥时[候侯间]?|何时|[哪那]一?[天日年]|几[月号点时]|多长时间|多久|多少|多[大高远]|第几|几(?!乎)|谁|[哪那][里儿]|哪|为什么|为啥|什么|啥|咋|怎么|如何/;

/**
 * Splits a folded question at its interrogative. Null when it has none. In 评审结果|哪天|公布 the event stands after
 * it, in 奖金|多少 what is measured before it. Linear in its length.
 */
export function splitAtInterrogative(folded: string): { readonly before: string; readonly behind: string } | null {
  const asking = ASKING.exec(folded);
  if (asking === null) return null;
  return { before: folded.slice(0, asking.index), behind: folded.slice(asking.index + asking[0].length) };
}
