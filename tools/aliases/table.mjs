/**
 * The names of the ancestors, and what stands behind each.
 *
 * `ours`      package of ours that the alias loads
 * `majors`    ancestor's major → profile that it announces; null where that major was used with more than one line of LoopBack
 *             (both lines' templates pair loopback-boot 2 and loopback-component-explorer with either), so that it says nothing
 * `main`      shape of `require(ancestor)`: 'whole' = our named exports; 'callable' = our module itself, a function;
 *             a name = that export of ours, a function, with the properties of `add`
 * `add`       further properties of the main export: name → export of ours
 * `deep`      entry points below the package: path → an export of ours, a record of name → export of ours, or a
 *             package of ours, with `#member` for one export of it
 */
export const table = [
  {
    ancestor: 'loopback',
    ours: 'reloop',
    majors: { 2: '2.x', 3: '3.x' },
    main: 'callable',
    deep: {
      'server/middleware/context': 'context',
      'server/middleware/error-handler': 'errorHandler',
      'server/middleware/favicon': 'favicon',
      'server/middleware/rest': 'rest',
      'server/middleware/static': 'static',
      'server/middleware/status': 'status',
      'server/middleware/token': 'token',
      'server/middleware/url-not-found': 'urlNotFound',
    },
  },
  {
    ancestor: 'loopback-datasource-juggler',
    ours: '@reloop/juggler',
    majors: { 2: '2.x', 3: '3.x', 4: '3.x' },
    main: 'whole',
    add: { LDL: 'ModelBuilder', Schema: 'DataSource' },
    deep: {
      'lib/connectors/kv-memory': '@reloop/connector-memory',
      'lib/connectors/memory': '@reloop/juggler/legacy#memory',
      'lib/connectors/transient': '@reloop/connector-memory',
      'lib/dao': '@reloop/juggler/legacy#DataAccessObject',
      'lib/datasource': { DataSource: 'DataSource' },
      'lib/date-string': 'DateString',
      'lib/geo': { GeoPoint: 'GeoPoint' },
      'lib/hooks': '@reloop/juggler/legacy#Hookable',
      'lib/include': '@reloop/juggler/legacy#Inclusion',
      'lib/jutil': '@reloop/juggler/legacy#jutil',
      'lib/kvao': 'KeyValueAccessObject',
      'lib/list': 'List',
      'lib/mixins': '@reloop/juggler/legacy#MixinProvider',
      'lib/model': 'ModelBaseClass',
      'lib/model-builder': { ModelBuilder: 'ModelBuilder' },
      'lib/observer': '@reloop/juggler/legacy#ObserverMixin',
      'lib/relation-definition': '@reloop/juggler/legacy#relationDefinition',
      'lib/relations': '@reloop/juggler/legacy#RelationMixin',
      'lib/scope': '@reloop/juggler/legacy#scope',
      'lib/transaction': { Transaction: 'Transaction' },
      'lib/types': '@reloop/juggler/legacy#types',
      'lib/utils': '@reloop/juggler/legacy#utils',
      'lib/validations': { ValidationError: 'ValidationError' },
    },
  },
  {
    ancestor: 'strong-remoting',
    ours: '@reloop/remoting',
    majors: { 2: '2.x', 3: '3.x' },
    main: 'RemoteObjects',
    add: { RemoteObjects: 'RemoteObjects', SharedClass: 'SharedClass', SharedMethod: 'SharedMethod', HttpContext: 'HttpContext' },
    deep: {
      'lib/dynamic': 'Dynamic',
      'lib/http-context': 'HttpContext',
      'lib/remote-objects': 'RemoteObjects',
      'lib/shared-class': 'SharedClass',
      'lib/shared-method': 'SharedMethod',
    },
  },
  {
    ancestor: 'loopback-phase',
    ours: '@reloop/phase',
    majors: { 1: '2.x', 3: '3.x' },
    main: 'whole',
    deep: { 'lib/phase': 'Phase', 'lib/phase-list': 'PhaseList', 'lib/merge-name-lists': 'mergePhaseNameLists' },
  },
  {
    ancestor: 'loopback-boot',
    ours: '@reloop/boot',
    majors: { 2: null, 3: null },
    main: 'boot',
  },
  {
    ancestor: 'loopback-component-explorer',
    ours: '@reloop/component-explorer',
    majors: { 2: null, 3: null, 4: null, 5: null, 6: null },
    main: 'callable',
  },
]

const juggler = ['@reloop/juggler', 'loopback-datasource-juggler-2', 'loopback-datasource-juggler-3', 'loopback-datasource-juggler-4']
const loopback = ['reloop', 'loopback-2', 'loopback-3']

/** Things of which a process must have one only: property → the modules under which applications and connectors meet it. */
export const shared = {
  ModelBaseClass: juggler,
  GeoPoint: [...juggler, ...loopback],
  ValidationError: [...juggler, ...loopback],
  Transaction: juggler,
  registry: loopback,
  PhaseList: ['@reloop/phase', 'loopback-phase-1', 'loopback-phase-3'],
  SharedClass: ['@reloop/remoting', 'strong-remoting-2', 'strong-remoting-3'],
}
