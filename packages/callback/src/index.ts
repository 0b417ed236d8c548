// From the user's manner to ours
export { fromCallback, type FromCallbackOptions, type UserFunction } from './from-callback'
export { fromMiddleware, type EndingReply } from './from-middleware'

// From ours to the user's
export { acceptCallback, type Callback, type LegacyCallable } from './accept-callback'
export { isResults, results, type Results } from './results'
