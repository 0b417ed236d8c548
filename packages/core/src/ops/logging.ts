import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest, FastifyServerOptions, RawServerDefault } from 'fastify'
import type { IncomingMessage } from 'node:http'
import type { Application } from '../app/application'
import { redact, redactText } from './redact'

/** What the setting `logger` may be: on or off, options of pino, or a logger. */
type LoggerSetting = FastifyServerOptions['logger'] | FastifyServerOptions['loggerInstance']

/** Identifiers that come from outside are taken over when they are harmless. */
const harmless = /^[\w.:-]{1,64}$/

/**
 * The options of Fastify that make it log as the setting `logger` says: nothing by default; `true`, options of pino (such as
 * `{ level: 'debug' }`) or a pino logger of one's own. What is logged shows no secrets; each request has an id, taken from `X-Request-Id` or made,
 * and answered under that name.
 *
 * @param app its setting `logger` is read
 * @example app.set('logger', { level: 'info' })
 */
export function loggingOptions(app: Application): FastifyServerOptions {
  const setting = app.get('logger') as LoggerSetting
  if (!setting) return { logger: false }
  if (isLogger(setting)) return { genReqId: requestId, loggerInstance: setting }
  const given = setting === true ? {} : setting
  return { genReqId: requestId, logger: { level: levelOf(app), ...colours(), ...given, ...safeLogging(given) } }
}

/**
 * Answers every request with its id, where requests have one.
 *
 * @param app its setting `logger` is read
 * @param fastify the instance
 */
export function answerRequestIds(app: Application, fastify: FastifyInstance): void {
  if (!app.get('logger')) return
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.raw.setHeader('x-request-id', request.id)
    done()
  })
}

function requestId(request: IncomingMessage): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && harmless.test(given) ? given : randomUUID()
}

function isLogger(setting: LoggerSetting): setting is NonNullable<FastifyServerOptions<RawServerDefault>['loggerInstance']> {
  return typeof setting === 'object' && setting !== null && typeof (setting as { child?: unknown }).child === 'function'
}

function levelOf(app: Application): string {
  return app.get('env') === 'production' ? 'info' : 'debug'
}

/** On a terminal, lines in colours when pino-pretty is installed. */
function colours(): object {
  if (!process.stdout.isTTY) return {}
  try {
    return { transport: { target: require.resolve('pino-pretty'), options: { translateTime: 'HH:MM:ss.l', ignore: 'pid,hostname' } } }
  } catch {
    return {}
  }
}

function safeLogging(given: object): object {
  const { serializers } = given as { serializers?: object }
  return {
    serializers: {
      req: ({ method, url, ip }: FastifyRequest) => ({ method, url: redactText(url), ip }),
      err: (error: Error) => redact(error),
      ...serializers,
    },
    formatters: { ...(given as { formatters?: object }).formatters, log: (entry: Record<string, unknown>) => withoutSecrets(entry) },
    hooks: {
      logMethod(this: unknown, args: unknown[], method: (...args: unknown[]) => void) {
        const [first] = args
        // Without a message of its own, pino would take the error's as it is.
        const whole = first instanceof Error && typeof args[1] !== 'string' ? [first, first.message, ...args.slice(1)] : args
        method.apply(
          this,
          whole.map((argument) => (typeof argument === 'string' ? redactText(argument) : argument)),
        )
      },
      ...(given as { hooks?: object }).hooks,
    },
  }
}

/** What serializers write themselves is left to them. */
const serialized: ReadonlySet<string> = new Set(['req', 'res', 'err'])

function withoutSecrets(entry: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(entry).filter(([name]) => serialized.has(name))
  const others = Object.entries(entry).filter(([name]) => !serialized.has(name))
  return { ...(redact(Object.fromEntries(others)) as object), ...Object.fromEntries(kept) }
}
