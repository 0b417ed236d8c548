export { CodedError, type ErrorExtras } from './coded-error'
export { defineErrors, type ErrorEntry, type Errors } from './define-errors'
export { nearest } from './nearest'
export { statusOf, toWire, type WireError, type WireOptions } from './to-wire'
