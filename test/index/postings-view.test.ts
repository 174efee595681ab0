import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MiniSearchStore } from '../../src/index/minisearch-store.js';
import type { IndexedDocument } from '../../src/index/notice-index.js';
import { PostingsView } from '../../src/index/postings-view.js';

function viewOf(documents: readonly IndexedDocument[]): PostingsView {
  const store = new MiniSearchStore();
  for (const document of documents) store.put(document);
  return new PostingsView(store.serialise());
}

const once = (terms: readonly string[]): { term: string; weight: number }[] =>
  terms.map((term) => ({ term, weight: 1 }));

/** BM25 written out plainly, a document at a time. */
function oracle(documents: readonly IndexedDocument[], query: readonly string[]): { id: string; score: number }[] {
  const length = (d: IndexedDocument): number => new Set(d.terms).size;
  const average = documents.reduce((sum, d) => sum + length(d), 0) / documents.length;
  return documents
    .map((document) => {
      const { id, terms } = document;
      let score = 0;
      for (const term of query) {
        const holding = documents.filter((d) => d.terms.includes(term)).length;
        const tf = terms.filter((t) => t === term).length;
        const idf = Math.log(1 + (documents.length - holding + 0.5) / (holding + 0.5));
        score += (idf * tf * 2.2) / (tf + 1.2 * (0.25 + (0.75 * length(document)) / average));
      }
      return { id, score };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
}

describe('the postings view', () => {
  it('scores as plain BM25 does', () => {
    const term = fc.constantFrom('甲乙', '乙丙', '丙丁', 'vr', '2024');
    const document = fc.array(term, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 12 }), fc.uniqueArray(term), (bodies, query) => {
        const documents = bodies.map((terms, i) => ({ id: `n${i}`, terms }));
        const hits = viewOf(documents).search(once(query), 100);
        const expected = oracle(documents, query);
        expect(hits.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
        hits.forEach(({ score }, i) => {
          expect(score).toBeCloseTo(expected[i]?.score ?? NaN, 4);
        });
      }),
    );
  });

  it('finds the same after discards as an index that never held them', async () => {
    const store = new MiniSearchStore();
    for (let i = 0; i < 20; i++) store.put({ id: `n${i}`, terms: ['甲乙', `t${i % 5}`] });
    for (let i = 0; i < 10; i++) store.remove(`n${i}`);
    store.put({ id: 'n15', terms: ['丙丁'] });
    const fresh = viewOf([
      ...[10, 11, 12, 13, 14, 16, 17, 18, 19].map((i) => ({ id: `n${i}`, terms: ['甲乙', `t${i % 5}`] })),
      { id: 'n15', terms: ['丙丁'] },
    ]);
    for (const phase of ['before', 'after']) {
      if (phase === 'after') await store.vacuum();
      const view = new PostingsView(store.serialise());
      for (const query of [['甲乙'], ['t1', '丙丁'], ['t0']]) {
        const order = (hits: readonly { id: string; score: number }[]): string[] =>
          hits.map(({ id, score }) => `${score.toFixed(4)} ${id}`).sort();
        expect(order(view.search(once(query), 50))).toEqual(order(fresh.search(once(query), 50)));
      }
    }
  });

  it('returns no more than asked for, best first, and nothing for unknown terms', () => {
    const view = viewOf(
      [1, 2, 3, 4].map((n) => ({ id: `n${n}`, terms: Array<string>(n).fill('甲乙').concat('丙丁') })),
    );
    expect(view.search(once(['甲乙']), 2)).toHaveLength(2);
    expect(view.search(once(['没有']), 2)).toEqual([]);
    expect(view.idf('没有')).toBeGreaterThan(view.idf('丙丁'));
  });

  it('answers an empty collection with nothing', () => {
    expect(viewOf([]).search(once(['甲乙']), 5)).toEqual([]);
  });

  it('scores weighted terms as their weighted sum, whatever their order', () => {
    const term = fc.constantFrom('甲乙', '乙丙', '丙丁', 'vr', '没有');
    const document = fc.array(term, { minLength: 1, maxLength: 8 });
    const weighted = fc.uniqueArray(fc.record({ term, weight: fc.constantFrom(0, 0.5, 1, 2) }), {
      selector: (w) => w.term,
    });
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 8 }), weighted, (bodies, query) => {
        const documents = bodies.map((terms, i) => ({ id: `n${i}`, terms }));
        const view = viewOf(documents);
        for (const { id } of documents) {
          const sum = query.reduce((total, { term: one, weight }) => {
            const alone = oracle(documents, [one]).find((hit) => hit.id === id)?.score ?? 0;
            return total + weight * alone;
          }, 0);
          expect(view.scoreOf(id, query)).toBeCloseTo(sum, 4);
          expect(view.scoreOf(id, [...query].reverse())).toBeCloseTo(sum, 4);
        }
      }),
    );
  });

  it('returns the best of all hits under any limit, equal ones in the order of the documents', () => {
    const document = fc.array(fc.constantFrom('甲乙', '乙丙', 'vr'), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(fc.array(document, { maxLength: 12 }), fc.integer({ min: 1, max: 14 }), (bodies, limit) => {
        const view = viewOf(bodies.map((terms, i) => ({ id: `n${i}`, terms })));
        const query = once(['甲乙', 'vr']);
        const all = bodies
          .map((_, i) => ({ id: `n${i}`, score: view.scoreOf(`n${i}`, query) }))
          .filter(({ score }) => score > 0)
          .sort((a, b) => b.score - a.score);
        expect(view.search(query, limit)).toEqual(all.slice(0, limit));
      }),
    );
  });

  it('skips a term of more than half of the documents in a large collection only', () => {
    const many = (size: number): PostingsView =>
      viewOf(Array.from({ length: size }, (_, i) => ({ id: `n${i}`, terms: i === 7 ? ['甲乙', '丙丁'] : ['甲乙'] })));
    expect(many(199).search(once(['甲乙']), 500)).toHaveLength(199);
    expect(many(200).search(once(['甲乙']), 500)).toEqual([]);
    expect(
      many(200)
        .search(once(['甲乙', '丙丁']), 500)
        .map(({ id }) => id),
    ).toEqual(['n7']);
  });

  it('knows which terms it holds, and that a rare one is worth more', () => {
    const view = viewOf([
      { id: 'a', terms: ['甲乙', '丙丁'] },
      { id: 'b', terms: ['甲乙'] },
      { id: 'c', terms: ['甲乙'] },
    ]);
    expect(view.size).toBe(3);
    expect([view.holds('丙丁'), view.holds('没有')]).toEqual([true, false]);
    expect(view.idf('甲乙')).toBeCloseTo(Math.log(1 + 0.5 / 3.5), 10);
    expect(view.idf('丙丁')).toBeCloseTo(Math.log(1 + 2.5 / 1.5), 10);
    expect(view.idf('甲乙')).toBeGreaterThan(0);
  });

  it('scores an unknown document and an empty query with nothing', () => {
    const view = viewOf([{ id: 'a', terms: ['甲乙'] }]);
    expect(view.scoreOf('b', once(['甲乙']))).toBe(0);
    expect(view.scoreOf('a', [])).toBe(0);
    expect(view.search([], 5)).toEqual([]);
  });

  it('prefers a short document, and one that repeats the term', () => {
    const view = viewOf([
      { id: 'long', terms: ['甲乙', 'a', 'b', 'c', 'd', 'e'] },
      { id: 'short', terms: ['甲乙'] },
      { id: 'other', terms: ['丙丁'] },
    ]);
    expect(view.search(once(['甲乙']), 5).map(({ id }) => id)).toEqual(['short', 'long']);
    const repeating = viewOf([
      { id: 'once', terms: ['甲乙', 'a'] },
      { id: 'twice', terms: ['甲乙', '甲乙', 'a'] },
      { id: 'other', terms: ['丙丁'] },
    ]);
    expect(repeating.search(once(['甲乙']), 5).map(({ id }) => id)).toEqual(['twice', 'once']);
  });
});
