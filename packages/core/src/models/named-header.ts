import type { HttpContext } from '@reloop/remoting'

const exposed = 'access-control-expose-headers'

/** Sets a header that scripts of other origins may read as well, where they may call at all. */
export function setNamedHeader(context: HttpContext, name: string, value: string): void {
  const { reply } = context
  context.wire.setHeader(context, name, value)
  if (reply.getHeader('access-control-allow-origin') === undefined) return
  const before = reply.getHeader(exposed)
  reply.header(exposed, before === undefined ? name : `${String(before)},${name}`)
}
