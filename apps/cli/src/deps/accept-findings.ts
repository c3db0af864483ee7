// What stands against a change of dependencies is put in front of a person before anything runs; an agent's asking is recorded and no more.
import { entry, judgeWish, specOf, installerOf } from "@ces/engine";
import { CesError } from "@ces/kernel";
import type { Actor, DependencyWish, LedgerDraft } from "@ces/records";
import type { CommandContext } from "../define-command.ts";
import { enrolled, provePerson } from "../person/prove-person.ts";
import type { Project } from "../wire/open-project.ts";
import { supplyGround } from "../wire/supply-ground.ts";

/** The wish with what a person accepted. Throws DEPS_REFUSED for what nobody may pass, NEEDS_APPROVAL (exit 7) without a person. */
export async function acceptFindings(
  ctx: CommandContext,
  project: Project,
  wish: DependencyWish,
): Promise<DependencyWish> {
  const { stops, asks } = judgeWish(wish, supplyGround(ctx.env));
  const what = shownWish(wish);
  if (stops.length > 0) {
    record(project, entry("escalation", null, `refused: ${what}`, { decision: "deny", rationale: stops.join("; ") }));
    throw new CesError("DEPS_REFUSED", `\`${what}\` is not installed: ${stops.join("; ")}`, {
      remedy: "ask for another package, or another version",
    });
  }
  if (asks.length === 0) return wish;
  for (const text of asks) ctx.report({ kind: "finding", severity: "high", source: "supply chain", text });
  const by = await personFor(ctx, project, { what, asks });
  if (by.proof === "none") {
    record(
      project,
      entry("escalation", null, `an exception was asked for: ${what}`, {
        actor: by,
        decision: "ask",
        rationale: asks.join("; "),
      }),
    );
    throw new CesError("NEEDS_APPROVAL", `only a person may go on with \`${what}\`: ${asks.join("; ")}`, {
      remedy: "run it at a terminal of your own, or with --as NAME of somebody enrolled with --may human",
    });
  }
  record(
    project,
    entry("exception", null, `accepted by ${by.id}: ${what}`, {
      actor: by,
      decision: "allow",
      rationale: asks.join("; "),
    }),
  );
  return { ...wish, accepted: { by, findings: [...asks] } };
}

interface Asked {
  readonly what: string;
  readonly asks: readonly string[];
}

/** SECURITY: S21 — a key that may satisfy hybrid gates only is no person here. */
async function personFor(ctx: CommandContext, project: Project, { what, asks }: Asked): Promise<Actor> {
  const name = ctx.text("as");
  if (name !== undefined && enrolled(project, name).may !== "human") return { id: name, kind: "agent", proof: "none" };
  return provePerson(ctx, project, {
    text: `${what}\n${asks.map((text) => `  ${text}`).join("\n")}\nNothing has run yet. Go on all the same?`,
    message: ["ces.dependency-exception/v1", project.project_id, what, ...asks].join("\n"),
  });
}

/** `npm add left-pad@1.3.0`. */
export const shownWish = (wish: DependencyWish): string =>
  [wish.manager, wish.action, ...wish.packages.map((one) => specOf(installerOf(wish.manager), one))].join(" ");

function record(project: Project, said: LedgerDraft): void {
  const result = project.store.commit({
    delivery_id: null,
    expected_version: null,
    fence: null,
    snapshot: null,
    entries: [said],
    effects: [],
    effects_done: [],
    rows: [],
  });
  if (result.kind === "refused")
    throw new CesError("STEP_REFUSED", `it was not recorded: ${result.detail} (\`${result.code}\`)`, {
      remedy: "ces audit verify",
    });
}
