// `ces deps apply` with the real npm in real walls: what is malicious stops, what is odd needs a person, no script of a package runs,
// and what merges is what the frozen lockfile pins (issue 3 §3).
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type DepsShop, depsShop } from "../../support/e2e/deps-shop.ts";
import { projectFolder } from "../../support/e2e/replay-shop.ts";
import { integrityOf, type StubPackage, tarballOf } from "../../support/e2e/stub-registry.ts";
import { bwrapOrSkip } from "../../support/requirements.ts";

const LIMIT = { timeout: 90_000 };
/** Its script would leave a file in its own folder; its program says so when it finds one. */
const pad: StubPackage = {
  name: "tidy-pad",
  version: "1.0.0",
  index:
    "import { existsSync } from 'node:fs'\nif (existsSync(new URL('./canary', import.meta.url))) throw new Error('a script ran')\nexport default (text, size) => text.padStart(size)\n",
  scripts: { postinstall: "touch canary" },
};
const user: StubPackage = {
  name: "uses-pad",
  version: "2.0.0",
  index: "import pad from 'tidy-pad'\nexport default (text) => pad(text, 8)\n",
  dependencies: { "tidy-pad": "^1.0.0" },
};
const squat: StubPackage = { name: "expres", version: "1.0.0", index: "export default () => 1\n" };
const boss = ["--as", "boss", "--yes"] as const;

async function withDeps(
  packages: readonly StubPackage[],
  fetched: readonly string[],
  play: (shop: DepsShop) => Promise<void>,
): Promise<void> {
  const shop = await depsShop(packages, fetched);
  try {
    await play(shop);
  } finally {
    await shop.close();
  }
}

const head = (shop: DepsShop): string => shop.git("rev-parse", "main").trim();
const lockOf = (shop: DepsShop) => JSON.parse(shop.git("show", "HEAD:package-lock.json"));

interface Said {
  readonly event_type: string;
  readonly summary: string;
  readonly decision: string | null;
  readonly rationale: string | null;
}

async function entries(shop: DepsShop, type: string): Promise<readonly Said[]> {
  const { document } = await shop.json(["audit", "--event-type", type, "--limit", "100"]);
  // The shape is asserted by the tests that use it.
  return (document.data?.["entries"] ?? []) as readonly Said[];
}

