// The request becomes a brief: what must be true, what must stay working. Flags answer first, then the person, then defaults.
import { briefQuestions, detectProjectMode, type GivenAnswers, makeBrief } from "@ces/intake";
import { makeId, parseJson } from "@ces/kernel";
import type { Answer, ProjectMode, Question } from "@ces/records";
import { BuildOptions } from "../build-options.schema.ts";
import type { EngineContext } from "../context.ts";
import { commitStep } from "../journal.ts";
import type { Hop } from "../thread.ts";

/** Asks what is not yet said and records the brief. Waits when a question has neither answer nor default. */
export const collectBrief: Hop = async (ctx, snapshot, effect) => {
  const options = readOptions(effect.input);
  ctx.report({ kind: "stage", stage: "brief", status: "started", note: options.request });
  const mode = options.project_mode ?? (await detectMode(ctx));
  const answers = await askAll(ctx, briefQuestions(mode, given(options)));
  if (answers === null)
    return {
      kind: "waiting",
      needs: "answer",
      blockers: [
        { code: "BRIEF_UNANSWERED", text: "a question about the change was not answered; `--yes` takes the defaults" },
      ],
    };
  const brief = makeBrief({
    brief_id: makeId("BB", ctx.random),
    mode,
    given: given(options),
    answers,
    at: ctx.clock.now(),
  });
  ctx.report({ kind: "stage", stage: "brief", status: "done", note: mode });
  commitStep(ctx, snapshot, {
    name: "brief_collected",
    patch: { brief_id: brief.brief_id },
    rows: [{ kind: "brief", id: brief.brief_id, delivery_id: snapshot.delivery_id, body: brief }],
    done: effect,
    next: [{ name: "draft_contract", input: options }],
  });
  return { kind: "moved" };
};

/** The options journalled with an effect. */
export function readOptions(input: string): BuildOptions {
  const read = parseJson(input);
  return BuildOptions.parse(read.kind === "parsed" ? read.value : undefined);
}

async function detectMode(ctx: EngineContext): Promise<ProjectMode> {
  const { commit } = await ctx.git.head();
  if (commit === null) return "greenfield";
  const { tree } = await ctx.git.commit(commit);
  return detectProjectMode((await ctx.git.treeFiles(tree)).map((file) => file.path));
}

const given = (options: BuildOptions): GivenAnswers => ({
  request: options.request,
  constraints: options.constraints,
  acceptance_criteria: options.acceptance,
  must_not_break: options.must_not_break,
  ...(options.source_of_truth === null ? {} : { source_of_truth: options.source_of_truth }),
  critical_flows: options.critical_flows,
});

async function askAll(ctx: EngineContext, questions: readonly Question[]): Promise<readonly Answer[] | null> {
  const answers: Answer[] = [];
  for (const question of questions) {
    const answer = await ctx.ask(question);
    if (answer.value === null || answer.by === "nobody") return null;
    answers.push(answer);
  }
  return answers;
}
