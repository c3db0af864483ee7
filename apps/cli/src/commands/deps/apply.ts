// `ces deps apply`: a change of dependencies as a delivery of its own: judged, resolved in walls from the person's cache, checked with what
// was installed from the frozen lockfile, decided by a person, merged (ADR 11).
import { type BuildOptions, createDelivery, installerOf, lockOf, newDeliveryId } from "@ces/engine";
import { randomBytes } from "@ces/crypto-node";
import type { DependencyWish } from "@ces/records";
import { type CommandContext, defineCommand } from "../../define-command.ts";
import { acceptFindings, shownWish } from "../../deps/accept-findings.ts";
import { readWish } from "../../deps/read-wish.ts";
import { type DeliveryData, driveDelivery } from "../../wire/delivery-command.ts";
import { deliveryLines } from "../../wire/delivery-lines.ts";
import { isScratchDemo } from "../../wire/demo-scratch.ts";
import { openOrStartForWork } from "../../wire/open-for-work.ts";
import type { Project } from "../../wire/open-project.ts";

export const command = defineCommand<DeliveryData>({
  summary: "add, change or remove dependencies: judged first, installed in walls with scripts off",
  group: "Execution",
  args: [],
  rest: {
    name: "packages",
    summary: "exact versions, `left-pad@1.3.0`; before them the delivery that needs them, if one does",
  },
  options: [
    {
      name: "manager",
      kind: "choice",
      choices: ["npm", "pnpm", "yarn", "pip", "uv", "poetry", "cargo", "go", "gem", "composer"],
      summary: "which package manager",
      fallback: "the one whose lockfile the branch has",
    },
    { name: "dev", kind: "flag", summary: "needed for development only" },
    { name: "remove", kind: "flag", summary: "remove them; names without versions" },
    { name: "check", kind: "list", value: "COMMAND", summary: "a further check, run by CES itself" },
    { name: "as", kind: "text", value: "NAME", summary: "decide with an enrolled key" },
    { name: "reason", short: "r", kind: "text", value: "TEXT", summary: "recorded with the decision" },
  ],
  examples: [
    { line: "ces deps apply left-pad@1.3.0", note: "at a terminal; asks for a code before it merges" },
    { line: "ces deps apply D-0123456789ab left-pad@1.3.0", note: "for a delivery that was stopped for want of it" },
    { line: "ces deps apply --remove left-pad --as alice --yes", note: "with an enrolled key" },
  ],
  exits: [0, 1, 2, 3, 4, 5, 7, 130],
  live: true,
  async run(ctx) {
    const project = await openOrStartForWork(ctx);
    try {
      const wish = await acceptFindings(ctx, project, await readWish(ctx, project));
      const options = await optionsFor(ctx, project, wish);
      const delivery_id = newDeliveryId({ random: randomBytes });
      return await driveDelivery(ctx, project, {
        delivery_id,
        demo: isScratchDemo(ctx, project),
        consent: { as: ctx.text("as"), reason: ctx.text("reason") ?? "", explicit: false, reject: false },
        prepare: (engine) => void createDelivery(engine, { delivery_id, options, runtime: "install", max_retries: 0 }),
      });
    } finally {
      project.close();
    }
  },
  view: deliveryLines,
});

/** Every question of a brief is answered by what the command is: nobody is asked anything twice. */
async function optionsFor(ctx: CommandContext, project: Project, wish: DependencyWish): Promise<BuildOptions> {
  const installer = installerOf(wish.manager);
  const { commit } = await project.git.head();
  const files = commit === null ? [] : await project.git.treeFiles((await project.git.commit(commit)).tree);
  const lock = lockOf(installer, new Set(files.map(({ path }) => path)));
  return {
    request: `Change dependencies: ${shownWish(wish)}`,
    caller: "build",
    project_mode: "brownfield",
    constraints: ["scripts of packages do not run", "nothing is fetched"],
    acceptance: [`${installer.manifest} and ${lock} hold exactly what was asked for`],
    must_not_break: ["the checks of the branch"],
    source_of_truth: lock,
    critical_flows: ["the checks of the branch"],
    scope: [installer.manifest, lock],
    checks: [...ctx.list("check")],
    network_hosts: [],
    model: "none",
    token_budget: null,
    request_budget: null,
    cost_budget: null,
    time_budget: null,
    cassette: null,
    install: wish,
  };
}
