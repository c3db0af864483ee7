// Code of other languages: what its reading found, as effects. Started programs are judged like any other command.
import { type Arg, HOLE, literal, type Stream, type Taint } from "../arg.ts";
import { type CodeFinding, readCode } from "../languages/read-code.ts";
import { resolvePlaces } from "../paths/resolve-places.ts";
import { touchMetadata, touchRead, touchWrite } from "../paths/touch.ts";
import { zoneOf } from "../paths/zones.ts";
import type { Language } from "../profile.ts";
import { streamKind } from "./streams.ts";
import { absorb, add, LIMITS } from "./run.ts";
import { childShell } from "./child-shell.ts";
import { type Shell, subshell } from "./shell.ts";
import { unknownVariable } from "./variable.ts";
import { rememberFile } from "./written-files.ts";
import { collect } from "./collect.ts";
import type { Walker } from "./walker.ts";

const printed: Stream = { text: null, taints: new Set<Taint>(["output"]), files: [], from: "pipe" };

/** How a program text is come by. `file`: it is a file of the workspace, of which only what is certainly bad counts. */
export interface Code {
  readonly language: Language;
  readonly source: Arg;
  readonly stdin: Stream;
  readonly file?: true;
}

/** Runs a program text of another language. */
export function runCode(walk: Walker, shell: Shell, { language, source, stdin, file }: Code): Stream {
  const { taints, text } = source;
  if (text.includes(HOLE) && (taints.has("network") || taints.has("decoded"))) {
    add(walk.into, streamKind(taints), `run what is fetched or decoded as ${language}`);
    return printed;
  }
  if (text.replaceAll(HOLE, "").trim() === "" && text !== "") {
    add(walk.into, "code-injection.dynamic", `run a text that is only known when it runs as ${language}`);
    return printed;
  }
  if (taints.has("number"))
    add(
      walk.into,
      "code-injection.code-unknown",
      `run ${language} with a number in it that is only known when it runs`,
    );
  if (text.length > LIMITS.script_bytes) {
    add(walk.into, "unknown.too-large", "run a longer program than is read");
    return printed;
  }
  const reading = readCode(language, text, { has_holes: text.includes(HOLE) });
  // The code may have set any variable before it starts something.
  const inner = childShell(shell, walk.run.setting);
  for (const name of inner.vars.keys()) inner.vars.set(name, unknownVariable);
  Object.assign(inner, { top: false, depth: shell.depth + 1, stdin });
  const { found } = collect(walk, () => {
    for (const finding of reading.findings)
      if (language !== "python" || !callsProject(walk, inner, finding)) judgeFinding(walk, inner, finding);
    if (file !== true)
      for (const finding of reading.findings) if (finding.kind === "load") runLoaded(walk, inner, language, finding);
    if (file !== true && sendsEnvironment(reading.findings))
      add(
        walk.into,
        "exfil.secret-read",
        `read a secret of the environment and use the network from inside ${language}`,
      );
    if (file !== true && givesShellAway(reading.findings))
      add(walk.into, "remote-exec.reverse-shell", `tie a program to a socket from inside ${language}`);
    return printed;
  });
  absorb(
    walk.into,
    file === true ? { ...found, effects: found.effects.filter(({ kind }) => certain.has(kind)) } : found,
  );
  return stdoutOf(reading.findings, stdin);
}

const endings: Readonly<Partial<Record<Language, readonly string[]>>> = {
  javascript: ["", ".js", ".cjs", ".mjs", ".ts", "/index.js"],
  ruby: ["", ".rb"],
  python: ["", ".py", "/__init__.py"],
  lua: ["", ".lua"],
};

/** A file that the code loads is part of it; of a module that is only named counts what this very line made. */
function runLoaded(
  walk: Walker,
  shell: Shell,
  language: Language,
  { path, what }: Extract<CodeFinding, { kind: "load" }>,
): void {
  if (path !== null && (path.includes(HOLE) || path.endsWith(".json"))) return;
  const name = path ?? `./${what.replaceAll(".", "/")}`;
  const inner = subshell(shell, { files: shell.files + 1, depth: shell.depth + 1 });
  for (const ending of endings[language] ?? [""]) {
    const places = resolvePlaces(literal(name + ending), {
      setting: walk.run.setting,
      facts: walk.run.facts,
      cwds: shell.cwds,
    });
    const made = places.some(({ real }) => real !== null && walk.run.created.has(real));
    if (made || (path !== null && (ending === "" || places.some(({ exists }) => exists))))
      walk.programFile(inner, {
        path: literal(name + ending),
        language,
        args: [],
        stdin: shell.stdin,
        started: false,
      });
  }
}

// A function of a module that lies in the project is the project's own code, as a file of it would be.
function callsProject({ run }: Walker, { cwds, elsewhere }: Shell, finding: CodeFinding): boolean {
  const name = finding.kind === "unknown" ? /^([A-Za-z_]\w*)(?:\.\w+)+\(\)$/.exec(finding.what)?.[1] : undefined;
  if (name === undefined || elsewhere || cwds.length === 0) return false;
  const inside = (path: string): boolean =>
    run.facts.lstat(path) !== undefined && !run.created.has(path) && zoneOf(path, run.setting) === "workspace";
  return cwds.every((cwd) => [`${cwd}/${name}`, `${cwd}/${name}.py`, `${cwd}/src/${name}`].some(inside));
}

