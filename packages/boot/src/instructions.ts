/** What a start is made of, ready to be executed: plain data, but for values that JavaScript config files hold. */
export interface Instructions {
  readonly env: string
  readonly appRootDir: string
  /** Settings of the application. */
  readonly config: Readonly<Record<string, unknown>>
  /** Settings of data sources by name, `${NAME}` not replaced yet. */
  readonly dataSources: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly mixins: readonly MixinInstruction[]
  /** Bases before what extends them. */
  readonly models: readonly ModelInstruction[]
  readonly middleware: MiddlewareInstructions
  readonly components: readonly ComponentInstruction[]
  readonly files: { readonly boot: readonly string[] }
}

/** A mixin: its name, its script, and what its JSON file says. */
export interface MixinInstruction {
  readonly name: string
  readonly sourceFile: string
  readonly [meta: string]: unknown
}

/** A model: defined when there is a definition, configured when there is a config. */
export interface ModelInstruction {
  readonly name: string
  readonly definition?: Readonly<Record<string, unknown>>
  readonly config?: Readonly<Record<string, unknown>>
  /** The script that customizes the class. */
  readonly sourceFile?: string
  /** Where the definition stands, for messages. */
  readonly definitionFile?: string
}

/** Phases in the order of the file, and what runs in them. */
export interface MiddlewareInstructions {
  readonly phases: readonly string[]
  readonly middleware: readonly MiddlewareInstruction[]
}

/** One middleware: a factory's module (and the name of one of its exports), or a name that the core knows. */
export interface MiddlewareInstruction {
  /** As it was written: `compression`, `loopback#static`, `./middleware/x`. */
  readonly ref: string
  /** Left out for names that the core knows. */
  readonly sourceFile?: string
  readonly fragment?: string
  readonly config: Readonly<Record<string, unknown>> & { readonly phase: string }
}

/** One component: its module and its options. */
export interface ComponentInstruction {
  readonly ref: string
  readonly sourceFile: string
  readonly config: unknown
}
