// Values of secrets, from the person's own configuration (F-15). A value is a buffer in our memory, then a file in the memory of one
// box; it is never in an environment, in arguments or on a disk that we write.
import { spawn } from "node:child_process";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { basename } from "node:path";
import { CesError } from "@ces/kernel";
import { resolveTool } from "@ces/sandbox";
import type { SecretValue } from "./redact-secrets.ts";
import type { SecretProvider } from "./runner-config.schema.ts";

const MOST_BYTES = 64 * 1024;
const REMEDY = "name it under `secrets` in contracts.json of your configuration";

/** What the values are made of. */
export type SecretGround = {
  readonly providers: Readonly<Record<string, SecretProvider>>;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/**
 * The values of all names, each once. Throws CesError `SECRET_UNKNOWN` (no provider), `SECRET_NAME`, `SECRET_UNSAFE` (a file others can
 * read, a program others can write), `SECRET_FAILED`; no message holds a byte of a value.
 */
export async function provideSecrets(names: readonly string[], ground: SecretGround): Promise<readonly SecretValue[]> {
  const values: SecretValue[] = [];
  for (const name of new Set(names)) {
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(name))
      throw new CesError("SECRET_NAME", `\`${name}\` is no name of a secret that can become a file`, {
        remedy: REMEDY,
      });
    const provider = Object.hasOwn(ground.providers, name) ? ground.providers[name] : undefined;
    if (provider === undefined)
      throw new CesError("SECRET_UNKNOWN", `nobody provides the secret \`${name}\``, { remedy: REMEDY });
    const bytes = "file" in provider ? readFile(name, provider.file) : await runProvider(name, provider, ground.env);
    values.push({ name, value: withoutNewline(bytes) });
  }
  return values;
}

function readFile(name: string, path: string): Buffer {
  const fd = open(name, path);
  try {
    const stat = fstatSync(fd);
    const own = stat.uid === 0 || stat.uid === process.geteuid?.();
    if (!stat.isFile() || !own || (stat.mode & 0o077) !== 0)
      throw new CesError("SECRET_UNSAFE", `the file of the secret \`${name}\` is not yours alone`, {
        remedy: `chmod 600 ${path}`,
      });
    const bytes = Buffer.alloc(MOST_BYTES + 1);
    const length = readSync(fd, bytes, 0, bytes.length, 0);
    return checkedLength(name, bytes.subarray(0, length));
  } finally {
    closeSync(fd);
  }
}

function open(name: string, path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    throw new CesError("SECRET_FAILED", `the file of the secret \`${name}\` cannot be opened`, {
      remedy: `ls -l ${path}`,
      cause: error,
    });
  }
}

type CommandProvider = Extract<SecretProvider, { command: unknown }>;

async function runProvider(name: string, provider: CommandProvider, env: SecretGround["env"]): Promise<Buffer> {
  const [program = "", ...args] = provider.command;
  const found = resolveTool(basename(program), { path: "", forbiddenRoots: [], override: program });
  if (found.kind === "missing")
    throw new CesError(
      "SECRET_UNSAFE",
      `the program of the secret \`${name}\` is refused: ${found.skipped[0]?.why ?? "it is not there"}`,
      {
        remedy: "name an absolute path that only you can write",
      },
    );
  const kept = Object.fromEntries(provider.env.flatMap((key) => (env[key] === undefined ? [] : [[key, env[key]]])));
  const child = spawn(found.tool.path, args, {
    env: kept,
    cwd: "/",
    stdio: ["ignore", "pipe", "ignore"],
    detached: true,
  });
  const chunks: Buffer[] = [];
  let length = 0;
  const end = (): void => void (child.pid !== undefined && killGroup(child.pid));
  const timer = setTimeout(end, provider.timeout_sec * 1000);
  child.stdout.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length > MOST_BYTES) end();
    else chunks.push(chunk);
  });
  const code = await new Promise<number | null>((resolve) => {
    child.once("error", () => resolve(null));
    child.once("close", resolve);
  });
  clearTimeout(timer);
  if (code !== 0)
    throw new CesError("SECRET_FAILED", `the program of the secret \`${name}\` did not give it`, {
      remedy: `run it yourself: ${provider.command.join(" ")}`,
    });
  return checkedLength(name, Buffer.concat(chunks));
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Gone by itself.
  }
}

function checkedLength(name: string, bytes: Buffer): Buffer {
  if (bytes.length > 0 && bytes.length <= MOST_BYTES) return bytes;
  throw new CesError("SECRET_FAILED", `the secret \`${name}\` is empty or longer than ${MOST_BYTES} bytes`);
}

function withoutNewline(bytes: Buffer): Buffer {
  return bytes.at(-1) === 0x0a ? bytes.subarray(0, -1) : bytes;
}
