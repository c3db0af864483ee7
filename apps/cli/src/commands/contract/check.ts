// `ces contract check CONTRACT POLICY`: may this contract run under this policy? Nothing is run, no approval is consumed.
import { decidedData, judgeContractFiles } from "../../csc/judged-contract.ts";
import { decisionLines, findingText } from "../../csc/decision-lines.ts";
import { defineCommand } from "../../define-command.ts";
import type { ExitCode } from "../../exit-codes.ts";

const exits: Readonly<Record<"allow" | "deny" | "needs_approval", ExitCode>> = { allow: 0, deny: 3, needs_approval: 7 };

export const command = defineCommand({
  summary: "may this command contract run under this policy, and if not, why",
  group: "Execution",
  args: [
    { name: "contract", summary: "a command contract (JSON)", required: true },
    { name: "policy", summary: "a policy (YAML)", required: true },
  ],
  options: [
    { name: "approval", kind: "list", value: "FILE", summary: "a signed approval; twice for dual control" },
    {
      name: "mode",
      kind: "choice",
      choices: ["local", "hardened"],
      summary:
        "also ask what this way of running refuses: hardened takes no shell or interpreter that the policy does not name",
    },
  ],
  examples: [
    { line: "ces contract check contract.json policy.yaml", note: "every rule of every command, with its reason code" },
    { line: "ces contract check contract.json policy.yaml --approval yes.json --json", note: "one JSON document" },
  ],
  exits: [0, 2, 3, 6, 7],
  run: async (ctx) => {
    const { contract = "", policy = "" } = ctx.args;
    const mode = ctx.text("mode");
    const decided = judgeContractFiles({
      contract,
      policy,
      approvals: ctx.list("approval"),
      mode: mode === "local" || mode === "hardened" ? mode : undefined,
    });
    const data = decidedData(decided);
    return {
      exit: exits[decided.decision],
      data,
      blockers: data.findings
        .filter(({ kind }) => kind !== "note")
        .map((one) => ({ code: one.code, text: findingText(one) })),
      next: decided.decision === "needs_approval" ? `ces contract approve ${contract}` : null,
    };
  },
  view: ({ data }) => decisionLines(data),
});
