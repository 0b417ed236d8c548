import type { SettingsSchema } from '@reloop/connector'

/** Settings of a data source that reads another server. */
export interface RemoteSettings {
  /** URL of the other server's API: `http://localhost:3000/api`. Credentials in it are sent as a header. */
  readonly url: string
  /** Token that is sent as `Authorization: Bearer …`. */
  readonly bearer?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Sends `options.accessToken` of a call as `Authorization`. @default false */
  readonly passAccessToken?: boolean
  /** Milliseconds until a call is given up. @default 30000 */
  readonly timeout?: number
  /** Further attempts to read when the server is away. @default 2 */
  readonly retries?: number
  /** Milliseconds until `connect` and `ping` give up. @default 5000 */
  readonly connectionTimeout?: number
}

/** What the settings must look like. */
export const settings: SettingsSchema = Object.freeze({
  type: 'object',
  required: ['url'],
  properties: {
    url: { type: 'string', pattern: '^https?://' },
    bearer: { type: 'string' },
    headers: { type: 'object', additionalProperties: { type: 'string' } },
    passAccessToken: { type: 'boolean' },
    timeout: { type: 'integer', minimum: 1 },
    retries: { type: 'integer', minimum: 0, maximum: 10 },
    connectionTimeout: { type: 'integer', minimum: 1 },
  },
})
