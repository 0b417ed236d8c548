// The connector
export { connector, connector as default } from './connector'

// Settings of a data source
export { settings, type SqliteSettings } from './settings'

// For a connector that speaks nearly the same
export { dialect } from './dialect'
