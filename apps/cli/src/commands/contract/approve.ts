// `ces contract approve CONTRACT POLICY`: a person says yes to exactly this contract under exactly this policy, for a time, with a signature.
import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import { CesError } from "@ces/kernel";
import { approveContract } from "../../contract/approve-contract.ts";
import { decideRun } from "../../contract/decide-run.ts";
import { openRunnerDomain } from "../../contract/runner-domain.ts";
import { writeNew } from "../../csc/write-new.ts";
import { defineCommand, done } from "../../define-command.ts";
import { dim, good, line, plain } from "../../view/line.ts";

export const command = defineCommand({
  summary: "approve a command contract: at a terminal, or with an enrolled person's key",
  group: "Execution",
  args: [
    { name: "contract", summary: "the contract that waits (JSON)", required: true },
    { name: "policy", summary: "the policy it waits under (YAML)", required: true },
  ],
  options: [
    { name: "as", kind: "text", value: "NAME", summary: "who approves; their key signs" },
    {
      name: "scope",
      kind: "choice",
      choices: ["single", "window"],
      summary: "for one execution, or for every execution until it expires",
      fallback: "single",
    },
    { name: "minutes", kind: "whole", least: 1, value: "N", summary: "how long it holds", fallback: "60" },
    { name: "reason", kind: "text", value: "TEXT", summary: "why" },
    { name: "ticket", kind: "text", value: "ID", summary: "a ticket that speaks of it" },
    { name: "out", kind: "text", value: "FILE", summary: "where the approval goes", fallback: "approval-….json" },
  ],
  examples: [
    { line: "ces contract approve contract.json policy.yaml", note: "at a terminal: shows it and asks for a code" },
    {
      line: "ces contract approve contract.json policy.yaml --as alice --minutes 10",
      note: "with alice's enrolled key",
    },
  ],
  exits: [0, 2, 3, 4, 5, 6],
  run: async (ctx) => {
    const domain = await openRunnerDomain(ctx);
    const [contractFile, policyFile] = [ctx.args["contract"] ?? "", ctx.args["policy"] ?? ""];
    const asked = decideRun(
      {
        contract: resolve(ctx.cwd, contractFile),
        policy: resolve(ctx.cwd, policyFile),
        approvals: [],
        mode: "hardened",
      },
      domain,
    );
    if (asked.decided.decision === "deny")
      throw new CesError(
        "APPROVAL_DENIED",
        `the policy denies it, and no approval changes that: ${asked.decided.reasons.join("; ")}`,
        {
          remedy: `ces contract check ${contractFile} ${policyFile}`,
        },
      );
    if (asked.decided.decision === "allow")
      throw new CesError("APPROVAL_NOT_NEEDED", "the policy allows it as it is", {
        remedy: `ces contract run ${contractFile} ${policyFile}`,
      });
    const approval = await approveContract(ctx, domain, {
      ...asked,
      minutes: ctx.whole("minutes") ?? 60,
      scope: ctx.text("scope") === "window" ? "time_window" : "single_execution",
      reason: ctx.text("reason"),
      ticket_id: ctx.text("ticket"),
    });
    const out = resolve(ctx.cwd, ctx.text("out") ?? `approval-${randomBytes(4).toString("hex")}.json`);
    writeNew(out, `${JSON.stringify(approval, null, 2)}\n`);
    return done(
      {
        file: out,
        approval_id: approval.approval_id,
        identity: approval.approver.identity,
        scope: approval.scope,
        expires_at: approval.expires_at,
      },
      `ces contract run ${contractFile} ${policyFile} --approval ${out}`,
    );
  },
  view: ({ data }) => [
    line(good`approved`, plain`  by ${data.identity}`, dim`  ${data.scope}, until ${data.expires_at}`),
    line(dim`written to ${data.file}`),
  ],
});
