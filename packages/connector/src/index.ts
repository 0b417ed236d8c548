// What a connector is
export {
  plainCall,
  type Aggregate,
  type Awaitable,
  type Call,
  type Change,
  type Connector,
  type CrudConnector,
  type InvokingConnector,
  type IsolationLevel,
  type KeyValueConnector,
  type Row,
  type SchemaConnector,
  type ServiceConnector,
  type Transaction,
} from './connector'
export { capabilities, changeOperators, type Capabilities, type ChangeOperator } from './capabilities'
export {
  defineConnector,
  isConnectorDefinition,
  type ConnectorContext,
  type ConnectorDefinition,
  type SettingsSchema,
} from './define-connector'
export type { DiscoveredColumn, DiscoveredForeignKey, Discovery, DiscoveryOptions } from './discovery'
export { errors } from './errors'

// What it stores, and what it is asked
export {
  defineEntity,
  type Entity,
  type EntityDefinition,
  type EntityForeignKey,
  type EntityIndex,
  type IndexWhere,
  type EntityProperty,
  type PropertyType,
} from './entity'
export {
  operators,
  type Compare,
  type Join,
  type Near,
  type Operator,
  type Order,
  type Path,
  type Pattern,
  type PerParent,
  type Query,
  type Related,
  type Shape,
  type Slot,
  type Through,
  type Where,
} from './query/ast'

// Building and taking apart conditions and queries
export { and, compare, not, or, related } from './query/build'
export { fold, type WhereVisitor } from './query/fold'
export { keysetWhere } from './query/keyset-where'
export { negate, withoutNot } from './query/negate'
export { parameterize, type Parameterized } from './query/parameterize'
export { bindQuery, bindValue, bindWhere, isSlot, slot } from './query/slot'

// Evaluating them in memory
export { compileMatch, prepareMatch, type MatchOptions, type Matcher, type ResolveJoin, type RowTest } from './match/match'
export { compilePattern } from './match/pattern'
export { sameValue } from './match/same-value'
export { compileOrder, orderByDistance, type RowOrder } from './order/order'
export { topK } from './order/top-k'

// Parts that connectors share
export { localBroker, type Broker } from './broker'
export { chunk } from './chunk'
export {
  boundingBoxes,
  boundingWhere,
  distanceBetween,
  earthPoint,
  earthRadius,
  nearOf,
  type BoundingBox,
  type DistanceUnit,
  type EarthPoint,
} from './geo'
export { escapeLike, likeToRegExp, normalizeLike, parseLike, type LikePart } from './like'
export {
  sessionOf,
  trackTransaction,
  type TrackedTransaction,
  type TransactionOptions,
  type TransactionState,
  type TransactionSteps,
} from './transaction'
