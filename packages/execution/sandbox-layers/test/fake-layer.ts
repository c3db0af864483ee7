// Programs that behave as nono and OpenShell say they do, or not quite: they note every call, and hold what their manifest grants.
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** One call of the program: its words, its environment, and the files that its options named, as they were. */
export interface Call {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly file: { readonly text: string; readonly mode: number } | null;
}

/** What a fake does otherwise. */
export interface Faults {
  readonly version?: string;
  readonly help?: string;
  /** nono: reads whatever it is asked. */
  readonly open?: boolean;
  /** nono: starts nothing. */
  readonly shut?: boolean;
  readonly dryRunFails?: boolean;
  /** openshell: the policy that it says is in force. */
  readonly policy?: string;
  readonly status?: string;
  readonly shadow?: boolean;
  readonly createFails?: boolean;
}

const HELP = {
  nono: "--config <M>  --silent  --dry-run",
  openshell: "--name --policy --no-auto-providers --no-tty --detach --workdir --timeout --env --policy-only",
};
const STATUS = "CapEff:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\nSeccomp_filters:\t1\n";

/** A folder with the program, a log and a scratch folder. */
export function fakeLayer(name: "nono" | "openshell", faults: Faults = {}) {
  const folder = mkdtempSync(join(tmpdir(), "ces-layers-"));
  const scratch = join(folder, "scratch");
  const log = join(folder, "log.jsonl");
  mkdirSync(scratch, { mode: 0o700 });
  writeFileSync(log, "");
  writeFileSync(join(folder, name), source(name, log, faults));
  chmodSync(join(folder, name), 0o700);
  return {
    folder,
    scratch,
    search: { path: folder, forbiddenRoots: [], env: { LAYER_SETTING: "1" }, scratch },
    calls: (): readonly Call[] =>
      readFileSync(log, "utf8")
        .trim()
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function source(name: "nono" | "openshell", log: string, faults: Faults): string {
  return `#!${process.execPath}
import { appendFileSync, readFileSync, statSync } from "node:fs";
import { spawnSync } from "node:child_process";
const args = process.argv.slice(2);
const faults = ${JSON.stringify(faults)};
const named = args[args.indexOf("--config") + 1] ?? "";
const policy = args.includes("--policy") ? args[args.indexOf("--policy") + 1] : named;
const file = args.includes("--config") || args.includes("--policy") ? { text: readFileSync(policy, "utf8"), mode: statSync(policy).mode & 0o777 } : null;
const asked = args.includes("--help") || args.includes("--version");
if (!asked) appendFileSync(${JSON.stringify(log)}, JSON.stringify({ args, env: process.env, cwd: process.cwd(), file }) + "\\n");
if (args.includes("--version")) { console.log(faults.version ?? "${name} 0.66.0 (fake)"); process.exit(0); }
if (args.includes("--help")) { console.log(faults.help ?? ${JSON.stringify(HELP[name])}); process.exit(0); }
const command = args.includes("--") ? args.slice(args.indexOf("--") + 1) : [];
const run = () => { const end = spawnSync(command[0], command.slice(1), { stdio: "inherit", env: process.env }); process.exit(end.status ?? 1); };
${name === "nono" ? NONO : OPENSHELL}`;
}

const NONO = `
if (args.includes("--dry-run")) { if (faults.dryRunFails) console.error("bad manifest"); process.exit(faults.dryRunFails ? 1 : 0); }
if (faults.shut) { console.error("no landlock"); process.exit(1); }
const granted = JSON.parse(file.text).filesystem.grants.map(({ path }) => path);
const within = (path) => granted.some((root) => path === root || path.startsWith(root + "/"));
if (command[0] === "/bin/cat" && !faults.open && !within(command[1])) { console.error("Permission denied"); process.exit(1); }
run();
`;

const OPENSHELL = `
const verb = args[1];
if (verb === "create") { if (faults.createFails) console.error("no gateway"); process.exit(faults.createFails ? 1 : 0); }
if (verb === "delete") process.exit(0);
if (verb === "get") { console.log(faults.policy ?? "version: 1\\nlandlock:\\n  compatibility: hard_requirement\\n"); process.exit(0); }
if (command[1] === "/proc/self/status") { process.stdout.write(faults.status ?? ${JSON.stringify(STATUS)}); process.exit(0); }
if (command[1] === "/etc/shadow") { process.exit(faults.shadow ? 0 : 1); }
run();
`;
