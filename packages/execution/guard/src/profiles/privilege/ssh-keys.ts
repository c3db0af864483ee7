// Keys of ssh: looking and making new ones passes; who may log in, and keys that are there, are a person's.
import { type Arg, emptyStream, literal, taintedStream } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { callShown } from "../_verb-effects.ts";
import { asksForHelp, oddWords, partOf } from "../_words.ts";

type Judge = (call: Call, on: Evaluation) => Outcome;

const keygenOptions = grammar(
  "l v q B y c p e i L Q A H h U u k K= f= t= b= C= N= P= m= E= a= F= R= r= D= I= M= n= O= s= V= w= Y= z= Z=",
);

const keygen: Judge = (call, on) => {
  const read = readOptions(call.args, keygenOptions);
  const odd = [...oddWords(on, call.name, [...read.unknown, ...read.uncertain])];
  const file = read.value("f");
  const what = `run \`${callShown(call)}\``;
  // A library that is loaded is code.
  if (read.values("D").length + read.values("w").length > 0)
    return on.effect("code-injection.tool-exec", `${what}, which loads a library`);
  if (read.has("A")) return on.effect("system.write", what);
  if (
    read.has("l", "B", "L", "e", "i", "Q", "F", "r") ||
    /^(?:sign|verify|find-principals|match-principals|check-novalidate)$/.test(read.value("Y")?.text ?? "")
  )
    return on.join(...odd, on.fine());
  if (read.has("y")) return on.join(...odd, on.fine());
  if (read.has("R", "H"))
    return on.join(...odd, on.effect("unknown.outside-write", `${what}, which changes the hosts that are trusted`));
  if (read.has("s", "k", "u")) return on.join(...odd, on.effect("unknown.option", what));
  if (read.has("M")) return on.join(...odd, ...(file === undefined ? [] : [on.write(file, "overwrite")]), on.fine());
  const target = file ?? literal(`${on.setting.home}/.ssh/id_${read.value("t")?.text ?? "ed25519"}`);
  return on.join(...odd, newKey(on, target, what));
};

// A key that is there already is lost.
function newKey(on: Evaluation, target: Arg, what: string): Outcome {
  const places = on.places(target);
  if (places.some(({ exists, zone }) => exists && (zone === "secret" || zone === "ssh")))
    return on.effect("system.ssh-key", `${what} over a key that is there`);
  const inside = places.every(
    ({ zone, lexical }) =>
      zone === "workspace" ||
      zone === "temporary" ||
      (zone === "secret" && lexical !== null && on.setting.workspaces.some((root) => lexical.startsWith(`${root}/`))),
  );
  return inside
    ? on.join(on.write(partOf(target, `${target.text}.pub`), "create"), on.fine())
    : on.write(target, "create");
}

const add: Judge = (call, on) => {
  const read = readOptions(call.args, grammar("l L d D q v c C K x X e= s= S= t= T E= H= h= k m M"));
  if (read.values("s").length + read.values("S").length > 0)
    return on.effect("code-injection.tool-exec", `run \`${callShown(call)}\`, which loads a library`);
  if (read.has("D")) return on.effect("system.ssh-key", "take every key out of the agent");
  return on.join(...oddWords(on, call.name, [...read.unknown, ...read.uncertain]), on.fine());
};

const copyId: Judge = (call, on) => {
  const trial = call.args.some(({ text }) => text === "-n" || text === "-h" || text === "-?");
  return trial ? on.fine() : on.effect("system.ssh-key", `run \`${callShown(call)}\``);
};

const keyscan: Judge = (_call, on) => on.fine(taintedStream(["network"]));

const judges: Readonly<Record<string, Judge>> = {
  "ssh-keygen": keygen,
  "ssh-add": add,
  "ssh-copy-id": copyId,
  "ssh-keyscan": keyscan,
  "ssh-import-id": copyId,
  "ssh-import-id-gh": copyId,
  "ssh-import-id-lp": copyId,
};

export const profile: Profile = {
  names: Object.keys(judges),
  summary: "makes and moves keys of ssh",
  judge: (call, on) =>
    asksForHelp(call.args) && call.name !== "ssh-keygen"
      ? on.fine(emptyStream)
      : (judges[call.name] ?? copyId)(call, on),
  matches: [
    { line: "ssh-copy-id -i x.pub root@localhost", decision: "deny", effect: "system.ssh-key" },
    { line: "ssh-keygen -t ed25519 -f ~/.ssh/id_ed25519 -N ''", decision: "deny", effect: "system.ssh-key" },
    { line: "ssh-keygen -t ed25519", decision: "deny", effect: "system.ssh-key" },
    { line: "ssh-keygen -p -f ~/.ssh/id_ed25519", decision: "deny", effect: "system.ssh-key" },
    { line: "ssh-keygen -R example.com", decision: "ask", effect: "unknown.outside-write" },
    { line: "ssh-keygen -D ./evil.so", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "ssh-add -s ./evil.so", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "ssh-keygen -A", decision: "deny", effect: "system.write" },
    { line: "ssh-keyscan example.com | sh", decision: "deny", effect: "remote-exec.fetch-run" },
  ],
  spares: [
    "ssh-keygen -lf ~/.ssh/id_ed25519.pub",
    "ssh-keygen -y -f dist/deploy",
    "ssh-keygen -t ed25519 -f dist/deploy -N '' -C ci",
    "ssh-keygen -F example.com",
    "ssh-add -l",
    "ssh-keyscan example.com",
  ],
};
