// What was found on packages, as lines for people.
import type { CheckedPackage } from "@ces/guard";
import { attention, bad, dim, good, line, type Line, plain, strong } from "../view/line.ts";

/** Pinned packages as they are printed. */
export type PinnedData = {
  readonly package: string;
  readonly advisories: readonly {
    readonly id: string;
    readonly malicious: boolean;
    readonly cvss: number | null;
    readonly fixed: string | null;
  }[];
};

/** One package that was asked about, and what stands against it. */
export function packageLines({ package: name, findings }: CheckedPackage): readonly Line[] {
  if (findings.length === 0) return [line(good`nothing known against `, strong`${name}`)];
  return [
    line(findings.some(({ decision }) => decision === "deny") ? bad`refused  ` : attention`look at  `, strong`${name}`),
    ...findings.map(({ text, code, instead }) =>
      line(plain`  ${text}`, dim` [${code}]`, ...(instead === null ? [] : [plain`; ${instead}`])),
    ),
  ];
}

/** Pinned packages of which something is known. */
export const pinnedLines = (all: readonly PinnedData[]): readonly Line[] =>
  all.flatMap((one) => [
    line(
      one.advisories.some(({ malicious }) => malicious) ? bad`malicious  ` : attention`known hole `,
      strong`${one.package}`,
    ),
    ...one.advisories
      .slice(0, 5)
      .map(({ id, cvss, fixed }) =>
        line(
          plain`  ${id}`,
          dim`${cvss === null ? "" : `, CVSS ${cvss}`}${fixed === null ? "" : `, fixed in ${fixed}`}`,
        ),
      ),
  ]);
