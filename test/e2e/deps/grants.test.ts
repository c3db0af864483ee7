// Exceptions: an agent may ask for one, only a person at a terminal grants it, for one name, one version and one content (issue 3 §3).
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { atTerminal, type DepsShop, depsShop } from "../../support/e2e/deps-shop.ts";
import { integrityOf, type StubPackage, tarballOf } from "../../support/e2e/stub-registry.ts";
import { bwrapOrSkip } from "../../support/requirements.ts";

const squat: StubPackage = { name: "expres", version: "1.0.0", index: "export default () => 1\n" };
const integrity = integrityOf(tarballOf(squat));
const grant = ["guard", "deps", "grant", "expres@1.0.0", "--integrity"] as const;

describe.skipIf(bwrapOrSkip())("ces guard deps grant", () => {
  let shop: DepsShop;
  const grants = (): string => join(shop.state, "ces/guard/grants.json");
  beforeAll(async () => {
    shop = await depsShop([squat], ["expres@1.0.0"]);
    await shop.importAdvisories(["bad"]);
  }, 60_000);
  afterAll(() => shop.close());

  test("an agent's shell cannot grant: not by a pipe, not at a terminal that it made, not past the command guard", async () => {
    for (const env of [{}, { CLAUDECODE: "1" }]) {
      const end = await shop.ces([...grant, integrity, "--yes", "--json"], env);
      expect([end.code, JSON.parse(end.stdout).error.code]).toEqual([1, "GUARD_NEEDS_PERSON"]);
    }
    for (const line of [
      `ces guard deps grant expres@1.0.0 --integrity ${integrity}`,
      "ces deps apply expres@1.0.0 --as boss --yes",
      `echo '{}' > ${grants()}`,
    ]) {
      const judged = await shop.json(["guard", "check", line]);
      expect([line, judged.document.data?.["decision"]]).toEqual([line, "deny"]);
    }
    expect(existsSync(grants())).toBe(false);
  });

  test(
    "a person grants exactly one content; another content of the same version is asked about again",
    { timeout: 90_000 },
    async () => {
      expect(await atTerminal(shop, [...grant, integrityOf(Buffer.from("other"))])).toContain("expres@1.0.0");
      // Nothing stops it before it runs, since the version is granted; the frozen lockfile pins what was not.
      const other = await shop.apply("expres@1.0.0", "--yes");
      expect(other).toMatchObject({ data: { state: "under_review" } });
      const listed = await shop.json(["guard", "deps", "grant", "--list"]);
      expect(listed.document.data?.["grants"]).toEqual([
        expect.objectContaining({ package: "expres@1.0.0", ecosystem: "npm" }),
      ]);
      expect(await findingsOf(shop)).toContain("PACKAGE_LOOKALIKE");
      expect(await shop.run("approve", "--as", "boss", "--yes", "--reject")).toMatchObject({ code: 3 });

      await atTerminal(shop, [...grant, integrity]);
      expect(await shop.apply("expres@1.0.0", "--yes")).toMatchObject({ data: { state: "under_review" } });
      expect(await findingsOf(shop)).not.toContain("PACKAGE_LOOKALIKE");
    },
  );

  test("nobody grants malice, a range, or a package without its hash", async () => {
    const refused = async (...words: string[]) =>
      (await shop.json(["guard", "deps", "grant", ...words])).document.error?.code;
    expect(await refused("bad@1.0.0", "--integrity", integrity)).toBe("DEPS_REFUSED");
    expect(await refused("expres@^1.0.0", "--integrity", integrity)).toBe("DEPS_NOT_EXACT");
    expect(await refused("expres@1.0.0")).toBe("USAGE_OPTION");
  });

  test("a file of grants that somebody else wrote is no grant: nothing is installed beside it", async () => {
    const whole = readFileSync(grants(), "utf8");
    try {
      writeFileSync(grants(), whole.replace("expres", "other-name"));
      expect(await shop.apply("other-name@1.0.0", "--as", "boss", "--yes")).toMatchObject({
        error: { code: "GUARD_RULES" },
      });
    } finally {
      mkdirSync(join(shop.state, "ces/guard"), { recursive: true });
      writeFileSync(grants(), whole);
    }
  });
});

/** What the newest evidence holds against the change. */
async function findingsOf(shop: DepsShop): Promise<string> {
  const { document } = await shop.json(["audit", "--event-type", "evidence", "--limit", "1"]);
  return JSON.stringify(document.data);
}
