// A program as a page would load it, in a realm that has the language and the web's text encoders and nothing of Node.
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";
import { build } from "tsdown";

const TIMEOUT_MS = 20_000;

/** Bundles `entry`, which exports `verify(receipts, keys)` giving JSON; the answer calls it in a realm of its own each time. */
export async function pageOf(entry: string): Promise<(receipts: readonly string[], keys: string) => unknown> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "ces-page-"));
  try {
    await build({
      entry: { verify: entry },
      outDir: folder,
      format: "iife",
      globalName: "receipts",
      platform: "browser",
      dts: false,
      config: false,
      logLevel: "error",
      deps: { alwaysBundle: [/./] },
    });
    const [name = ""] = readdirSync(folder).filter((one) => one.endsWith(".js"));
    const script = readFileSync(join(folder, name), "utf8");
    return (receipts, keys) => {
      const realm = createContext({ TextEncoder, TextDecoder });
      runInContext(script, realm, { timeout: TIMEOUT_MS });
      const call = `receipts.verify(${JSON.stringify(receipts)}, ${JSON.stringify(keys)})`;
      return JSON.parse(String(runInContext(call, realm, { timeout: TIMEOUT_MS })));
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
