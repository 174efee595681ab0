/**
 * The layers, left to right as data flows. A folder may import those before it
 * in this list and itself, never one after it.
 */
const LAYERS = [
  'domain',
  'messages',
  'config',
  'text',
  'source',
  'repair',
  'facts',
  'store',
  'index',
  'question',
  'retrieval',
  'answer',
  'render',
  'notify',
  'app',
  'delivery',
  'telegram',
  'operations',
  'eval',
  'cli',
];

const layerRules = LAYERS.map((layer, i) => ({
  name: `layer-${layer}`,
  comment: `${layer} imports something on its right in the way of the data`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: [...LAYERS.slice(i + 1).map((right) => `^src/${right}/`), '^src/[^/]+\\.ts$'] },
}));

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...layerRules,
    {
      name: 'known-layer',
      comment: 'a folder of src that the list of layers does not name',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(?:(?:${LAYERS.join('|')})/|[^/]+\\.ts$)` },
      to: {},
    },
    {
      name: 'telegram-only-asks',
      comment: 'the bot knows answers and messages, not how they are found or stored',
      severity: 'error',
      from: { path: '^src/telegram/' },
      to: { path: '^src/(?:source|repair|facts|index|question|retrieval|answer)/' },
    },
    {
      name: 'sql-stays-in-store',
      severity: 'error',
      from: { pathNot: '^src/store/' },
      to: { path: 'node_modules/(?:sqlite3|kysely)/' },
    },
    {
      name: 'minisearch-stays-in-index',
      severity: 'error',
      from: { pathNot: '^src/index/' },
      to: { path: 'node_modules/minisearch/' },
    },
    {
      name: 'grammy-stays-in-telegram',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/telegram/' },
      to: { path: 'node_modules/(?:grammy|@grammyjs)/' },
    },
    {
      name: 'src-without-tests-or-dev',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: ['^test/', '^scripts/'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
