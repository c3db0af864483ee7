// Cassettes of replay runs: from the installation by name, or from an explicit absolute path; closed schema either way (S38).
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { CesError, type Json, parseJson } from "@ces/kernel";
import { readCassette } from "@ces/runtimes";

/** The folder of the shop that comes with the installation. Throws DEMO_MISSING. */
export function freshcartDir(): string {
  for (let at = dirname(fileURLToPath(import.meta.url)); at !== dirname(at); at = dirname(at)) {
    const dir = join(at, "examples", "freshcart");
    if (existsSync(join(dir, "package.json"))) return dir;
  }
  throw new CesError("DEMO_MISSING", "the example shop is not part of this installation", {
    remedy: "run ces from its repository",
  });
}

/** A cassette by reference: `freshcart/<name>` or an absolute path. Throws CASSETTE_INVALID, CASSETTE_MISSING. */
export function loadCassette(reference: string): Json {
  const path = reference.startsWith("/")
    ? reference
    : join(freshcartDir(), "cassettes", `${reference.replace(/^freshcart\//, "")}.cassette.json`);
  if (!existsSync(path))
    throw new CesError("CASSETTE_MISSING", `there is no cassette \`${reference}\``, {
      remedy: "ces build … --runtime replay --cassette FILE",
    });
  const read = parseJson(readFileSync(path));
  if (read.kind === "refused")
    throw new CesError("CASSETTE_INVALID", `\`${reference}\` is not JSON (${read.cause})`, {
      remedy: "correct the cassette or name another one",
    });
  readCassette(read.value);
  return read.value;
}

/** The installation's cassette that answers a request word for word. */
export function cassetteFor(request: string): string | undefined {
  const dir = join(freshcartDir(), "cassettes");
  return readdirSync(dir)
    .filter((name) => name.endsWith(".cassette.json"))
    .map((name) => `freshcart/${name.replace(".cassette.json", "")}`)
    .find((reference) => readCassette(loadCassette(reference)).request === request);
}
