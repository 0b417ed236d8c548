import { open, readFile, stat, type FileHandle } from 'node:fs/promises'
import { errors } from '../errors'
import { replaceFile, syncFolder, writeAll } from './durable'
import { decodeFrames, encodeFrame } from './frame'

interface Waiting {
  readonly record: string
  readonly resolve: () => void
  readonly reject: (error: Error) => void
}

/** Where the journal's file is, when it is folded, and into what. */
export interface JournalOptions {
  readonly file: string
  /** Size of the journal, in bytes, up to which it is never folded while running. */
  readonly foldAbove: number
  /** The present content of FILE, captured when it is called, read while it is written. */
  readonly snapshot: () => Iterable<string>
}

/**
 * An append-only file of changes beside FILE. Records that wait at the same time share one group, one checksum and one sync;
 * when the journal outgrows FILE it is folded: FILE is written anew and the journal emptied. Records state values, not differences,
 * so a crash between the two steps leaves a journal that may be applied again.
 */
export class Journal {
  #waiting: Waiting[] = []
  #running: Promise<void> | undefined
  #failure: Error | undefined
  #size = 0
  #foldedSize = 0

  private constructor(
    private readonly options: JournalOptions,
    private readonly handle: FileHandle,
  ) {}

  /** Opens the journal; what it holds, if anything, is expected to be in the snapshot, and is folded at once. */
  static async open(options: JournalOptions): Promise<Journal> {
    const handle = await open(`${options.file}.log`, 'a')
    const journal = new Journal(options, handle)
    if ((await handle.stat()).size > 0) await journal.fold()
    else await journal.#begin()
    return journal
  }

  /** Resolves when the record is on disk. */
  append(record: string): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure)
    return new Promise((resolve, reject) => {
      this.#waiting.push({ record, resolve, reject })
      this.#running ??= this.#run()
    })
  }

  /** Throws what has made the journal refuse records. */
  check(): void {
    if (this.#failure) throw this.#failure
  }

  /** Writes FILE anew and empties the journal. */
  async fold(): Promise<void> {
    this.#foldedSize = await replaceFile(this.options.file, this.options.snapshot())
    await this.handle.truncate(0)
    await this.handle.sync()
    this.#size = 0
  }

  /** Waits for all records, folds, and closes the file. */
  async close(): Promise<void> {
    await this.#running
    try {
      if (!this.#failure) await this.fold()
    } finally {
      await this.handle.close()
    }
  }

  async #begin(): Promise<void> {
    await syncFolder(this.options.file)
    this.#foldedSize = await sizeOf(this.options.file)
  }

  async #run(): Promise<void> {
    await Promise.resolve() // whoever writes in the same tick joins the first group
    while (this.#waiting.length > 0) {
      const group = this.#waiting
      this.#waiting = []
      try {
        await this.#write(group)
        for (const { resolve } of group) resolve()
        if (this.#size > Math.max(this.options.foldAbove, this.#foldedSize)) await this.fold()
      } catch (error) {
        this.#fail(error as Error, group)
      }
    }
    this.#running = undefined
  }

  async #write(group: readonly Waiting[]): Promise<void> {
    const frame = encodeFrame(`[${group.map(({ record }) => record).join()}]`)
    await writeAll(this.handle, frame)
    await this.handle.datasync()
    this.#size += frame.length
  }

  #fail(error: Error, group: readonly Waiting[]): void {
    this.#failure = errors.MEMORY_WRITE_FAILED({ file: this.options.file, reason: error.message }, { cause: error })
    for (const { reject } of [...group, ...this.#waiting]) reject(this.#failure)
    this.#waiting = []
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}

/**
 * The records of a journal that a former process has left, oldest first. A torn last group is left out, with a warning.
 *
 * @throws MEMORY_JOURNAL_CORRUPT
 */
export async function readJournal(file: string): Promise<readonly unknown[]> {
  const path = `${file}.log`
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return Buffer.alloc(0)
    throw error
  })
  const { texts, end } = decodeFrames(path, bytes)
  if (end < bytes.length) {
    const torn = `Journal ${path} ends in a record that was not written whole; its ${bytes.length - end} bytes, never answered, are dropped.`
    process.emitWarning(torn, { code: 'MEMORY_JOURNAL_TORN' })
  }
  return texts.flatMap((text) => JSON.parse(text) as unknown[])
}
