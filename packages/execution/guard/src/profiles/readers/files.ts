// Looking at files without their content: names, sizes, kinds, where links lead.
import { type Arg, isKnown, type Stream } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { withGnuNames } from "../_gnu-names.ts";
import { line } from "../_reader.ts";

const printers: Readonly<Record<string, (call: Call, on: Evaluation) => Stream | undefined>> = {
  basename: ({ args }) => {
    const given = readOptions(args, grammar("a,multiple s,suffix= z"));
    const suffix = given.value("suffix") ?? (given.has("multiple") ? undefined : given.operands[1]);
    const files = given.has("multiple", "suffix") ? given.operands : given.operands.slice(0, 1);
    return linesOf(files, (path) => lastPart(path, suffix?.text ?? ""));
  },
  dirname: ({ args }) => linesOf(readOptions(args, grammar("z")).operands, folderPart),
  realpath: resolved,
  grealpath: resolved,
  readlink: (call, on) =>
    call.args.some(({ text }) => /^-[a-z]*[fem]|^--canon/.test(text)) ? resolved(call, on) : undefined,
  ls: names,
  gls: names,
  pwd: (_call, on) => (on.cwds.length === 1 ? line(on.cwds[0] ?? "/") : undefined),
};

export const profile: Profile = {
  names: [
    ...withGnuNames("ls dir vdir stat du df realpath readlink dirname basename pwd pathchk".split(" ")),
    ..."exa eza lsd tree erd dust duf ncdu broot file namei lsattr getfacl getfattr xattr mdls mdfind locate plocate mlocate lsblk findmnt mountpoint cksfv dua pydf".split(
      " ",
    ),
  ],
  summary: "looks at names, sizes and kinds of files",
  judge: (call, on) => {
    const printed = printers[call.name]?.(call, on);
    return on.join(...writes(call, on), on.fine(printed));
  },
  matches: [
    { line: "tree -o /etc/motd", decision: "deny", effect: "system.write" },
    { line: "xattr -d com.apple.quarantine ./app", decision: "ask", effect: "unknown.option" },
    { line: "$(basename /usr/bin/sudo) id", decision: "deny", effect: "privilege.elevate" },
    { line: 'rm -rf "$(realpath links/etc)/x"', decision: "deny", effect: "delete.floor" },
  ],
  spares: [
    "ls -la ~/.ssh",
    "du -sh node_modules",
    "stat package.json",
    "file dist",
    "tree -L 2",
    "ls mkfs*",
    'cd "$(dirname src/a.ts)"',
    "df -h",
  ],
};

// The few of them that change something.
function writes({ name, args }: Call, on: Evaluation): readonly Outcome[] {
  const words = args.map(({ text }) => text);
  if (name === "tree")
    return readOptions(args, grammar("o= L= P= I= H= T= filelimit= charset= sort="))
      .values("o")
      .map((path) => on.write(path, "overwrite"));
  const bad =
    (name === "xattr" && words.some((word) => /^-[a-z]*[wdc]/.test(word))) ||
    (name === "lsattr" && words.includes("--set")) ||
    (name === "broot" && words.some((word) => /^(?:-c|--cmd)/.test(word)));
  return bad ? [on.effect("unknown.option", `run \`${name} ${words.slice(0, 2).join(" ")}\``)] : [];
}

// Names of one folder have no slash, those it was given are below where the shell stands.
function names({ args }: Call, on: Evaluation): Stream | undefined {
  const asked = args.filter(({ text }) => !text.startsWith("-"));
  const inside = asked.every(({ text }) => !/^[/~]|(?:^|\/)\.\.(?:\/|$)|\0/.test(text));
  return inside ? { ...on.fine().stdout, below: ["./"] } : undefined;
}

function linesOf(files: readonly Arg[], part: (path: string) => string): Stream | undefined {
  if (files.length === 0 || !files.every(isKnown)) return undefined;
  return line(files.map(({ text }) => part(text)).join("\n"));
}

function lastPart(path: string, suffix: string): string {
  const trimmed = path.replace(/\/+$/, "");
  const name = trimmed.slice(trimmed.lastIndexOf("/") + 1) || "/";
  return suffix !== "" && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}

function folderPart(path: string): string {
  const trimmed = path.replace(/\/+$/, "");
  const slash = trimmed.lastIndexOf("/");
  return slash < 0 ? (trimmed === "" && path !== "" ? "/" : ".") : trimmed.slice(0, slash).replace(/\/+$/, "") || "/";
}

function resolved({ args }: Call, on: Evaluation): Stream | undefined {
  const files = readOptions(args, grammar("relative-to= relative-base=")).operands;
  if (args.some(({ text }) => text.startsWith("--relative"))) return undefined;
  const paths = files.map((file) => (isKnown(file) ? on.places(file) : []));
  const reals = paths.flatMap((places) => (places.length === 1 && places[0]?.real != null ? [places[0].real] : []));
  return files.length > 0 && reals.length === files.length ? line(reals.join("\n")) : undefined;
}
