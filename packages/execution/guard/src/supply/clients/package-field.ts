// `npm pkg set`: fields of package.json that bring code or packages into the project.
import { type Arg, HOLE, literal } from "../../arg.ts";
import type { Evaluation, Outcome } from "../../profile.ts";
import { npmDependency } from "../specs/npm-spec.ts";
import { shownWord } from "../specs/requirement.ts";
import { installOutcome } from "./client-install.ts";
import { refusedOnly } from "./package-script.ts";

const LIFECYCLE =
  /^scripts\.(?:preinstall|install|postinstall|prepare|prepublish|preprepare|postprepare|dependencies)$/;

/** What writing, removing or mending these fields means. */
export function packageFieldOutcome(on: Evaluation, action: string, words: readonly Arg[]): Outcome {
  if (action !== "set") return on.effect("harmless.write", "change fields of package.json");
  return on.join(
    ...words.filter(({ text }) => !text.startsWith("-")).map((word) => field(on, word)),
    on.effect("harmless.write", "change fields of package.json"),
  );
}

function field(on: Evaluation, { text }: Arg): Outcome {
  const [key = "", value = ""] = text.split(/=(.*)/s);
  const dependency = /^(?:dev|optional|peer)?[dD]ependencies[.[]"?([^"\]]+)/.exec(key)?.[1];
  if (text.includes(HOLE))
    return on.effect("unknown.option", "set a field of package.json to what is only known when it runs");
  if (dependency !== undefined)
    return installOutcome(on, {
      ecosystem: "npm",
      command: "npm pkg set",
      scope: "add",
      requested: [npmDependency(dependency, value)],
      scripts: "off",
    });
  if (LIFECYCLE.test(key))
    return on.join(
      refusedOnly(on, on.script(literal(value))),
      on.effect("system.persist", `have \`${shownWord(value)}\` run with every install of this project`),
    );
  if (key.startsWith("scripts.")) return refusedOnly(on, on.script(literal(value)));
  if (/^(?:overrides|resolutions|pnpm|trustedDependencies|allowScripts|packageManager|publishConfig)/.test(key))
    return on.effect("supply-chain.drift", `change what installs of this project do by \`${shownWord(key)}\``);
  return on.fine();
}
