// `ces guard deps check SPEC…`: what is known against packages, before anybody installs them. Nothing is fetched.
import { resolve } from "node:path";
import {
  advisoryList,
  checkPackages,
  checkPinned,
  dataFaults,
  ecosystems,
  type Ecosystem,
  readLockfile,
  readOsvLines,
  readSpec,
  type Advisories,
  type LockEntry,
} from "@ces/guard";
import { CesError } from "@ces/kernel";
import { type CommandContext, defineCommand } from "../../../define-command.ts";
import { accountPlaces, openImported } from "../../../guard-deps/advisory-index.ts";
import { packageLines, type PinnedData, pinnedLines } from "../../../guard-deps/checked-lines.ts";
import { readCapped } from "../../../guard-deps/read-capped.ts";
import { attention, line } from "../../../view/line.ts";

const [MAX_LOCK, MAX_RECORDS] = [16 * 1024 * 1024, 256 * 1024 * 1024] as const;

export const command = defineCommand({
  summary: "what is known against packages: malicious, lookalike, other source, known holes",
  group: "Execution",
  args: [],
  rest: { name: "packages", summary: "as the package manager takes them: `left-pad@1.3.0`, `requests==2.32.3`" },
  options: [
    { name: "ecosystem", kind: "choice", choices: ecosystems, summary: "whose packages they are", fallback: "npm" },
    { name: "lockfile", kind: "text", value: "FILE", summary: "check every version that a lockfile pins" },
    {
      name: "advisories",
      kind: "text",
      value: "FILE",
      summary: "OSV records, one JSON document a line, in place of what was imported",
    },
  ],
  examples: [
    { line: "ces guard deps check left-pad@1.3.0", note: "npm" },
    { line: "ces guard deps check --ecosystem PyPI requests==2.32.3", note: "another ecosystem" },
    { line: "ces guard deps check --lockfile package-lock.json", note: "everything that is pinned" },
  ],
  exits: [0, 2, 3, 4, 5],
  run: async (ctx) => {
    const ecosystem = ecosystems.find((one) => one === ctx.text("ecosystem")) ?? "npm";
    const entries = lockedEntries(ctx);
    if (ctx.rest.length === 0 && entries === null)
      throw new CesError("USAGE_ARGUMENT", "the package to check is missing", {
        remedy: "ces guard deps check left-pad@1.3.0",
      });
    const advisories = advisoriesOf(ctx);
    const ground = { advisories, metadata: null, grants: [], now: Date.now() };
    const packages = checkPackages(
      ctx.rest.map((word) => readSpec(ecosystem, word)),
      ground,
    );
    const pinned = checkPinned(entries ?? [], ground).map((one): PinnedData => ({
      package: `${one.name}@${one.version ?? "?"}`,
      advisories: one.advisories.map(({ id, malicious, cvss, fixed }) => ({ id, malicious, cvss, fixed })),
    }));
    const asked: readonly { readonly ecosystem: Ecosystem }[] = [
      ...(ctx.rest.length > 0 ? [{ ecosystem }] : []),
      ...(entries ?? []),
    ];
    const faults = [...dataFaults(asked, ground), ...(advisories?.fault() == null ? [] : [advisories.fault() ?? ""])];
    const refused =
      packages.some(({ findings }) => findings.length > 0) ||
      pinned.some((one) => one.advisories.some(({ malicious }) => malicious));
    const data = {
      packages: packages.map((one) => ({
        package: one.package,
        findings: one.findings.map((finding) => ({ ...finding })),
      })),
      pinned,
      checked: entries?.length ?? null,
      faults,
    };
    return {
      exit: refused ? (3 as const) : (0 as const),
      data,
      blockers: [],
      next: faults.length > 0 ? "ces guard deps import ZIP" : null,
    };
  },
  view: ({ data }) => [
    ...data.packages.flatMap(packageLines),
    ...pinnedLines(data.pinned),
    ...(data.checked === null
      ? []
      : [line(attention`${data.checked} pinned packages, ${data.pinned.length} with something known`)]),
    ...data.faults.map((fault) => line(attention`${fault}`)),
  ],
});

function lockedEntries(ctx: CommandContext): readonly LockEntry[] | null {
  const name = ctx.text("lockfile");
  if (name === undefined) return null;
  const path = resolve(ctx.cwd, name);
  const reading = readLockfile(path, readCapped(path, MAX_LOCK));
  if (reading?.kind === "read") return reading.entries;
  throw new CesError(
    "USAGE_FILE",
    `\`${path}\` is no lockfile that is read here${reading === undefined ? "" : `: ${reading.why}`}`,
    { remedy: "ces guard deps check --lockfile package-lock.json" },
  );
}

function advisoriesOf(ctx: CommandContext): Advisories | null {
  const file = ctx.text("advisories");
  return file === undefined
    ? openImported(accountPlaces(ctx.env))
    : advisoryList(readOsvLines(readCapped(resolve(ctx.cwd, file), MAX_RECORDS)));
}
