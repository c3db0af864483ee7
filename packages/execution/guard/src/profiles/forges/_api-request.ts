// A raw request to a forge (`gh api`, `glab api`): reading passes, everything that changes something there asks.
import { type Arg, HOLE, known, taintedStream } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Evaluation, Outcome } from "../../profile.ts";
import { sends, sendsFiles } from "../_sent-data.ts";
import { sensed } from "../_subcommands.ts";
import { partOf } from "../_words.ts";

const options = grammar(
  "X,method= f,raw-field= F,field= H,header= input= q,jq= t,template= p,preview= cache= hostname= paginate slurp silent verbose i,include form= output= help",
);

/** Judges the words after `api`. */
export function apiRequest(on: Evaluation, words: readonly Arg[], name: string): Outcome {
  const read = readOptions(words, options);
  const fields = [...read.values("raw-field"), ...read.values("field"), ...read.values("form")];
  const files = [...fields.flatMap(fileOf), ...read.values("input")].filter(({ text }) => text !== "-");
  const sent = [...sends(on, "to a forge", fields), ...sendsFiles(on, "to a forge", files)];
  const odd = [...read.unknown, ...read.uncertain].map(() =>
    on.effect("unknown.option", `run \`${name}\` with words that are not known`),
  );
  const method = read.value("method");
  const body = fields.length > 0 || read.has("input");
  const changes =
    method === undefined
      ? body && !onlyAsks(read.operands[0], fields, read.has("input"))
      : !/^(?:GET|HEAD)$/i.test(known(method) ?? "");
  const kind = method !== undefined && /^delete$/i.test(method.text) ? "destroy" : "apply";
  return on.printing(
    on.join(...sent, ...odd, changes ? sensed(on, kind, name) : on.fine()),
    taintedStream(["network"]),
  );
}

// `-F key=@file` sends the file.
const fileOf = (field: Arg): readonly Arg[] => {
  const match = /=@([^]+)$/.exec(field.text);
  return match?.[1] === undefined ? [] : [partOf(field, match[1])];
};

// A GraphQL query that is known and holds no mutation.
function onlyAsks(endpoint: Arg | undefined, fields: readonly Arg[], input: boolean): boolean {
  if (endpoint?.text !== "graphql" || input) return false;
  const query = fields.find(({ text }) => text.startsWith("query="));
  if (query === undefined || /^query=(?:@|\0)/.test(query.text)) return false;
  return (
    !/\bmutation\b/i.test(query.text) &&
    !query.text
      .replace(/^query=/, "")
      .trimStart()
      .startsWith(HOLE)
  );
}
