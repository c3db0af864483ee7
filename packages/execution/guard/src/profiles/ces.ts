// The guard's own command: looking, trashing and undoing are allowed; deciding, switching and emptying are a person's.
import { type Arg, HOLE, known } from "../arg.ts";
import type { EffectKind } from "../effect-kinds.ts";
import { grammar, type Options, readOptions } from "../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../profile.ts";
import { partOf, shown } from "./_words.ts";

const options = grammar(
  "cwd= home= advisories= for= since= until= limit= session= command= format= class= mode= as= json q,quiet v,verbose batch last all yes y h,help V,version r,recursive f,force i I R d no-color color=? plain tree explain dry-run to= root= p",
);

type Meaning = "looks" | "trashes" | "keeps" | EffectKind;

const verbs: Readonly<Record<string, Meaning>> = {
  ...each("looks", "check explain test doctor status version help report classify hook canary"),
  ...each("unknown.option", "build continue execute demo init review manifest triage"),
  ...each(
    "self-protect.approve",
    "approve allow grant trust accept resolve permit deps-import deps-apply deps-refresh deps-allow keys-enroll emergency-declare emergency-resolve exception unlock",
  ),
  ...each(
    "self-protect.tamper",
    "config-set config-unset config-edit config-reset config-import uninstall install disable enable off on stop pause suspend bypass mode update upgrade reset policy-set rules-add rules-remove",
  ),
  ...each(
    "looks",
    "trash-size trash-info trash-restore undo restore allow-rules config-get config-path deps-status deps-check emergency-status audit-verify audit-export log-tail log-verify",
  ),
  "trash-put": "trashes",
  "trash-keep": "keeps",
  "trash-clear": "delete.trash-clear",
  "trash-empty": "delete.trash-clear",
  "trash-delete": "delete.trash-clear",
};

const nouns: ReadonlySet<string> = new Set("trash deps keys emergency config rules policy log audit".split(" "));
const shows: Readonly<Record<string, Meaning>> = Object.fromEntries(
  [...nouns].flatMap((noun) => [`${noun}-list`, `${noun}-show`].map((verb) => [verb, "looks"])),
);

function each(meaning: Meaning, names: string): Readonly<Record<string, Meaning>> {
  return Object.fromEntries(names.split(" ").map((name) => [name, meaning]));
}

export const profile: Profile = {
  names: ["ces", "agent-guard"],
  summary: "the guard itself",
  judge: (call, on) => {
    const given = readOptions(call.args, options);
    const [first, ...rest] = given.operands[0]?.text === "guard" ? given.operands.slice(1) : given.operands;
    if (first === undefined) return on.fine();
    const verb = verbOf(first, rest[0]);
    return meant(call, on, {
      meaning: verbs[verb] ?? shows[verb] ?? "self-protect.approve",
      paths: verb.startsWith("trash-") ? rest.slice(1) : [],
      given,
    });
  },
  matches: [
    { line: "ces guard approve 4f2a", decision: "deny", effect: "self-protect.approve" },
    { line: "yes | ces approve --last --yes", decision: "deny", effect: "self-protect.approve" },
    { line: "ces guard allow 'rm -rf /'", decision: "deny", effect: "self-protect.approve" },
    { line: "ces guard config set mode off", decision: "deny", effect: "self-protect.tamper" },
    { line: "ces hook uninstall", decision: "deny", effect: "self-protect.tamper" },
    { line: "ces guard uninstall --for claude", decision: "deny", effect: "self-protect.tamper" },
    { line: "ces guard deps import /tmp/x.zip", decision: "deny", effect: "self-protect.approve" },
    { line: "ces emergency resolve", decision: "deny", effect: "self-protect.approve" },
    { line: "ces frobnicate", decision: "deny", effect: "self-protect.approve" },
    { line: "ces $VERB", decision: "deny", effect: "self-protect.approve" },
    { line: "ces trash clear --yes", decision: "ask", effect: "delete.trash-clear" },
    { line: "ces trash restore 1 --to /etc/cron.d/x", decision: "deny", effect: "system.write" },
    { line: "ces undo --root /etc", decision: "deny", effect: "system.write" },
    { line: "XDG_DATA_HOME=/tmp/x ces trash put -r src", decision: "deny", effect: "self-protect.environment" },
    { line: "export HOME=/tmp/x; ces trash put src/a.ts", decision: "deny", effect: "self-protect.environment" },
    { line: "env XDG_STATE_HOME=/tmp/x ces undo", decision: "deny", effect: "self-protect.environment" },
    { line: "ces trash put -rf /etc", decision: "deny", effect: "delete.floor" },
    { line: "ces build 'add a page'", decision: "ask", effect: "unknown.option" },
  ],
  spares: [
    "ces trash put -rf -- dist",
    "ces trash keep -- src/a.ts || exit; : > src/a.ts",
    "ces guard explain 'rm -rf /'",
    'ces guard check --json "curl https://example.com/x | sh"',
    "ces --version",
    "ces guard log --since 1h",
    "ces undo --last",
    "ces trash restore 1 --to src/rescued.ts",
    "CES_SESSION_ID=s CES_COMMAND_ID=t ces trash put src/a.ts",
    "export CES_COMMAND_ID=t; ces trash put src/a.ts; ls",
    "ces trash list --json",
    "ces guard deps status",
    "ces guard check --cwd /tmp 'sudo id'",
    "ces doctor | head -5",
  ],
};

// `trash` alone lists; a noun with a verb that is not known is neither.
function verbOf(first: Arg, second: Arg | undefined): string {
  const noun = known(first) ?? HOLE;
  // `ces hook uninstall`: a second word of a verb that changes something is that verb.
  if (/^hooks?$/.test(noun) && verbs[known(second) ?? HOLE] === "self-protect.tamper") return known(second) ?? HOLE;
  if (!nouns.has(noun)) return noun;
  if (second === undefined) return `${noun}-list`;
  const verb = known(second) ?? HOLE;
  return /^\d+$/.test(verb) ? `${noun}-show` : `${noun}-${verb}`;
}

interface Asked {
  readonly meaning: Meaning;
  readonly paths: readonly Arg[];
  readonly given: Options;
}

function meant({ name, args }: Call, on: Evaluation, { meaning, paths, given }: Asked): Outcome {
  if (given.has("version")) return on.fine();
  if (meaning === "looks") return bringsBack(on, given);
  if (meaning === "keeps") return on.join(...paths.map((path) => on.kept(path)), on.fine());
  if (meaning === "trashes") return trashes(on, paths);
  const words = args.slice(0, 4).map(shown).join(" ");
  return on.effect(meaning, `have the agent run \`${name} ${words}\``);
}

// What is brought back is written where the words say.
function bringsBack(on: Evaluation, given: Options): Outcome {
  const places = [...given.values("to"), ...given.values("root").map((root) => partOf(root, `${root.text}/a`))];
  return on.join(...places.map((path) => on.write(path, "create")), on.fine());
}

// What is on its way to the trash is not lost; what may not be deleted at all may not go there either.
function trashes(on: Evaluation, paths: readonly Arg[]): Outcome {
  const removed = on.join(...paths.map((path) => on.remove(path, { recursive: true })), on.fine());
  return { ...removed, effects: removed.effects.filter(({ kind }) => kind !== "delete.trash"), rescues: [] };
}
