// What a program is, whatever it is called: `/usr/bin/python3.12`, `BASH`, `bash/`, `node.exe`.

/** The last path segment in lower case, without `.exe`; empty for a text without one. */
export function programName(argv0: string): string {
  const segments = argv0.split("/").filter((segment) => segment !== "");
  return (segments.at(-1) ?? "").toLowerCase().replace(/\.exe$/, "");
}

/** The same without a version at the end: `python` for `python3.12`, `perl` for `perl5.36`. */
export function programFamily(argv0: string): string {
  return programName(argv0).replace(/(?<=[a-z])-?\d+(?:\.\d+)*$/, "");
}
