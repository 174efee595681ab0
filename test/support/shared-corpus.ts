/** Real texts that lie beside the project, not in it. For integration tests only, which skip what is absent. */
export const REAL_EXPORT = '../shared/corpus/tianjin-2024-03.txt';
export const POLICIES = '../shared/eval/policies.jsonl';
