// Commands of Tcl that start programs and touch files.
import { HOLE } from "../../arg.ts";
import { type CodeFinding, type CodeWriteMode, shown } from "../finding.ts";
import type { TclWord } from "./words.ts";
import { type TclAct, pathOf } from "./call.ts";

/** `exec a | b > file`. */
export const executing: TclAct = ({ args, report }) => {
  const words = args.slice(args.findIndex(({ text }) => !/^-(?:ignorestderr|keepnewline|encoding|-)$/.test(text)));
  reportPipeline(words, report);
};

// `a | b > file`: each program, each file.
function reportPipeline(words: readonly TclWord[], report: (finding: CodeFinding) => void): void {
  let argv: string[] = [];
  let open = true;
  const flush = (): void => {
    if (argv.length > 0 && open && !(argv[0] ?? HOLE).includes(HOLE)) report({ kind: "spawn", argv });
    else report({ kind: "spawn-unknown", what: "exec" });
    argv = [];
  };
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at];
    const text = word?.text ?? "";
    const sign = /^(?:2?>>?&?@?|<<?@?)/.exec(text)?.[0];
    if (word?.spread === true) open = false;
    if (text === "|" || text === "|&") flush();
    else if (sign !== undefined && word?.braced === false) {
      const isGlued = text.length > sign.length;
      if (!sign.endsWith("@")) redirect(isGlued ? text.slice(sign.length) : words[at + 1]?.text, sign, report);
      if (!isGlued) at += 1;
    } else if (text !== "&") argv.push(text);
  }
  flush();
}

function redirect(target: string | undefined, sign: string, report: (finding: CodeFinding) => void): void {
  const path = target === undefined || target.includes(HOLE) ? null : target;
  if (sign.startsWith("<<")) report({ kind: "spawn-unknown", what: "exec <<" });
  else if (sign.startsWith("<")) report({ kind: "read", path, what: "exec <" });
  else report({ kind: "write", path, mode: sign.includes(">>") ? "append" : "overwrite", what: "exec >" });
}

/** `open file mode`, `open "|command"`. */
export const opening: TclAct = ({ args, report }) => {
  const [file, mode] = args;
  const text = file?.text ?? "";
  if (text.startsWith("|")) return openPipe(text, mode, report);
  if (text.startsWith(HOLE)) report({ kind: "unknown", what: "open of a computed name, which may be a command" });
  const access = mode?.text ?? "r";
  if (/^(?:r|rb|RDONLY)$/.test(access)) report({ kind: "read", path: pathOf(file), what: "open" });
  else
    report({ kind: "write", path: pathOf(file), mode: /a|APPEND/.test(access) ? "append" : "overwrite", what: "open" });
};

function openPipe(text: string, mode: TclWord | undefined, report: (finding: CodeFinding) => void): void {
  const isFed = mode !== undefined && mode.text !== "r";
  const words = text.slice(1).trim().split(/\s+/);
  const plain = words.map((word): TclWord => ({
    text: word.replaceAll(/^[{"]|[}"]$/g, ""),
    braced: false,
    spread: false,
    scripts: [],
  }));
  if (isFed || text.includes(HOLE) || /[{}"[\]]/.test(text))
    report({ kind: "spawn-unknown", what: shown(text.replaceAll(HOLE, "\u2026")) });
  else reportPipeline(plain, report);
}

const paths: Readonly<Record<string, "delete" | "create" | "move" | "copy" | "ask">> = {
  delete: "delete",
  mkdir: "create",
  tempfile: "create",
  rename: "move",
  copy: "copy",
  link: "ask",
  attributes: "ask",
};

/** `file delete`, `file rename` and so on; a verb may be cut short. */
export const filing: TclAct = ({ args, report }) => {
  const [command, ...rest] = args;
  const verb = pathOf(command);
  if (verb === null) return report({ kind: "dynamic", what: "file of a computed command", decoded: false });
  const kind = Object.entries(paths).find(([name]) => name.startsWith(verb) && verb.length > 1)?.[1];
  const operands = rest.filter(({ text }) => !/^-(?:force|-)$/.test(text));
  const what = `file ${shown(verb)}`;
  const write = (word: TclWord | undefined, mode: CodeWriteMode): void =>
    report({ kind: "write", path: pathOf(word), mode, what });
  if (kind === "delete") for (const word of operands) report({ kind: "delete", path: pathOf(word), what });
  if (kind === "create") for (const word of operands) write(word, "create");
  if (kind === "move") for (const word of operands) write(word, "overwrite");
  if (kind === "copy") write(operands.at(-1), "overwrite");
  if (kind === "ask" && operands.length > 1) report({ kind: "metadata", path: pathOf(operands[0]), what });
};
