import { shapeOf, templateOf } from '../../src/paths'

describe('templateOf', () => {
  it.each([
    ['/Products/:id', '/Products/{id}', ['id']],
    ['/Products/:id/parts/:fk', '/Products/{id}/parts/{fk}', ['id', 'fk']],
    ['/Products/:id?', '/Products/{id}', ['id']],
    ['/Products/:id(\\d+)/x', '/Products/{id}/x', ['id']],
    ['/Products/', '/Products', []],
    ['/', '/', []],
    ['Products', '/Products', []],
  ])('of %s is %s', (path, template, names) => {
    expect(templateOf(path)).toEqual({ path: template, names })
  })

  it('has the same shape whatever the names are', () => {
    expect(shapeOf(templateOf('/a/:x/b/:y'))).toBe(shapeOf(templateOf('/a/:id/b/:fk')))
  })
})
