// `ces guard allow`: a person lowers one question to a yes, for a program, a subcommand and named options, until a day. Never a refusal.
import { randomBytes } from "node:crypto";
import type { AllowRule } from "@ces/guard";
import { readAllAllowRules, writeAllowRules } from "@ces/hooks";
import { CesError } from "@ces/kernel";
import { defineCommand, done } from "../../define-command.ts";
import { placesOf } from "../../guard/guard-setting.ts";
import { table } from "../../view/layout.ts";
import { dim, good, line, plain, strong } from "../../view/line.ts";

const DAY = 24 * 60 * 60 * 1000;

export const command = defineCommand({
  summary: "let a program that the guard asks about run without asking; a person at a terminal only",
  group: "Execution",
  args: [],
  rest: { name: "words", summary: "the program and its leading words: `terraform apply`" },
  options: [
    {
      name: "option",
      kind: "list",
      value: "NAME",
      summary: "an option that may appear, spelled whole; repeat for more",
    },
    {
      name: "operands",
      kind: "choice",
      choices: ["none", "workspace", "any"],
      summary: "what may follow",
      fallback: "workspace",
    },
    { name: "days", kind: "whole", least: 1, value: "N", summary: "how long, 90 at most", fallback: "7" },
    { name: "remove", kind: "text", value: "ID", summary: "end a rule" },
    { name: "list", kind: "flag", summary: "show the rules" },
  ],
  examples: [
    { line: "ces guard allow terraform plan --option=-out --days 14", note: "at a terminal; asks for a code" },
    { line: "ces guard allow --list", note: "what is allowed, and until when" },
  ],
  exits: [0, 2, 3, 4],
  run: async (ctx) => {
    const places = placesOf(ctx);
    const rules = readAllAllowRules(places);
    if (ctx.flag("list")) return done({ rules: rules.map(shown) });
    const removed = ctx.text("remove");
    if (removed !== undefined) {
      if (!rules.some(({ id }) => id === removed))
        throw new CesError("GUARD_RULE_NONE", `there is no rule \`${removed}\``, { remedy: "ces guard allow --list" });
      writeAllowRules(
        places,
        rules.filter(({ id }) => id !== removed),
      );
      return done({ rules: rules.filter(({ id }) => id !== removed).map(shown) });
    }
    const rule = newRule(ctx.rest, {
      options: ctx.list("option"),
      operands: operandsOf(ctx.text("operands")),
      days: ctx.whole("days") ?? 7,
    });
    const sure = await ctx.challenge(
      `Without asking, until ${shown(rule).until}:\n  ${sentence(rule)}`,
      randomBytes(2).toString("hex"),
    );
    if (!sure)
      throw new CesError("GUARD_NEEDS_PERSON", "a rule that lowers a question is added by a person at a terminal", {
        remedy: "run it yourself, at a terminal of your own",
      });
    writeAllowRules(places, [...rules, rule]);
    return done({ rules: [...rules, rule].map(shown) });
  },
  view: ({ data }) =>
    data.rules.length === 0
      ? [line(plain`nothing is allowed beyond the built-in rules`)]
      : table(
          ["rule", "allows", "until"],
          data.rules.map(({ id, allows, until, expired }) => [
            strong`${id}`,
            plain`${allows}`,
            expired ? dim`expired` : good`${until}`,
          ]),
        ),
});

const operandsOf = (text: string | undefined): AllowRule["operands"] =>
  text === "none" || text === "any" ? text : "workspace";

function newRule(
  words: readonly string[],
  {
    options,
    operands,
    days,
  }: { readonly options: readonly string[]; readonly operands: AllowRule["operands"]; readonly days: number },
): AllowRule {
  const [program, ...subcommand] = words;
  if (program === undefined || !/^[\w.+-]+$/.test(program) || subcommand.some((word) => word.startsWith("-")))
    throw new CesError("USAGE_ARGUMENT", "a rule names a program and its leading words, without options", {
      remedy: "ces guard allow terraform apply --option=-target",
    });
  if (options.some((option) => !option.startsWith("-") || option.includes("=")))
    throw new CesError("USAGE_OPTION", "an option is spelled whole and without a value", {
      remedy: "--option=--target",
    });
  return {
    id: randomBytes(4).toString("hex"),
    program,
    subcommand,
    options,
    operands,
    expires: Date.now() + Math.min(days, 90) * DAY,
  };
}

const sentence = ({ program, subcommand, options, operands }: AllowRule): string =>
  [
    program,
    ...subcommand,
    ...options.map((option) => `[${option}]`),
    ...(operands === "none" ? [] : [operands === "any" ? "[anything]" : "[paths below the workspace]"]),
  ].join(" ");

const shown = (rule: AllowRule) => ({
  id: rule.id,
  allows: sentence(rule),
  until: new Date(rule.expires).toISOString().slice(0, 10),
  expired: rule.expires <= Date.now(),
});
