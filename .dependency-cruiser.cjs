/**
 * The rooms of src, in the way of the data. A room may import those before it in
 * this list and itself, never one after it. A room may lie inside another: the
 * longest path decides. See docs/architecture.md.
 */
const ROOMS = [
  'domain',
  'messages',
  'text',
  'ingest/source',
  'ingest/repair',
  'ingest/facts',
  'ingest/units',
  'store',
  'index',
  'ingest/pipeline',
  'answering/query',
  'answering/retrieval',
  'answering/candidates',
  'answering/scoring',
  'answering/compose',
  'answering/conversation',
  'answering',
  'render',
  'operations',
  'notify',
  'notify/delivery',
  'telegram',
  'eval',
  'cli',
  'bootstrap',
];

/** A pattern of the files of a room, without those of rooms inside it. */
function filesOf(room) {
  const inner = ROOMS.filter((other) => other.startsWith(`${room}/`)).map((other) => other.slice(room.length + 1));
  return inner.length === 0 ? `^src/${room}/` : `^src/${room}/(?!(?:${inner.join('|')})/)`;
}

const roomRules = ROOMS.map((room, i) => ({
  name: `room-${room.replace('/', '-')}`,
  comment: `${room} imports something on its right in the way of the data`,
  severity: 'error',
  from: { path: filesOf(room) },
  to: { path: [...ROOMS.slice(i + 1).map(filesOf), '^src/[^/]+\\.ts$'] },
}));

/** Only `allowed` may import what matches `path`. */
const only = (name, comment, allowed, path) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^src/', pathNot: allowed },
  to: { path },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...roomRules,
    {
      name: 'known-room',
      comment: 'a file of src outside the rooms that this list names; only main.ts lies loose',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/(?:(?:${ROOMS.join('|')})/|main\\.ts$)` },
      to: {},
    },
    {
      name: 'telegram-only-asks',
      comment: 'the bot knows answers and messages, not how they are found or stored',
      severity: 'error',
      from: { path: '^src/telegram/' },
      to: { path: '^src/(?:ingest/(?!pipeline/)|index/|answering/(?!conversation/conversation\\.ts)[^/]+/)' },
    },
    only(
      'index-engine-stays-inside',
      'others see the loaded index and the notices in it, not the engine, its view and its files',
      '^src/index/',
      '^src/index/(?:minisearch-store|postings-view|index-builder)\\.ts$',
    ),
    only('minisearch-stays-in-index', 'the inverted index is one room', '^src/index/', 'node_modules/minisearch/'),
    only('sql-driver-stays-in-store', 'SQL is one room', '^src/store/', 'node_modules/(?:sqlite3|kysely)/'),
    only(
      'stores-are-seen-by-their-ports',
      'others see the ports of store/; only the composition root opens what is behind them',
      '^src/(?:store|bootstrap)/',
      '^src/store/[^/]+/',
    ),
    only(
      'grammy-stays-in-telegram',
      'one room speaks the Bot API',
      '^src/telegram/',
      'node_modules/(?:grammy|@grammyjs)/',
    ),
    only('jieba-stays-in-text', 'one analyser for index and query', '^src/text/', 'node_modules/nodejs-jieba/'),
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
