// The first commit of a history names a project for good. Walking there is done once and remembered under the newest commit seen.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { atomicWrite, ownedDirectory, readOwned } from '@ces/files'
import type { Git } from '@ces/ports'

/** The root commit behind `head`, along first parents. */
export async function firstCommit(git: Git, head: string, stateBase: string): Promise<string> {
  const file = join(ownedDirectory(join(stateBase, 'roots')), createHash('sha256').update(git.git_dir).digest('hex'))
  const known = readKnown(file)
  let at = head
  for (;;) {
    if (at === known?.seen) return known.root
    const { parents } = await git.commit(at)
    const [parent] = parents
    if (parent === undefined) break
    at = parent
  }
  if (known?.seen !== head) atomicWrite(file, `${head} ${at}\n`)
  return at
}

function readKnown(file: string): { readonly seen: string; readonly root: string } | undefined {
  const bytes = readOwned(file)
  const [seen, root] = bytes === undefined ? [] : Buffer.from(bytes).toString('utf8').trim().split(' ')
  return seen === undefined || root === undefined ? undefined : { seen, root }
}
