// What a reader found in a script of a tool, as outcomes: programs it starts, files it touches, data it destroys.
import { HOLE, literal } from "../../arg.ts";
import type { StatementFinding } from "../../languages/statement.ts";
import type { Evaluation, Outcome } from "../../profile.ts";

/** The outcome of one finding; `name` is the tool's. */
export function findingOutcome(on: Evaluation, name: string, finding: StatementFinding): Outcome {
  switch (finding.kind) {
    case "shell":
      return on.join(
        { ...on.script(literal(finding.text)), edits: [] },
        on.effect("code-injection.tool-exec", `have \`${name}\` run \`${finding.text}\``),
      );
    case "spawn":
      return on.run(finding.argv.map((word) => literal(word)));
    case "spawn-unknown":
      return on.effect("code-injection.tool-exec", `have \`${name}\` start a program (${finding.what})`);
    case "destroy":
      return on.effect("infra.database", `carry out \`${finding.what}\` by \`${name}\``);
    case "write":
      return finding.path === null
        ? on.effect("unknown.write-target", `have \`${name}\` write a file that is not known (${finding.what})`)
        : on.write(literal(finding.path), finding.mode);
    case "read":
      return finding.path === null || finding.path.includes(HOLE) ? on.fine() : on.read(literal(finding.path));
    case "delete":
      return on.effect("delete.code-api", `have \`${name}\` delete files (${finding.what})`);
    case "load":
      return on.effect("unknown.script", `have \`${name}\` load \`${finding.path ?? "a file"}\` (${finding.what})`);
    case "dynamic":
      return on.effect(
        finding.decoded ? "code-injection.decoded" : "code-injection.dynamic",
        `have \`${name}\` run a text (${finding.what})`,
      );
    case "unknown":
      return on.effect("code-injection.dynamic", `have \`${name}\` carry out ${finding.what}`);
    case "metadata":
    case "network":
    case "environment":
      return on.effect("code-injection.code-unknown", `have \`${name}\` do more than edit (${finding.what})`);
    default:
      return finding satisfies never;
  }
}
