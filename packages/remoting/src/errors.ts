import { defineErrors } from '@reloop/errors'

/** Errors of remoting. Messages that LoopBack has are LoopBack's, word for word. */
export const errors = defineErrors({
  REMOTING_CLASS_UNKNOWN: {
    status: 404,
    message: (p: { verb: string; path: string }) => `There is no method to handle ${p.verb} ${p.path}`,
  },
  REMOTING_METHOD_UNKNOWN: {
    status: 404,
    message: (p: { className: string; verb: string; path: string; gap: string }) =>
      `Shared class${p.gap}"${p.className}" has no method handling ${p.verb} ${p.path}`,
  },
  REMOTING_ARGUMENT_MISSING: { status: 400, message: (p: { name: string }) => `${p.name} is a required argument` },
  REMOTING_ARGUMENT_INVALID: { status: 400, message: (p: { problem: string }) => p.problem },
  REMOTING_ARGUMENT_REPEATED: {
    status: 400,
    message: (p: { name: string; type: string }) => `Argument "${p.name}" must be one ${p.type}, not a list or an object.`,
  },
  REMOTING_ARGUMENT_UNREADABLE: {
    status: 400,
    message: (p: { name: string; type: string; value: unknown; reason: string }) =>
      `invalid value for argument '${p.name}' of type '${p.type}': ${String(p.value)}. Received type was ${typeof p.value}. Error: ${p.reason}`,
  },
  REMOTING_ARGUMENT_UNFIT: {
    status: 400,
    message: (p: { name: string; type: string; value: unknown }) =>
      `Invalid value for argument '${p.name}' of type '${p.type}': ${String(p.value)}. Received type was converted to ${typeof p.value}.`,
  },
  REMOTING_BODY_SYNTAX: { status: 400, name: 'SyntaxError', message: (p: { problem: string }) => p.problem },
  REMOTING_BODY_TOO_LARGE: { status: 413, name: 'PayloadTooLargeError', message: 'request entity too large' },
  REMOTING_BODY_TOO_DEEP: {
    status: 400,
    message: (p: { limit: number }) => `The body is nested over ${p.limit} levels (limits.body.depth).`,
  },
  REMOTING_KEY_REFUSED: {
    status: 400,
    message: (p: { where: string }) => `The ${p.where} holds a key that could reach an object's prototype.`,
  },
  REMOTING_MEDIA_TYPE_UNKNOWN: {
    status: 415,
    message: (p: { type: string }) =>
      p.type
        ? `Unsupported content type "${p.type}": expected application/json, application/x-www-form-urlencoded or multipart/form-data.`
        : 'The request has a body but no Content-Type header.',
  },
  REMOTING_QUERY_TOO_LARGE: {
    status: 400,
    message: (p: { what: string; limit: number; setting: string }) => `The query string has over ${p.limit} ${p.what} (${p.setting}).`,
  },
  REMOTING_QUERY_SYNTAX: { status: 400, message: 'The query string has malformed percent-encoding.' },
  REMOTING_URL_TOO_LONG: { status: 414, message: (p: { limit: number }) => `The URL is longer than ${p.limit} bytes (limits.url).` },
  REMOTING_URL_REFUSED: { status: 400, message: 'The URL holds a NUL byte.' },
  REMOTING_URL_MALFORMED: { status: 400, message: 'The URL has malformed percent-encoding.' },
  REMOTING_HEADERS_TOO_LARGE: {
    status: 431,
    message: (p: { limit: number }) => `The headers are longer than ${p.limit} bytes (limits.headers).`,
  },
  REMOTING_PART_TOO_LARGE: {
    status: 413,
    message: (p: { what: string; limit: number; setting: string }) => `Over ${p.limit} ${p.what} (${p.setting}).`,
  },
  REMOTING_FORM_SYNTAX: { status: 400, message: (p: { problem: string }) => `The multipart form is malformed: ${p.problem}` },
  REMOTING_RESULT_INTEGER: {
    message: (p: { name: string; value: unknown }) =>
      `Invalid return value for argument '${p.name}' of type 'integer': ${String(p.value)}. Received type was ${typeof p.value}.`,
  },
  REMOTING_RESULT_UNSAFE: {
    message: (p: { name: string; value: unknown }) =>
      `Unsafe integer value returned for argument '${p.name}' of type 'integer': ${String(p.value)}.`,
  },
  REMOTING_RESULT_NO_FILE: { message: (p: { type: string }) => `Cannot create a file response from ${p.type} ` },
  REMOTING_METHOD_NAME: {
    message: (p: { name: string }) => `Method "${p.name}": leave out "prototype." and set isStatic to false instead.`,
  },
  REMOTING_METHOD_ABSENT: { message: (p: { name: string }) => `Shared method ${p.name} has no function: define it before it is called.` },
  REMOTING_HOOK_INVALID: { message: (p: { name: string }) => `The hook for "${p.name}" must be a function.` },
  REMOTING_PHASE_UNKNOWN: { message: (p: { phase: string }) => `Unknown phase ${p.phase}` },
  REMOTING_TYPE_INVALID: { message: (p: { name: string; expected: string }) => `Type "${p.name}" must be defined with ${p.expected}.` },
  REMOTING_TYPE_TAKEN: { message: (p: { name: string }) => `The type name "${p.name}" is reserved.` },

  REMOTING_ADAPTER_UNKNOWN: {
    message: (p: { name: string }) => `There is no handler for "${p.name}": expected "rest", "jsonrpc" or an adapter class.`,
    hint: 'Sockets are served by webSocketPlugin and serveSocketIo.',
  },
  REMOTING_CONVERTER_MISSING: { message: (p: { name: string }) => `No Type converter defined for ${p.name}` },

  // Streams
  STREAM_TOO_MANY: {
    status: 429,
    message: (p: { limit: number }) => `This client has ${p.limit} streams open already (limits.stream.perClient).`,
  },
  STREAM_TOO_SLOW: {
    status: 503,
    message: (p: { limit: number }) => `The stream was closed: the client reads too slowly (limits.stream.buffer, ${p.limit} bytes).`,
  },
  STREAM_REVOKED: { status: 401, message: 'The stream was closed: access is no longer granted.' },
  STREAM_OUT_OF_PLACE: { status: 400, message: (p: { where: string }) => `A stream cannot be part of ${p.where}.` },
  STREAM_EVENT_INVALID: { message: (p: { part: string }) => `The ${p.part} of an event must be text without line breaks or NUL.` },

  // Batches and remote procedure calls
  BATCH_INVALID: { status: 400, message: (p: { problem: string }) => `The batch is not valid: ${p.problem}` },
  BATCH_TOO_LARGE: {
    status: 413,
    message: (p: { limit: number; setting: string }) => `The batch has over ${p.limit} parts (${p.setting}).`,
  },
  BATCH_NESTED: { status: 400, message: 'A batch cannot be part of a batch.' },
  BATCH_ATOMIC_UNSUPPORTED: {
    status: 501,
    message: 'This server does not support atomic batches.',
    hint: 'Give batchPlugin an "atomic" function that runs the batch in a transaction.',
  },
  BATCH_PART_FAILED: { status: 424, message: 'The request was undone, because another part of its atomic batch failed.' },
  RPC_METHOD_UNKNOWN: { status: 404, message: (p: { name: string }) => `There is no method ${p.name}.` },
  RPC_REQUEST_INVALID: { status: 400, message: (p: { problem: string }) => `Invalid request: ${p.problem}` },
  RPC_TOO_MANY_CALLS: { status: 429, message: (p: { limit: number }) => `Over ${p.limit} calls at a time (limits.batch.rpc).` },
  SOCKET_ORIGIN_REFUSED: { status: 403, message: 'The origin of this page may not open a connection.' },
  SOCKET_PEER_MISSING: {
    message: (p: { peer: string }) => `WebSocket needs the package "${p.peer}", which is not installed.`,
    hint: (p: { peer: string }) => `Run: npm install ${p.peer}`,
  },

  // The client
  CLIENT_NOT_CONNECTED: { message: 'Connect first: remotes.connect(url, "rest").' },
  CLIENT_ADAPTER_UNKNOWN: { message: (p: { name: string }) => `There is no client for "${p.name}": expected "rest".` },
  CLIENT_METHOD_UNKNOWN: { message: (p: { name: string }) => `The contract has no method ${p.name}.` },
  CLIENT_ARGUMENT_MISSING: {
    status: 400,
    message: (p: { name: string; method: string }) => `Argument "${p.name}" of ${p.method} is part of its path and must be given.`,
  },
  CLIENT_ARGUMENTS_EXCESS: {
    status: 400,
    message: (p: { method: string; expected: number; given: number }) => `${p.method} takes ${p.expected} arguments, not ${p.given}.`,
  },
  CLIENT_UNREACHABLE: { status: 503, message: (p: { host: string; reason: string }) => `${p.host} cannot be reached: ${p.reason}` },
  CLIENT_TIMEOUT: {
    status: 504,
    message: (p: { host: string; milliseconds: number }) => `${p.host} did not answer within ${p.milliseconds} ms.`,
  },
  CLIENT_REPLY_TOO_LARGE: { status: 502, message: (p: { host: string; limit: number }) => `${p.host} sent over ${p.limit} bytes.` },
  CLIENT_REPLY_UNREADABLE: {
    status: 502,
    message: (p: { host: string; status: number }) => `${p.host} sent status ${p.status} with a body that is no JSON.`,
  },
})