describe.skipIf(bwrapOrSkip())("ces deps apply", () => {
  test.concurrent(
    "judges, installs in walls, checks with what was installed, and merges what a person decides",
    LIMIT,
    async () => {
      await withDeps([pad, user], ["tidy-pad@1.0.0", "uses-pad@2.0.0"], async (shop) => {
        await shop.importAdvisories([]);
        const waits = await shop.apply("uses-pad@2.0.0", "--yes");
        expect(waits).toMatchObject({
          code: 3,
          error: { code: "TRIAGE_RED" },
          data: { state: "under_review", tier: "A", required_gate: "human" },
        });
        // The check imports each package of the manifest: it passes only where the lockfile's own packages are installed, and no script ran.
        expect(waits.data.checks).toEqual([
          expect.objectContaining({ command: "node --test", outcome: "touched", passed: 1, failed: 0 }),
        ]);
        expect(waits.data.files).toEqual(["package-lock.json", "package.json"]);
        const [seen] = (await entries(shop, "sensor_run")).filter(({ summary }) => summary.startsWith("dependencies "));
        expect(seen?.rationale).toBe("added tidy-pad → 1.0.0\nadded uses-pad → 2.0.0");

        expect(await shop.run("approve", "--as", "tester", "--yes")).toMatchObject({ data: { state: "under_review" } });
        const merged = await shop.run("approve", ...boss);
        expect(merged).toMatchObject({ code: 0, data: { state: "merged", next: "npm ci --ignore-scripts" } });
        expect(JSON.parse(shop.git("show", "HEAD:package.json")).dependencies).toEqual({ "uses-pad": "2.0.0" });
        expect(lockOf(shop).packages["node_modules/tidy-pad"].integrity).toBe(integrityOf(tarballOf(pad)));
        // Nothing was put into the person's checkout but what was merged; nothing of the walls is left.
        expect(existsSync(join(shop.shop, "node_modules"))).toBe(false);
        expect(shop.git("status", "--porcelain")).toBe("");
        expect(await shop.ces(["audit", "verify"])).toMatchObject({ code: 0 });
      });
    },
  );

  test.concurrent("a malicious package stops before anything runs, whoever asks", LIMIT, async () => {
    await withDeps([pad], ["tidy-pad@1.0.0"], async (shop) => {
      await shop.importAdvisories(["tidy-pad"]);
      const base = head(shop);
      const stopped = await shop.apply("tidy-pad@1.0.0", ...boss);
      expect(stopped).toMatchObject({ code: 3, error: { code: "DEPS_REFUSED" } });
      expect(stopped.error?.message).toContain("PACKAGE_MALICIOUS");
      expect(head(shop)).toBe(base);
      expect(await entries(shop, "run")).toEqual([]);
      expect(await entries(shop, "escalation")).toEqual([
        expect.objectContaining({ summary: "refused: npm add tidy-pad@1.0.0", decision: "deny" }),
      ]);
    });
  });

  test.concurrent("a malicious package that comes along stops in the frozen lockfile", LIMIT, async () => {
    await withDeps([pad, user], ["tidy-pad@1.0.0", "uses-pad@2.0.0"], async (shop) => {
      await shop.importAdvisories(["tidy-pad"]);
      const base = head(shop);
      const stopped = await shop.apply("uses-pad@2.0.0", ...boss);
      expect(stopped).toMatchObject({ code: 3, data: { state: "failed", merged_commit: null } });
      expect(stopped.data.blockers.map(({ code }) => code)).toContain("DEPENDENCY_REFUSED");
      expect(head(shop)).toBe(base);
    });
  });

  test.concurrent("a lookalike needs a person; a hybrid key is none, and asking is recorded", LIMIT, async () => {
    await withDeps([squat], ["expres@1.0.0"], async (shop) => {
      await shop.importAdvisories([]);
      for (const consent of [["--yes"], ["--as", "tester", "--yes"]]) {
        const asked = await shop.apply("expres@1.0.0", ...consent);
        expect(asked).toMatchObject({ code: 7, error: { code: "NEEDS_APPROVAL" } });
        expect(asked.error?.message).toContain("PACKAGE_LOOKALIKE");
      }
      expect(await entries(shop, "run")).toEqual([]);
      expect((await entries(shop, "escalation")).map(({ summary }) => summary)).toEqual([
        "an exception was asked for: npm add expres@1.0.0",
        "an exception was asked for: npm add expres@1.0.0",
      ]);
      expect(await shop.apply("expres@1.0.0", ...boss)).toMatchObject({ code: 0, data: { state: "merged" } });
      expect(await entries(shop, "exception")).toEqual([
        expect.objectContaining({ summary: "accepted by boss: npm add expres@1.0.0", decision: "allow" }),
      ]);
    });
  });

  test.concurrent("without advisory data every package is a question, and says why", LIMIT, async () => {
    await withDeps([pad], ["tidy-pad@1.0.0"], async (shop) => {
      const asked = await shop.apply("tidy-pad@1.0.0", "--yes");
      expect(asked).toMatchObject({ code: 7, error: { code: "NEEDS_APPROVAL" } });
      expect(asked.error?.message).toContain("no advisory data on npm was imported");
    });
  });

  test.concurrent(
    "what the cache lacks is said with the command that fetches it, and `continue` goes on",
    LIMIT,
    async () => {
      await withDeps([pad, user], ["uses-pad@2.0.0"], async (shop) => {
        await shop.importAdvisories([]);
        const lacking = await shop.apply("uses-pad@2.0.0", ...boss);
        expect(lacking).toMatchObject({ code: 3, error: { code: "DEPS_CACHE_MISSING", remedy: "ces continue" } });
        expect(lacking.error?.message).toContain("npm cache add tidy-pad, then: ces continue");
        await shop.fetch("tidy-pad@1.0.0");
        expect(await shop.run("continue", ...boss)).toMatchObject({ code: 0, data: { state: "merged" } });
      });
    },
  );

  test.concurrent(
    "a lockfile that pins other content than the package has cannot be installed: nothing merges",
    LIMIT,
    async () => {
      await withDeps([pad, squat], ["tidy-pad@1.0.0", "expres@1.0.0"], async (shop) => {
        await shop.importAdvisories([]);
        expect(await shop.apply("tidy-pad@1.0.0", ...boss)).toMatchObject({ code: 0 });
        const lock = lockOf(shop);
        lock.packages["node_modules/tidy-pad"].integrity = integrityOf(Buffer.from("other content"));
        commit(shop, "package-lock.json", JSON.stringify(lock, null, 2));
        const base = head(shop);
        const stopped = await shop.apply("expres@1.0.0", ...boss);
        expect(stopped).toMatchObject({
          code: 3,
          data: { state: "verifying", merged_commit: null, evidence_id: null },
        });
        expect(stopped.error?.message).toContain("does not hold what the lockfile pins as `tidy-pad@1.0.0`");
        expect(head(shop)).toBe(base);
      });
    },
  );

  test.concurrent.each(["implement", "check"])(
    "killed while the manager runs (%s), the next driver ends the box, removes it and merges",
    LIMIT,
    async (purpose) => {
      await withDeps([pad], ["tidy-pad@1.0.0"], async (shop) => {
        await shop.importAdvisories([]);
        const driver = shop.start(["deps", "apply", "tidy-pad@1.0.0", ...boss, "--jsonl"]);
        const gone = new Promise((resolve) => driver.once("close", resolve));
        let said = "";
        driver.stdout?.setEncoding("utf8").on("data", (text: string) => {
          said += text;
          const started = said.split("\n").some((line) => line.includes(`"${purpose}"`) && line.includes('"started"'));
          if (started) driver.kill("SIGKILL");
        });
        await gone;
        expect(await shop.run("continue", ...boss)).toMatchObject({ code: 0, data: { state: "merged" } });
        const notes = join(projectFolder(shop), "open-boxes");
        expect(existsSync(notes) ? readdirSync(notes) : []).toEqual([]);
      });
    },
  );

  test.concurrent("removes what is asked for, development packages too", LIMIT, async () => {
    await withDeps([pad], ["tidy-pad@1.0.0"], async (shop) => {
      await shop.importAdvisories([]);
      expect(await shop.apply("tidy-pad@1.0.0", "--dev", ...boss)).toMatchObject({ code: 0 });
      expect(JSON.parse(shop.git("show", "HEAD:package.json")).devDependencies).toEqual({ "tidy-pad": "1.0.0" });
      expect(await shop.apply("--remove", "tidy-pad", ...boss)).toMatchObject({ code: 0 });
      expect(shop.git("show", "HEAD:package.json")).not.toContain("tidy-pad");
      expect(shop.git("show", "HEAD:package-lock.json")).not.toContain("tidy-pad");
    });
  });

  test.concurrent(
    "the project's own settings switch nothing on: no script runs, nothing global, a lockfile is written",
    LIMIT,
    async () => {
      await withDeps([pad], ["tidy-pad@1.0.0"], async (shop) => {
        await shop.importAdvisories([]);
        const hostile = [
          "ignore-scripts=false",
          "package-lock=false",
          "global=true",
          "offline=false",
          "script-shell=/bin/true",
          "cache=/tmp",
        ];
        commit(shop, ".npmrc", `${hostile.join("\n")}\n`);
        expect(await shop.apply("tidy-pad@1.0.0", ...boss)).toMatchObject({ code: 0, data: { state: "merged" } });
        expect(lockOf(shop).packages["node_modules/tidy-pad"].version).toBe("1.0.0");
      });
    },
  );

  test.concurrent("takes exact versions only, and managers that it can hold", LIMIT, async () => {
    await withDeps([pad], ["tidy-pad@1.0.0"], async (shop) => {
      const refused = async (...words: string[]) => {
        const { code, error } = await shop.apply(...words, ...boss);
        return [code, error?.code, error?.remedy];
      };
      expect(await refused("tidy-pad@latest")).toEqual([2, "DEPS_NOT_EXACT", "ces deps apply tidy-pad@1.0.0"]);
      expect(await refused("tidy-pad@^1.0.0")).toEqual([2, "DEPS_NOT_EXACT", "ces deps apply tidy-pad@1.0.0"]);
      expect(await refused("./evil")).toEqual([2, "DEPS_NOT_EXACT", "ces deps apply <package>@<version>"]);
      expect(await refused("x@npm:tidy-pad@1.0.0")).toEqual([
        2,
        "DEPS_NOT_EXACT",
        "ces deps apply <package>@<version>",
      ]);
      expect(await refused("--manager", "pip", "a==1")).toEqual([
        3,
        "DEPS_MANAGER",
        expect.stringContaining("with pip"),
      ]);
      expect(await refused("--manager", "cargo", "a@1.0.0")).toEqual([2, "DEPS_NO_MANIFEST", expect.anything()]);
      expect(await refused("D-0123456789ab", "tidy-pad@1.0.0")).toEqual([2, expect.any(String), expect.anything()]);
      expect(existsSync(projectFolder(shop))).toBe(true);
      expect(await entries(shop, "run")).toEqual([]);
    });
  });
});

function commit(shop: DepsShop, path: string, content: string): void {
  shop.git("update-index", "--add", "--cacheinfo", `100644,${blob(shop, content)},${path}`);
  shop.git("commit", "-qm", "changed by somebody");
  shop.git("checkout", "-q", "--", path);
}

function blob(shop: DepsShop, content: string): string {
  writeFileSync(join(shop.shop, ".git/blob"), content);
  return shop.git("hash-object", "-w", ".git/blob").trim();
}
