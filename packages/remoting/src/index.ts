// What is shared
export { RemoteObjects, type AuthorizationOf, type Identify } from './contract/remote-objects'
export { SharedClass, type ClassOptions } from './contract/shared-class'
export { SharedMethod, type NamedOptions, type Route } from './contract/shared-method'
export type {
  ArgumentOptions,
  ArgumentSource,
  DirectCall,
  MethodOptions,
  RestOptions,
  ReturnOptions,
  RouteOptions,
} from './contract/method-options'
export type { CorsOptions, ErrorHandlerOptions, RemotingOptions } from './options'
export type { CustomType } from './args/type-registry'
export type { TypeName } from './contract/type-name'
export { Dynamic, type DynamicConverter } from './args/dynamic'

// How it is called
export { cancelWork, HttpContext } from './invoke/context'
export { httpPlugin, type HttpPluginOptions } from './http/plugin'
export { ErrorReply, type Failure } from './http/error-reply'
export { corsHook } from './http/cors'
export { cleanBody } from './http/poison'
export { requestView, type RequestView } from './http/request-view'
export { responseView, type ResponseView } from './http/response-view'
export type { FormFile } from './http/multipart'
export { defaultLimits, type Limits, type LimitSettings } from './limits'

// For programs with a server of their own
export type { AdapterClass, RemoteHandler } from './handler/handler-of'
export { JsonRpcAdapter, type JsonRpcRoute } from './handler/json-rpc-adapter'
export type { Listener } from './handler/listener'
export { RestAdapter, type AdapterRoute } from './handler/rest-adapter'
export { RestClass, RestMethod, type RestEndpoint } from './handler/rest-method'

// Other transports
export { batchPlugin, type BatchPluginOptions } from './batch/plugin'
export { jsonRpcPlugin, type JsonRpcPluginOptions } from './json-rpc/plugin'
export { webSocketPlugin, type WebSocketPluginOptions } from './json-rpc/web-socket-plugin'
export { serveSocketIo, type IoServer, type IoSocket, type SocketIoOptions } from './socket-io/serve-socket-io'

// Streams
export { wantsLines } from './stream/forms'
export { EventLog, type EventLogOptions, type SubscribeOptions } from './stream/event-log'
export { lastEventId } from './stream/last-event-id'
export { StreamEvent, type StreamEventOptions } from './stream/stream-event'

// The client
export { connectionOf, type ClientAuth, type ClientOptions, type Connection } from './client/connection'
export { createClient } from './client/create-client'
export { readEvents } from './client/read-events'
export { RestClient } from './client/rest-client'
export type { SendOptions } from './client/send'
export { tokenIn } from './client/token-in'
export type { ClientOf } from './client/typed'

// What a server offers, as data
export { describeContract, type DescribeOptions } from './contract/describe'
export type {
  Contract,
  ContractArgument,
  ContractClass,
  ContractMethod,
  ContractReturn,
  ContractRoute,
  ContractType,
  JsonSchema,
} from './contract/contract'

// Errors and differences between profiles
export { errors } from './errors'
export { flags, type RemotingFlags } from './compat'
