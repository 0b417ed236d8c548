import { open, rename, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Replaces a file so that after a crash either the old or the new content is there, whole.
 *
 * @param chunks text of the new content, piece by piece
 * @returns the size of the new content in bytes
 */
export async function replaceFile(file: string, chunks: Iterable<string>): Promise<number> {
  const temporary = `${file}.tmp`
  const handle = await open(temporary, 'w')
  let size = 0
  try {
    for (const chunk of chunks) size += (await writeAll(handle, Buffer.from(chunk))).length
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(temporary, file)
  await syncFolder(file)
  return size
}

/** Writes all bytes at the end of what the handle has written; a short write is continued. */
export async function writeAll(handle: FileHandle, bytes: Buffer): Promise<Buffer> {
  for (let done = 0; done < bytes.length;) done += (await handle.write(bytes, done)).bytesWritten
  return bytes
}

/** Makes the names in a file's folder durable. Windows cannot sync a folder, and need not. */
export async function syncFolder(file: string): Promise<void> {
  if (process.platform === 'win32') return
  const folder = await open(dirname(file), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
