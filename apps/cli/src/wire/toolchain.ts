// The programs that checks and agents need, as a sealed record: absolute path, digest, version, and what must be mounted (S24).
import { execFile } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { CesError } from '@ces/kernel'
import type { Tool, Toolchain } from '@ces/records'
import { resolveTool } from '@ces/sandbox'

/** What a program needs beside itself. */
const companions: Readonly<Record<string, readonly string[]>> = { npm: ['node'], npx: ['node'], pnpm: ['node'], yarn: ['node'], pip: ['python3'], pytest: ['python3'] }

/**
 * Resolves the named programs and their companions. `optional` ones that are missing are left out; a required one throws
 * TOOLCHAIN_MISSING (exit 5).
 */
export async function resolveToolchain(required: readonly string[], optional: readonly string[], search: { readonly path: string; readonly forbiddenRoots: readonly string[] }): Promise<Toolchain> {
  const names = [...new Set([...required, ...required.flatMap((name) => companions[name] ?? []), ...optional])]
  const tools = await Promise.all(names.map((name) => resolveOne(name, required.includes(name), search)))
  return tools.filter((tool) => tool !== undefined)
}

async function resolveOne(name: string, required: boolean, search: { readonly path: string; readonly forbiddenRoots: readonly string[] }): Promise<Tool | undefined> {
  // What /usr has is there in every box; elsewhere a program drags its whole prefix along, so /usr is asked first.
  const inUsr = resolveTool(name, { ...search, path: '/usr/local/bin:/usr/bin:/bin' })
  const found = inUsr.kind === 'found' ? inUsr : resolveTool(name, search)
  if (found.kind === 'missing') {
    if (!required) return undefined
    throw new CesError('TOOLCHAIN_MISSING', `a check needs \`${name}\`, which was not found outside the project`, { remedy: `install ${name}, or leave the check out` })
  }
  const { path } = found.tool
  const mounts = path.startsWith('/usr/') ? [] : [dirname(dirname(realpathSync(path)))]
  return { program: name, path, sha256: await found.tool.sha256(), version: await version(path), mounts }
}

/** First line of `--version`, or empty. The program was judged before it is run; its environment is empty. */
async function version(path: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(path, ['--version'], { env: { PATH: '/usr/bin:/bin' }, cwd: '/', timeout: 5000 })
    return stdout.split('\n')[0]?.slice(0, 200) ?? ''
  } catch {
    return ''
  }
}
