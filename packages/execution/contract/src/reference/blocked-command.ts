// The advisory name list of a CSC 0.1 runner's hardened mode. The house refuses by what a program is and what it starts, and never less
// than this list (`hardenedRefusal`). Source: spec/csc.md §3.6.

import type { Argv } from "../command-contract.ts";

const NAMES: ReadonlySet<string> = new Set(
  [
    "sh bash zsh fish csh tcsh dash ksh powershell pwsh cmd cmd.exe",
    "perl ruby node php",
    "env busybox toybox xargs nohup strace ltrace sudo su doas chroot unshare nsenter firejail",
  ].flatMap((names) => names.split(" ")),
);

/** Undefined when the reference lets the argv pass, else why not. */
export function referenceBlocks(argv: Argv): string | undefined {
  const [argv0] = argv;
  if (argv0 === undefined) return "argv is empty";
  if (argv.some((word) => word.includes("\0"))) return "an argument holds NUL";
  const name = argv0.slice(argv0.lastIndexOf("/") + 1).toLowerCase();
  if (NAMES.has(name) || /^(?:python|pypy)/.test(name)) return `\`${name}\` is on the list`;
  return undefined;
}
