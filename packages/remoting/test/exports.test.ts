import * as remoting from '../src'

it('exports these names and no others', () => {
  expect(Object.keys(remoting).sort()).toEqual([
    'ErrorReply',
    'EventLog',
    'HttpContext',
    'RemoteObjects',
    'RestClient',
    'SharedClass',
    'SharedMethod',
    'StreamEvent',
    'batchPlugin',
    'connectionOf',
    'createClient',
    'defaultLimits',
    'describeContract',
    'errors',
    'flags',
    'httpPlugin',
    'jsonRpcPlugin',
    'lastEventId',
    'readEvents',
    'requestView',
    'responseView',
    'serveSocketIo',
    'webSocketPlugin',
  ])
})
