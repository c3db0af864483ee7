// Which language a program file is written in.
import { lastName } from "../paths/fold-path.ts";
import type { Language } from "../profile.ts";

const shells = /^(?:ba|da|z|k|mk|a)?sh$/;

/** The language of a program file, by its first line or its ending. */
export function languageOf(text: string, name: string): Language | "shell" | "other" {
  const first = /^#!\s*(\S+)(?:\s+(?:-S\s+)?(\S+))?/.exec(text);
  const program =
    first === null ? null : lastName(first[1] ?? "") === "env" ? lastName(first[2] ?? "") : lastName(first[1] ?? "");
  if (program !== null) return languageOfProgram(program);
  const ending = /\.([a-z]+)$/.exec(name)?.[1];
  return ending === undefined ? "shell" : (endings[ending] ?? "shell");
}

/** The language that an interpreter reads. */
export function languageOfProgram(program: string): Language | "shell" | "other" {
  if (shells.test(program)) return "shell";
  const base = program.replace(/[\d.]+$/, "");
  return interpreters[base] ?? "other";
}

const interpreters: Readonly<Record<string, Language>> = {
  python: "python",
  pypy: "python",
  node: "javascript",
  nodejs: "javascript",
  bun: "javascript",
  deno: "javascript",
  tsx: "javascript",
  ruby: "ruby",
  perl: "perl",
  php: "php",
  lua: "lua",
  luajit: "lua",
  tclsh: "tcl",
  awk: "awk",
  gawk: "awk",
  mawk: "awk",
  Rscript: "r",
  groovy: "groovy",
};

const endings: Readonly<Record<string, Language | "shell">> = {
  sh: "shell",
  bash: "shell",
  py: "python",
  js: "javascript",
  mjs: "javascript",
  cjs: "javascript",
  ts: "javascript",
  rb: "ruby",
  pl: "perl",
  php: "php",
  lua: "lua",
  tcl: "tcl",
  awk: "awk",
};
