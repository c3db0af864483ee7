// Scripts of a project's manifest: allowed, and read for what no project may do in anybody's name.
import { type Arg, isKnown, literal } from "../../arg.ts";
import type { Evaluation, Outcome } from "../../profile.ts";
import { parseJson } from "@ces/kernel";
import { quoteWord } from "../../rewrite.ts";
import { meaningOf } from "../../rule.ts";
import { member, members, textMember } from "../foreign-json.ts";
import { foldersUp } from "../install/read-project.ts";
import { foldersOf, isInside } from "./client-install.ts";
import { lineFacts, madeTaints } from "./line-facts.ts";

const MAX_MANIFEST = 1024 * 1024;

/** Which script of which folder, with the words that are handed to it. */
export interface ScriptCall {
  readonly name: string;
  readonly args: readonly Arg[];
  readonly dir?: Arg | undefined;
}

/** Names of the scripts of the nearest package.json; undefined when none can be read. */
export function scriptNames(on: Evaluation, dir?: Arg): ReadonlySet<string> | undefined {
  const scripts = foldersOf(on, dir).map((folder) => scriptsOf(on, folder));
  const [first] = scripts;
  return first === undefined ? undefined : new Set(members(first).map(([name]) => name));
}

/** Runs a script: harmless, unless its text holds what is refused everywhere. */
export function scriptOutcome(on: Evaluation, { name, args, dir }: ScriptCall): Outcome {
  if (!isInside(on, dir))
    return on.effect("unknown.script", `run the script \`${name}\` of a project outside the workspace`);
  const tables = foldersOf(on, dir).map((folder) => scriptsOf(on, folder));
  const tail = args.filter(isKnown).map(({ text }) => quoteWord(text));
  const texts = tables.flatMap((table) =>
    [`pre${name}`, name, `post${name}`].flatMap((one) => {
      const text = textMember(table, one, 20_000);
      return text === undefined ? [] : [one === name ? [text, ...tail].join(" ") : text];
    }),
  );
  const foreign =
    tables.length > 0 && texts.length > 0 ? [] : foldersOf(on, dir).map((folder) => foreignManifest(on, folder));
  const ran = texts.map((text) => on.script(literal(text), { shell: "sh" }));
  return refusedOnly(on, on.join(...foreign, ...ran, on.fine()));
}

/** Of a project's own script counts what is refused everywhere: what it deletes and calls is the project's business. */
export function refusedOnly(on: Evaluation, outcome: Outcome): Outcome {
  const effects = outcome.effects.filter(({ kind }) => {
    const { class: group, decision } = meaningOf(kind);
    return (
      decision === "deny" &&
      group !== "unknown" &&
      group !== "delete" &&
      kind !== "bypass.redefined-name" &&
      kind !== "code-injection.environment"
    );
  });
  return { ...on.fine(), effects, parts: outcome.parts };
}

function scriptsOf(on: Evaluation, folder: string): unknown {
  const facts = lineFacts(on);
  for (const dir of foldersUp(folder, on.setting.workspaces)) {
    const text = facts.read(`${dir}/package.json`, MAX_MANIFEST);
    if (text !== undefined) return scriptsIn(text);
  }
  return undefined;
}

let last: { readonly text: string; readonly scripts: unknown } = { text: "", scripts: undefined };

// A line, and a session, asks for the same manifest again and again.
function scriptsIn(text: string): unknown {
  if (last.text !== text) {
    const read = parseJson(text, { maxBytes: MAX_MANIFEST, maxDepth: 64 });
    last = { text, scripts: read.kind === "parsed" ? member(read.value, "scripts") : undefined };
  }
  return last.scripts;
}

// A manifest that this line fetches or decodes: its scripts are somebody else's.
function foreignManifest(on: Evaluation, folder: string): Outcome {
  const taints = madeTaints(on, `${folder}/package.json`);
  if (taints?.has("network") === true)
    return on.effect("remote-exec.download-run", "run a script of a package.json that this command fetches");
  if (taints?.has("decoded") === true)
    return on.effect("code-injection.decoded", "run a script of a package.json that this command decodes");
  return on.fine();
}

const USUAL =
  /^(?:(?:build|test|lint|dev|start|serve|preview|format|fmt|typecheck|type-check|types|tsc|check|checks|clean|coverage|e2e|unit|docs|storybook|prettier|eslint|ci|verify|generate|codegen|compile|bundle|watch|fix|lint-fix|validate|bench|benchmark|release|prepare|postinstall|migrate|seed|deploy|package|analyze|report|doctor|audit-ci|stop|restart|db|cli|demo|example|examples|smoke|integration|spec|size|i18n|changeset|version)(?:[:.-][\w:.-]+)?)$/;

/** True for names that projects give their scripts, for where no manifest can be read. */
export const isUsualScript = (name: string): boolean => USUAL.test(name);
