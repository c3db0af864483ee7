// A folder without git, or without a commit, becomes a project: after consent, never silently.
import { CesError } from "@ces/kernel";
import { openRepositories } from "@ces/git";
import { readUserConfig } from "@ces/files";
import { join } from "node:path";
import { writeFirstTree } from "@ces/workspace";
import type { CommandContext } from "../define-command.ts";
import { nodeClock } from "./node-clock.ts";
import { configDir, gitBinary, homeOf, openProject, type Project } from "./open-project.ts";

const FIRST_BRANCH = "refs/heads/main";

/** Opens the project, making repository and first commit when the person agrees. Throws NEEDS_CONSENT. */
export async function openOrStartProject(ctx: CommandContext): Promise<Project> {
  await ensureRepository(ctx);
  return openProject(ctx, { create: true });
}

/** What was made, in words; empty when everything was there. */
export async function ensureRepository(ctx: CommandContext): Promise<readonly string[]> {
  const config = readUserConfig(join(configDir(ctx), "config.yaml"));
  const repositories = openRepositories({ gitBinary: gitBinary(ctx, config), home: homeOf(ctx) });
  const found = await repositories.find(ctx.cwd);
  const made: string[] = [];
  if (found.kind === "none") {
    await consent(ctx, `\`${ctx.cwd}\` is not in a git repository. Make one here?`);
    await repositories.init(ctx.cwd);
    made.push("a git repository");
  }
  const repository = found.kind === "none" ? await repositories.find(ctx.cwd) : found;
  if (repository.kind === "none")
    throw new CesError("NO_PROJECT", "the repository that was made is not found", { remedy: "git init" });
  const git = await repositories.open(repository.git_dir);
  const { ref, commit } = await git.head();
  if (commit === null) {
    if (made.length === 0) await consent(ctx, "The repository has no commit yet. Make a first one of what is here?");
    made.push(await firstCommit(git, repository.root, ref ?? FIRST_BRANCH));
  }
  return made;
}

async function firstCommit(
  git: Awaited<ReturnType<ReturnType<typeof openRepositories>["open"]>>,
  root: string,
  ref: string,
): Promise<string> {
  const { tree, files } = await writeFirstTree({ git, root });
  const who = { name: "CES", email: "ces@localhost" };
  const commit = await git.writeCommit({
    tree,
    parents: [],
    message: "Start of the project, before CES\n",
    author: who,
    committer: who,
    at: nodeClock.now(),
  });
  const moved = await git.updateRef(ref, commit, null);
  if (moved.kind === "stale")
    throw new CesError("NO_PROJECT", "the branch got a commit meanwhile", { remedy: "run the command again" });
  await git.updateIndex(files.map(({ path, mode, oid }) => ({ path, mode, oid })));
  return `a first commit of ${files.length} files`;
}

/** `--yes` consents to this: nothing is overwritten and git is what the person would have to do anyway. */
async function consent(ctx: CommandContext, text: string): Promise<void> {
  const answer = await ctx.ask({
    id: "start-project",
    kind: "confirm",
    text,
    detail: "CES works on commits.",
    choices: ["yes", "no"],
    default_answer: "yes",
  });
  if (answer.value === "yes" && answer.by !== "nobody") return;
  throw new CesError("NEEDS_CONSENT", "CES needs a git repository with a commit", { remedy: "ces init --yes" });
}
