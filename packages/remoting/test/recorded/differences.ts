import type { Asked } from './scenario'

interface Pair {
  readonly ours: { readonly status: number; readonly body?: unknown }
  readonly theirs: { readonly status: number; readonly body?: unknown }
}

/** Where Reloop answers otherwise on purpose in a profile of LoopBack, and why. */
const differences: readonly { readonly why: string; readonly holds: (profile: string, asked: Asked, pair: Pair) => boolean }[] = [
  {
    why: '3.17 fails with 500 on an argument that declares no type; ours reads it like `any`',
    holds: (profile, { path }, { theirs }) => profile === '3.x' && /\/none\b/.test(path) && theirs.status === 500,
  },
  {
    why: 'an empty segment right after the path of a class is no path of ours; Express drops it',
    holds: (_profile, { path }, { ours }) => path === '/Notes//1' && ours.status === 404,
  },
  {
    why: 'an error hook sees an Error where a method called back with text',
    holds: (_profile, { path }, { ours, theirs }) => path === '/Reply/failedString' && same(ours.body, theirs.body),
  },
  {
    why: 'both kinds of wrong integers have a message of their own in all profiles; clients of 3.x see neither',
    holds: (profile, { path }, { ours, theirs }) => profile === '3.x' && path === '/Reply/integerUnsafe' && same(ours.body, theirs.body),
  },
  {
    why: 'every error of ours carries its status',
    holds: (profile, { path }, { ours }) => profile === '2.x' && path === '/Reply/fileWrong' && ours.status === 500,
  },
  {
    why: 'a date in XML is ISO text in all profiles',
    holds: (profile, { path }) => profile === '3.x' && path === '/Reply/nestedDate?_format=xml',
  },
  {
    why: 'of several items that are no dates, the first decides the message',
    holds: (profile, { path }, { ours, theirs }) => profile === '3.x' && path.includes('/dates?') && ours.status === 400 && theirs.status === 400,
  },
  {
    why: 'the URL of a request is whole for its methods and hooks; Express takes the path of the class off',
    holds: (_profile, { path }, pair) => /^\/Context\/req\b/.test(path) && same(withoutUrl(pair.ours.body), withoutUrl(pair.theirs.body)),
  },
  {
    why: 'a context has no result before there is one, gives arguments by name as they were read, and has `ctorArgs` always',
    holds: (_profile, { path }, { ours }) => path.startsWith('/Context/ctx') && (ours.body as { byName?: unknown }).byName === 7,
  },
  {
    why: 'pages and XML of errors hold the same in a form of our own',
    holds: (profile, { path, headers }, { ours, theirs }) =>
      profile === '3.x' &&
      ours.status === theirs.status &&
      (/_format=(html|xml)/.test(path) || /html|xml/.test(headers?.accept ?? '')) &&
      ours.status >= 400,
  },
  {
    why: 'null is no place on earth; 3.17 stumbles over it with a message of V8',
    holds: (profile, { path }, { theirs }) => profile === '3.x' && path.includes('geopoint') && /hasOwnProperty/.test(JSON.stringify(theirs.body)),
  },
]

function withoutUrl(body: unknown): unknown {
  const { url: _url, path: _path, ...rest } = body as { url?: unknown; path?: unknown }
  return rest
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** Whether a difference is one of the intended ones. */
export function isKnown(profile: string, asked: Asked, pair: Pair): boolean {
  return differences.some(({ holds }) => holds(profile, asked, pair))
}
