// dd: copies blocks from anywhere to anywhere; what it writes to is what matters, and how much.
import { type Arg, HOLE, known, type Stream } from "../../arg.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { readFile } from "../_read-files.ts";
import { asksForHelp, partOf } from "../_words.ts";
import { bytesOf, FILLS } from "./_sizes.ts";

export const profile: Profile = {
  names: ["dd", "gdd", "dcfldd", "dc3dd"],
  summary: "copies blocks",
  judge: (call, on) => {
    if (asksForHelp(call.args)) return on.fine();
    // SECURITY: a word that is not known may be `of=/dev/sda`.
    const open = call.args.filter(({ text }) => text.includes(HOLE) && !/^[a-z]+=/.test(text));
    const unknown = open.map(() =>
      on.effect("disk.device-write", "run `dd` with words that are only known when it runs"),
    );
    const from = operand(call, "if");
    const read = from === undefined ? on.fine() : readFile(on, from);
    const source = from === undefined ? call.stdin : on.contents([from]);
    const content = from === undefined || !isWhole(call) ? on.filtered(source) : source;
    const targets = targetsOf(call);
    const written = targets.map((to) => write(call, on, { to, content }));
    return on.printing(
      on.join(...unknown, read, ...written, on.fine()),
      targets.length === 0 ? content : on.fine().stdout,
    );
  },
  matches: [
    { line: "dd if=/dev/zero of=/dev/sda bs=1M", decision: "deny", effect: "disk.device-write" },
    { line: "dd of=/dev/nvme0n1 < image.img", decision: "deny", effect: "disk.device-write" },
    { line: "dd if=/dev/zero of=fill.bin", decision: "deny", effect: "disk.fill" },
    { line: "dd if=/dev/zero of=src/a.ts bs=1 count=10", decision: "deny", effect: "delete.wipe" },
    { line: "dd if=/dev/sda of=disk.img", decision: "ask", effect: "exfil.secret-read" },
    { line: 'dd if=image.img "$OUT"', decision: "deny", effect: "disk.device-write" },
    { line: "dd if=image.img of=/etc/passwd", decision: "deny", effect: "system.write" },
  ],
  spares: [
    "dd if=/dev/zero of=dist/blank.img bs=1M count=10",
    "dd if=/dev/urandom bs=32 count=1",
    "dd if=src/a.ts of=dist/a.ts",
    "dd --version",
  ],
};

const operand = ({ args }: Call, name: string): Arg | undefined => {
  const found = args.findLast(({ text }) => text.startsWith(`${name}=`));
  return found === undefined ? undefined : partOf(found, found.text.slice(name.length + 1));
};

// dc3dd also wipes (`wipe=`), hashes to files (`hof=`) and logs.
const targetsOf = ({ args }: Call): readonly Arg[] =>
  args.flatMap((arg) => {
    const match = /^(?:of|hof|ofs|wipe|hwipe|log|hlog|errlog)=([^]*)$/.exec(arg.text);
    return match?.[1] === undefined ? [] : [partOf(arg, match[1])];
  });

// All of the file and nothing but the file.
const isWhole = ({ args }: Call): boolean =>
  args.every(({ text }) => /^(?:if|of|bs|ibs|obs|status|oflag)=|^conv=(?:notrunc|f(?:data)?sync|,)+$/.test(text));

const endless = /^\/dev\/(?:zero|u?random|full)$/;

function write(call: Call, on: Evaluation, { to, content }: { readonly to: Arg; readonly content: Stream }): Outcome {
  const from = known(operand(call, "if"));
  const keeps =
    /\bnotrunc\b/.test(operand(call, "conv")?.text ?? "") || /\bappend\b/.test(operand(call, "oflag")?.text ?? "");
  const written = on.write(to, from === "/dev/null" ? "empty" : keeps ? "append" : "overwrite");
  const made = keeps ? on.fine() : on.created(to, { content, copy_of: null });
  const source = from ?? call.stdin.files[0];
  if (source === undefined || !endless.test(source)) return on.join(made, written);
  const places = on.places(to);
  const wiped = places.some(
    ({ exists, kind, size, zone }) => exists && kind !== "dir" && size > 0 && zone !== "stream",
  );
  const lost = wiped ? [on.effect("delete.wipe", `overwrite \`${to.text.replaceAll(HOLE, "…")}\` with nothing`)] : [];
  const file = places.some(({ zone, kind }) => zone !== "stream" && kind !== "block" && kind !== "char");
  const filled =
    file && amount(call) > FILLS
      ? [on.effect("disk.fill", `write to \`${to.text.replaceAll(HOLE, "…")}\` without an end`)]
      : [];
  return on.join(...lost, ...filled, made, written);
}

// Bytes that are copied; endless without a count.
function amount(call: Call): number {
  const count = known(operand(call, "count"));
  const block = operand(call, "bs") ?? operand(call, "ibs");
  if (count === undefined) return Number.POSITIVE_INFINITY;
  if (count.endsWith("B") && !/[kMGTP]i?B$/.test(count)) return bytesOf(count.slice(0, -1));
  return bytesOf(count) * (block === undefined ? 512 : bytesOf(known(block) ?? ""));
}
