// The proof of a profile: its own examples, judged on a machine that is made of nothing but a small project.
import type { FileFact, FileFacts } from "./file-facts.ts";
import type { Judgement } from "./judgement.ts";
import type { Profile } from "./profile.ts";
import type { Setting } from "./setting.ts";

type Judge = (command: string, setting: Setting, facts: FileFacts) => Judgement;

/** Null when every example holds, else what does not. */
export function proveProfile(profile: Profile, judge: Judge): string | null {
  for (const { line, decision, effect } of profile.matches) {
    const found = judge(line, exampleSetting, exampleFacts);
    const kinds = found.reasons.map(({ kind }) => kind);
    if (found.decision !== decision || !kinds.includes(effect))
      return `\`${line}\` is ${found.decision} for ${kinds.join(", ")}, not ${decision} for ${effect}`;
  }
  for (const line of profile.spares) {
    const found = judge(line, exampleSetting, exampleFacts);
    if (found.decision !== "allow")
      return `\`${line}\` is ${found.decision} for ${found.reasons.map(({ kind }) => kind).join(", ")}, not allow`;
  }
  return null;
}

/** The machine that examples are judged on: a person `dev`, a project, nothing installed that matters. */
export const exampleSetting: Setting = {
  cwd: "/home/dev/project",
  home: "/home/dev",
  user: "dev",
  workspaces: ["/home/dev/project"],
  path: ["/usr/local/bin", "/usr/bin", "/bin"],
  variables: new Map(),
  mode: "standard",
  own_names: ["ces"],
  trash_command: "ces trash put",
  own_places: ["/home/dev/.local/state/ces", "/home/dev/.config/ces"],
  advisories: null,
  allow_rules: [],
  governed: false,
  now: 0,
};

const dir = (ino: number): FileFact => ({ kind: "dir", dev: 1, ino, size: 0, mode: 0o755 });
const file = (ino: number, size = 10): FileFact => ({ kind: "file", dev: 1, ino, size, mode: 0o644 });
const link = (ino: number, target: string): FileFact => ({ kind: "link", target, dev: 1, ino, size: 0, mode: 0o777 });

const contents: ReadonlyMap<string, string> = new Map([
  [
    "/home/dev/project/package.json",
    '{"name":"app","version":"1.0.0","scripts":{"test":"node --test","build":"tsc -p .","clean":"node scripts/clean.mjs"}}',
  ],
  ["/home/dev/project/scripts/build.sh", "#!/bin/sh\necho build\n"],
  ["/home/dev/project/scripts/evil.sh", "#!/bin/sh\nsudo id\n"],
]);

/** Files of the example machine: `src/a.ts`, `dist/`, `scripts/*.sh`, `links/etc -> /etc`, `node_modules/.bin/{tsc,rimraf}`, `.env`. */
const facts: ReadonlyMap<string, FileFact> = new Map<string, FileFact>([
  ["/home", dir(2)],
  ["/home/dev", dir(3)],
  ["/home/dev/project", dir(4)],
  ["/home/dev/project/.git", dir(5)],
  ["/home/dev/project/src", dir(6)],
  ["/home/dev/project/src/a.ts", file(7)],
  ["/home/dev/project/dist", dir(8)],
  ["/home/dev/project/package.json", file(9)],
  ["/home/dev/project/scripts", dir(10)],
  ["/home/dev/project/scripts/build.sh", file(11)],
  ["/home/dev/project/scripts/evil.sh", file(12)],
  ["/home/dev/project/links", dir(13)],
  ["/home/dev/project/links/etc", link(14, "/etc")],
  ["/home/dev/project/tools", dir(15)],
  ["/home/dev/project/tools/cleaner", link(16, "/bin/rm")],
  ["/home/dev/project/node_modules", dir(17)],
  ["/home/dev/project/node_modules/.bin", dir(18)],
  ["/home/dev/project/node_modules/.bin/tsc", file(19)],
  ["/home/dev/project/node_modules/.bin/rimraf", file(20)],
  ["/home/dev/project/.env", file(21)],
  ["/home/dev/.ssh", dir(22)],
  ["/home/dev/.ssh/id_ed25519", file(23)],
  ["/etc", dir(24)],
  ["/etc/passwd", file(25)],
]);

export const exampleFacts: FileFacts = {
  lstat: (path) => facts.get(path),
  list: (path) =>
    facts.get(path)?.kind === "dir"
      ? [...facts.keys()]
          .filter((one) => one.startsWith(`${path}/`) && !one.slice(path.length + 1).includes("/"))
          .map((one) => one.slice(path.length + 1))
      : undefined,
  read: (path) => contents.get(path),
};
