import * as juggler from '@reloop/juggler'

it('exports what it promises, and nothing else', () => {
  expect(Object.keys(juggler).sort()).toMatchInlineSnapshot(`
    [
      "Any",
      "DataSource",
      "DateOnly",
      "DateString",
      "Decimal",
      "GeoPoint",
      "Integer",
      "Json",
      "KeyValueAccessObject",
      "List",
      "ModelBaseClass",
      "ModelBuilder",
      "Text",
      "Transaction",
      "ValidationError",
      "defaultLimits",
      "defineModel",
      "errors",
      "flags",
      "kGuard",
      "matchWhere",
      "persistedPrototype",
      "persistedStatics",
      "runtimeOf",
    ]
  `)
})
