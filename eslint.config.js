const { builtinRules } = require('eslint/use-at-your-own-risk')
const tseslint = require('typescript-eslint')

const bannedName = '/^(Base|Abstract)[A-Z]|^I[A-Z][a-z]|Manager$/'
const house = {
  // A second instance of the rule, so that 300 lines warn and 500 fail.
  rules: { 'growing-file': builtinRules.get('max-lines') },
}

const banned = [
  ...['ClassDeclaration', 'TSInterfaceDeclaration', 'TSTypeAliasDeclaration'].map((kind) => ({
    selector: `${kind}[id.name=${bannedName}]`,
    message: 'Name it for what it is: no Base*, Abstract*, I* or *Manager.',
  })),
  { selector: 'ExportAllDeclaration[exportKind!="type"]', message: 'Barrels are explicit: re-export by name.' },
]

module.exports = tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '**/fixtures/**',
      '**/recorded/**',
      '**/*.generated.*',
      '**/*.d.ts',
      '**/*.test-d.ts',
      '.turbo/**',
      '.cache/**',
      'examples/*/data/**',
      // Written as applications of 2016 are.
      'examples/classic/{server,common,to-3.x}/**',
      'bench/**/*.ts',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    plugins: { house },
    languageOptions: { parserOptions: { project: ['tsconfig.json'], tsconfigRootDir: __dirname } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': ['error', { destructuring: 'all' }],
      'no-restricted-syntax': ['error', ...banned],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none', ignoreRestSiblings: true },
      ],
      // Connectors may answer at once or later, so an async signature without await is part of the design.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-empty-object-type': ['error', { allowInterfaces: 'always' }],
      // Connectors, drivers and options are records of functions that know no "this"; taking one out is how they are used.
      '@typescript-eslint/unbound-method': 'off',
      // LoopBack's contract hands plain functions around; their shapes are checked at registration.
      '@typescript-eslint/no-unsafe-function-type': 'off',
      '@typescript-eslint/only-throw-error': ['error', { allowThrowingUnknown: true, allowThrowingAny: true }],
      '@typescript-eslint/prefer-promise-reject-errors': ['error', { allowThrowingUnknown: true, allowThrowingAny: true }],
      // Whatever was thrown or sent from outside ends up in messages; String() never throws on it.
      '@typescript-eslint/no-base-to-string': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true, allowNullish: true }],
    },
  },
  {
    files: ['*/*/src/**/*.ts'],
    rules: {
      'max-lines': ['error', 500],
      'house/growing-file': ['warn', 300],
      'max-lines-per-function': ['error', { max: 60, skipComments: true }],
      '@typescript-eslint/max-params': ['error', { max: 3 }],
    },
  },
  // The doors take what LoopBack's callers and middleware hand over: (err, req, res, next).
  { files: ['**/legacy*.ts', '**/legacy*/**/*.ts'], rules: { '@typescript-eslint/max-params': 'off' } },
  // A suite is one function by nature; each of its tests is short.
  { files: ['packages/connector/src/conformance/**/*.ts'], rules: { 'max-lines-per-function': 'off' } },
  {
    files: ['**/test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-require-imports': 'off',
      '@typescript-eslint/restrict-template-expressions': 'off',
      'no-restricted-syntax': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { ecmaVersion: 'latest' },
    rules: {
      'no-var': 'error',
      'prefer-const': ['error', { destructuring: 'all' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrors: 'none' }],
    },
  },
  {
    files: ['tools/**/*.mjs'],
    rules: { 'max-lines': ['error', 150], 'max-lines-per-function': ['error', 60], 'max-params': ['error', 3] },
  },
)
