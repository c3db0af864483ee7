// A registry of npm on loopback with a handful of packages, only to fill a cache that a test then uses without any network.
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** One package to publish. `index` is its program; `says` replaces the digest that the registry tells. */
export interface StubPackage {
  readonly name: string;
  readonly version: string;
  readonly index: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly says?: string;
}

export interface StubRegistry {
  readonly url: string;
  close(): Promise<void>;
}

interface Published extends StubPackage {
  readonly tarball: Buffer;
  readonly integrity: string;
}

/** Serves the packages until it is closed. */
export async function stubRegistry(packages: readonly StubPackage[]): Promise<StubRegistry> {
  const published = packages.map((one): Published => {
    const tarball = tarballOf(one);
    return { ...one, tarball, integrity: one.says ?? integrityOf(tarball) };
  });
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "").slice(1);
    const [name = "", file] = path.split("/-/");
    const releases = published.filter((one) => one.name === name);
    const wanted = releases.find(({ version }) => file?.endsWith(`-${version}.tgz`));
    if (wanted !== undefined) return response.end(wanted.tarball);
    if (releases.length === 0) return response.writeHead(404).end("{}");
    response.setHeader("content-type", "application/vnd.npm.install-v1+json");
    return response.end(JSON.stringify(packument(name, releases, `http://${request.headers.host ?? ""}`)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // a TCP server
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise((resolve) => void (server.close(() => resolve()), server.closeAllConnections())),
  };
}

/** What a person types to fetch packages into their cache: npm itself, with their HOME. */
export async function fillCache(home: string, url: string, specs: readonly string[]): Promise<void> {
  for (const spec of specs) {
    const child = spawn("npm", ["cache", "add", spec, `--registry=${url}`, `--cache=${join(home, ".npm")}`], {
      env: { PATH: process.env["PATH"] ?? "", HOME: home },
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    const code = await new Promise((resolve) => child.once("close", resolve));
    if (code !== 0) throw new Error(`npm cache add ${spec}: ${said}`);
  }
}

/** The digest of a package's tarball, as lockfiles write it. */
export const integrityOf = (bytes: Buffer): string => `sha512-${createHash("sha512").update(bytes).digest("base64")}`;

/** The tarball of a package; the same bytes each time. */
export function tarballOf({ name, version, index, scripts, dependencies }: StubPackage): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "ces-stub-"));
  try {
    const files = {
      "package.json": JSON.stringify({ name, version, type: "module", main: "index.js", scripts, dependencies }),
      "index.js": index,
    };
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, "package", path)), { recursive: true });
      writeFileSync(join(folder, "package", path), text);
    }
    const fixed = ["--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner", "--mode=u=rwX,go=rX"];
    execFileSync("tar", [...fixed, "-cf", "p.tar", "package"], { cwd: folder });
    execFileSync("gzip", ["-n", "-f", "p.tar"], { cwd: folder });
    return readFileSync(join(folder, "p.tar.gz"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function packument(name: string, releases: readonly Published[], origin: string) {
  return {
    name,
    "dist-tags": { latest: releases.at(-1)?.version },
    versions: Object.fromEntries(
      releases.map(({ version, integrity, scripts, dependencies }) => [
        version,
        {
          name,
          version,
          ...(dependencies && { dependencies }),
          ...(scripts && { hasInstallScript: true }),
          dist: { integrity, tarball: `${origin}/${name}/-/${name}-${version}.tgz` },
        },
      ]),
    ),
  };
}
