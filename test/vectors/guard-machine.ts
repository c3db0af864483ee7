// The machine that labelled commands stand on: the fixture on disk, a person `dev`, the advisories beside the vectors.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { advisoryList, readOsvLines, type Setting } from "@ces/guard";

const copy = join(import.meta.dirname, "guard");

/** The setting for vectors in `dir`; what the folder lacks is taken from the project's copy. Builds the fixture if it is not there. */
export function machineOf(dir: string): { readonly setting: Setting; readonly root: string } {
  const script = [join(dir, "make-fixture.sh"), join(copy, "make-fixture.sh")].find((path) => existsSync(path)) ?? "";
  const advisories = [join(dir, "advisories.jsonl"), join(copy, "advisories.jsonl")].find((path) => existsSync(path));
  const root = fixture(script);
  const home = join(root, "home/dev");
  const cwd = join(home, "project");
  const setting: Setting = {
    cwd,
    home,
    user: "dev",
    workspaces: [cwd],
    path: ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"],
    variables: new Map(),
    mode: "standard",
    own_names: ["ces", "agent-guard"],
    trash_command: "ces trash put",
    own_places: [join(home, ".local/state/ces"), join(home, ".config/ces")],
    advisories: advisories === undefined ? null : advisoryList(readOsvLines(readFileSync(advisories, "utf8"))),
    allow_rules: [],
    governed: false,
    now: Date.now(),
    clock: () => performance.now(),
  };
  return { setting, root };
}

// Outside /tmp, which several guards treat apart; made once for each version of the script.
function fixture(script: string): string {
  const root = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "ces-guard-fixture");
  const text = readFileSync(script, "utf8");
  const marker = join(root, "made-by");
  if (existsSync(marker) && readFileSync(marker, "utf8") === text) return root;
  execFileSync("bash", [script, root], { stdio: ["ignore", "ignore", "inherit"] });
  writeFileSync(marker, text);
  return root;
}
