// Options that `ssh`, `scp`, `sftp` and what builds on them share: some start programs here, whatever host is named.
import { type Arg, HOLE } from "../../arg.ts";
import type { Options } from "../../options.ts";
import type { Evaluation, Outcome } from "../../profile.ts";
import { partOf, shown } from "../_words.ts";

/** The short options of OpenSSH's `ssh` that take a value, in the form of `grammar`. */
export const SSH_OPTIONS =
  "4 6 A a C f G g K k M N n q s T t V v X x Y y B= b= c= D= E= e= F= I= i= J= L= l= m= O= o= P= p= Q= R= S= W= w=";

const runs =
  /^(?:proxycommand|localcommand|knownhostscommand|permitlocalcommand|pkcs11provider|securitykeyprovider|proxyusefdpass|xauthlocation|setenv|include|match)$/i;
const harmlessValue = /^(?:none|no|false|internal)$/i;

/** What options of a connection mean on this machine: programs they start, libraries they load, files they write. */
export function sshOptionEffects(on: Evaluation, name: string, read: Options): readonly Outcome[] {
  const outcomes = read.values("o").flatMap((option) => settingEffect(on, option));
  for (const library of read.values("I"))
    outcomes.push(on.effect("bypass.loader", `load \`${shown(library)}\` into \`${name}\``));
  for (const log of read.values("E")) outcomes.push(on.write(log, "append"));
  for (const file of read.values("F"))
    if (!/^(?:none|\/dev\/null)$/.test(file.text))
      outcomes.push(
        on.effect("remote-exec.remote-host", `use the settings in \`${shown(file)}\`, which may start programs`),
      );
  return outcomes;
}

/** One `-o Name=value`. */
function settingEffect(on: Evaluation, option: Arg): Outcome[] {
  const [, key = "", value = ""] = /^\s*([A-Za-z0-9]+)\s*[=\s]\s*(.*)$/s.exec(option.text) ?? [];
  if (option.text.includes(HOLE) && key === "")
    return [on.effect("unknown.option", "set an option of ssh that is not known")];
  if (!runs.test(key) || harmlessValue.test(value.trim())) return [];
  if (/^(?:pkcs11provider|securitykeyprovider)$/i.test(key))
    return [on.effect("bypass.loader", `load \`${value}\` into ssh`)];
  if (
    /^proxycommand$/i.test(key) &&
    /^ssh\s+(?:-\w+\s+)*-W\s+%h:%p\s+[\w@.-]+$|^ssh\s+[\w@.-]+\s+-W\s+%h:%p$/.test(value.trim())
  )
    return [];
  const ran =
    /command$/i.test(key) && value !== "" ? [on.script(partOf(option, value.replaceAll(/%[a-zA-Z]/g, "x")))] : [];
  return [
    ...ran,
    on.effect("code-injection.tool-exec", `have ssh run \`${shown(partOf(option, value))}\` on this machine`),
  ];
}
