// `ces guard deps grant`: a person says yes to one package in one version with one content, whatever stands against it but malice.
import { randomBytes } from "node:crypto";
import { checkPackages, ecosystems, type Ecosystem, readSpec } from "@ces/guard";
import { readGrants, type StoredGrant, writeGrants } from "@ces/hooks";
import { CesError } from "@ces/kernel";
import { type CommandContext, defineCommand, done } from "../../../define-command.ts";
import { accountPlaces } from "../../../guard-deps/advisory-index.ts";
import { supplyGround } from "../../../wire/supply-ground.ts";
import { table } from "../../../view/layout.ts";
import { dim, line, plain, strong } from "../../../view/line.ts";
import { homeUser } from "../../../guard-deps/home-user.ts";

export const command = defineCommand({
  summary: "accept one package in one version with one hash; a person at a terminal only",
  group: "Execution",
  args: [{ name: "package", summary: "with its exact version: `left-pad@1.3.0`", required: false }],
  options: [
    {
      name: "integrity",
      kind: "text",
      value: "HASH",
      summary: "of its content, as the lockfile writes it: `sha512-…`",
    },
    { name: "ecosystem", kind: "choice", choices: ecosystems, summary: "whose package it is", fallback: "npm" },
    { name: "remove", kind: "flag", summary: "end the grant of this package" },
    { name: "list", kind: "flag", summary: "show the grants" },
  ],
  examples: [
    { line: "ces guard deps grant left-pad@1.3.0 --integrity sha512-…", note: "at a terminal; asks for a code" },
    { line: "ces guard deps grant left-pad@1.3.0 --remove", note: "ends it" },
    { line: "ces guard deps grant --list", note: "what was granted, when and by whom" },
  ],
  exits: [0, 2, 3, 5],
  run: async (ctx) => {
    const places = accountPlaces(ctx.env);
    const grants = readGrants(places);
    if (ctx.flag("list") || ctx.args["package"] === undefined) return done({ grants: grants.map(shown) });
    const wanted = packageOf(ctx, ctx.args["package"]);
    const others = grants.filter((one) => !isSame(one, wanted));
    if (ctx.flag("remove")) {
      if (others.length === grants.length)
        throw new CesError("GUARD_RULE_NONE", `\`${wanted.name}@${wanted.version}\` was not granted`, {
          remedy: "ces guard deps grant --list",
        });
      // Taking a yes back only ever makes the guard stricter.
      writeGrants(places, others);
      return done({ grants: others.map(shown) });
    }
    const grant = { ...wanted, integrity: integrityOf(ctx), granted_on: today(), by: homeUser() };
    refuseMalice(ctx, grant);
    const sure = await ctx.challenge(
      `From now on without asking, for every project of this account:\n  ${grant.name} ${grant.version} (${grant.ecosystem})\n  ${grant.integrity}`,
      randomBytes(3).toString("hex"),
    );
    if (!sure)
      throw new CesError("GUARD_NEEDS_PERSON", "a package is granted by a person at a terminal", {
        remedy: "run it yourself, at a terminal of your own",
      });
    writeGrants(places, [...others, grant]);
    return done({ grants: [...others, grant].map(shown) });
  },
  view: ({ data }) =>
    data.grants.length === 0
      ? [line(plain`no package is granted`)]
      : table(
          ["package", "hash", "granted"],
          data.grants.map((one) => [
            strong`${one.package}`,
            plain`${one.integrity}`,
            dim`${one.granted_on} by ${one.by}`,
          ]),
        ),
});

type Named = Pick<StoredGrant, "ecosystem" | "name" | "version">;

function packageOf(ctx: CommandContext, word: string): Named {
  const ecosystem: Ecosystem = ecosystems.find((one) => one === ctx.text("ecosystem")) ?? "npm";
  const { name, wanted, source } = readSpec(ecosystem, word);
  if (name !== null && wanted.kind === "exact" && source.kind === "registry")
    return { ecosystem, name, version: wanted.version };
  throw new CesError("DEPS_NOT_EXACT", `\`${word}\` names no exact version of a package of a registry`, {
    remedy: "ces guard deps grant left-pad@1.3.0 --integrity sha512-…",
  });
}

function integrityOf(ctx: CommandContext): string {
  const given = ctx.text("integrity") ?? "";
  if (
    /^(?:sha(?:256|384|512)-[A-Za-z0-9+/]{43,88}={0,2}|sha256:[0-9a-f]{64}|[0-9a-f]{64}|h1:[A-Za-z0-9+/]{43}=)$/.test(
      given,
    )
  )
    return given;
  throw new CesError("USAGE_OPTION", "a grant is for one content: its hash, as the lockfile writes it, is missing", {
    remedy: "--integrity sha512-…",
  });
}

/** SECURITY: what is known to be malicious is granted by nobody. */
function refuseMalice(ctx: CommandContext, { ecosystem, name, version }: StoredGrant): void {
  const known = checkPackages(
    [readSpec(ecosystem, ecosystem === "PyPI" ? `${name}==${version}` : `${name}@${version}`)],
    {
      ...supplyGround(ctx.env),
      grants: [],
    },
  ).flatMap(({ findings }) => findings);
  const bad = known.find(({ code }) => code === "PACKAGE_MALICIOUS");
  if (bad !== undefined)
    throw new CesError("DEPS_REFUSED", `nobody grants it: ${bad.text}`, { remedy: "ask for another package" });
}

const isSame = (left: Named, right: Named): boolean =>
  left.ecosystem === right.ecosystem && left.name === right.name && left.version === right.version;

const today = (): string => new Date().toISOString().slice(0, 10);

const shown = ({ ecosystem, name, version, integrity, granted_on, by }: StoredGrant) => ({
  package: `${name}@${version}`,
  ecosystem,
  integrity: integrity ?? "any content",
  granted_on,
  by,
});