const sendsEnvironment = (findings: readonly CodeFinding[]): boolean =>
  findings.some(({ kind }) => kind === "environment") &&
  findings.some((one) => one.kind === "network" && one.direction !== "listen");

// A socket of its own and a started program in one text: a shell for someone else. (What only fetches is no such thing.)
const givesShellAway = (findings: readonly CodeFinding[]): boolean =>
  findings.some((one) => one.kind === "network" && one.direction !== "fetch") &&
  findings.some(({ kind }) => kind === "spawn" || kind === "shell" || kind === "spawn-unknown");

// What a file of the workspace is refused for: it is the project's own code, and `unknown` says nothing of it.
const certain: ReadonlySet<string> = new Set([
  "privilege.elevate",
  "remote-exec.fetch-run",
  "remote-exec.reverse-shell",
  "disk.device-write",
  "disk.format",
  "delete.floor",
  "delete.code-api",
  "self-protect.tamper",
  "self-protect.agent-config",
  "exfil.secret-send",
  "system.ssh-key",
  "system.write",
  "code-injection.decoded",
]);

function stdoutOf(findings: readonly CodeFinding[], stdin: Stream): Stream {
  const taints = new Set<Taint>(stdin.from === "none" ? ["output"] : ["output", ...stdin.taints]);
  for (const { kind } of findings) {
    if (kind === "network") taints.add("network");
    if (kind === "environment") taints.add("environment");
  }
  return { ...printed, taints };
}

function judgeFinding(walk: Walker, shell: Shell, finding: CodeFinding): void {
  const { into } = walk;
  switch (finding.kind) {
    case "spawn":
      walk.start(shell, {
        words: finding.argv.map((word) => literal(word)),
        env: new Map(),
        stdin: shell.stdin,
        at: null,
        passes: "functions",
      });
      return;
    case "shell":
      walk.shellText(shell, literal(finding.text), {});
      return;
    case "spawn-unknown":
      add(into, "code-injection.spawn", `start a program that is only known when it runs (${finding.what})`);
      return;
    case "delete":
      add(
        into,
        "delete.code-api",
        `delete ${finding.path === null ? "files" : `\`${finding.path}\``} from inside code (${finding.what})`,
      );
      return;
    case "dynamic":
      add(
        into,
        finding.decoded ? "code-injection.decoded" : "code-injection.dynamic",
        `run text as code (${finding.what})`,
      );
      return;
    case "network":
      walk.run.fetched = true;
      if (finding.direction === "listen") add(into, "unknown.program", `listen on the network (${finding.what})`);
      else
        add(
          into,
          finding.direction === "send" ? "code-injection.code-unknown" : "harmless.fetch",
          `use the network (${finding.what})`,
        );
      return;
    case "environment":
      add(into, "harmless.read", "read the environment");
      return;
    case "load":
      return;
    case "unknown":
      add(into, "code-injection.code-unknown", `call something that no list knows (${finding.what})`);
      return;
    default:
      judgeFileUse(walk, shell, finding);
  }
}

function judgeFileUse(
  walk: Walker,
  shell: Shell,
  finding: Extract<CodeFinding, { kind: "write" | "read" | "metadata" }>,
): void {
  const { into, run } = walk;
  if (finding.path === null) {
    if (finding.kind !== "read")
      add(into, "unknown.write-target", `write a file that is only known when it runs (${finding.what})`);
    return;
  }
  if (shell.elsewhere) return;
  // What expands the tilde is not told apart from what does not.
  const path = finding.path.replace(/^~(?=\/|$)/, run.setting.home);
  const places = resolvePlaces(literal(path), { setting: run.setting, facts: run.facts, cwds: shell.cwds });
  for (const place of places) {
    const touch =
      finding.kind === "read"
        ? touchRead(place)
        : finding.kind === "metadata"
          ? touchMetadata(place, finding.what)
          : touchWrite(place, finding.mode);
    into.effects.push(touch.effect);
    if (touch.rescue !== null) into.rescues.push(touch.rescue);
    if (finding.kind === "write" && place.real !== null)
      rememberFile(run, shell, place.real, { content: null, copy_of: null });
  }
}

/** Runs what arrives on a stream as a program of another language. */
export function runCodeStream(walk: Walker, shell: Shell, language: Language, stream: Stream): Stream {
  if (stream.text !== null) {
    const source: Arg = { ...literal(stream.text), taints: stream.taints };
    return runCode(walk, shell, { language, source, stdin: { ...stream, text: "", files: [] } });
  }
  if (stream.from === "none") return printed;
  const [file] = stream.files;
  if (
    stream.files.length === 1 &&
    file !== undefined &&
    !stream.taints.has("network") &&
    !stream.taints.has("decoded")
  ) {
    const text = walk.run.facts.read(file, LIMITS.script_bytes);
    if (text !== undefined) return runCode(walk, shell, { language, source: literal(text), stdin: printed });
  }
  add(walk.into, streamKind(stream.taints), `run what arrives on standard input as ${language}`);
  return printed;
}
