// Building images: what a build takes from this machine, where its instructions come from, and where the result goes.
import type { Arg } from "../../arg.ts";
import { grammar, type Options, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome } from "../../profile.ts";
import type { Special } from "../_subcommands.ts";
import { oddWords, partOf, shown } from "../_words.ts";
import { secretFile } from "./_secret-file.ts";
import { wallsDown } from "./_walls.ts";

const buildOptions = grammar(
  "check D,debug force-rm=? load no-cache=? pull=? push q,quiet rm=? squash compress disable-content-trust=? help " +
    "add-host= allow= annotation= attest= build-arg= build-context= builder= cache-from= cache-to= call= cgroup-parent= cpu-period= cpu-quota= c,cpu-shares= cpuset-cpus= cpuset-mems= " +
    "f,file= iidfile= isolation= label= m,memory= memory-swap= metadata-file= network= no-cache-filter= o,output= platform= progress= provenance=? sbom=? secret= security-opt= shm-size= " +
    "ssh= t,tag= target= ulimit= set= print " +
    // podman, buildah, nerdctl, bake
    "arch= authfile= cap-add= cap-drop= cert-dir= creds= device= dns= env= format= from= hooks-dir= ignorefile= ipc= isolation= jobs= layers=? list logfile= manifest= os= pid= " +
    "retry= runtime= runtime-flag= sign-by= signature-policy= stdin timestamp= tls-verify=? unsetenv= userns= uts= variant= v,volume= all-platforms rm ipfs buildkit-host= var=",
);

/** `build`: the context and the instructions run inside, the result may leave. */
export const buildImage: Special = ({ on, call, tail, name }) => {
  const options = readOptions(tail, buildOptions);
  const odd = oddWords(on, name, [...options.unknown, ...options.uncertain]);
  if (options.has("help", "check", "list", "print") && odd.length === 0) return on.fine();
  const contexts = [
    ...options.operands,
    ...options.values("file"),
    ...options.values("build-context").map((value) => partOf(value, value.text.replace(/^[^=]*=/, ""))),
  ];
  return on.join(
    ...odd,
    ...wallsDown(on, options),
    ...takes(on, options),
    ...leaves(on, options, name),
    ...contexts.map((context) => source(on, call, context)),
    on.fine(),
  );
};

function takes(on: Evaluation, options: Options): readonly Outcome[] {
  const insecure = options.values("allow").filter(({ text }) => /insecure|device/.test(text));
  return [
    ...insecure.map((value) => on.effect("privilege.container", `let a build have \`${shown(value)}\``)),
    ...options.values("secret").flatMap((value) => {
      const path = /(?:^|,)(?:src|source)=([^,]*)/.exec(value.text)?.[1];
      return path === undefined ? [] : [secretFile(on, partOf(value, path))];
    }),
  ];
}

function leaves(on: Evaluation, options: Options, name: string): readonly Outcome[] {
  const pushes =
    options.has("push") || options.values("output").some(({ text }) => /type=registry|push=true/.test(text));
  return [
    ...(pushes ? [on.effect("infra.publish", `push what \`${name}\` makes`)] : []),
    ...options.values("output").flatMap((value) => {
      const path = /(?:^|,)dest=([^,]*)/.exec(value.text)?.[1] ?? (value.text.includes("=") ? undefined : value.text);
      return path === undefined || path === "-" ? [] : [on.write(partOf(value, path), "create")];
    }),
  ];
}

function source(on: Evaluation, { stdin }: Call, context: Arg): Outcome {
  if (
    /^(?:https?:|git@|git:|ssh:|github\.com\/|gitlab\.com\/|docker-image:|oci-layout:)/.test(context.text) &&
    !context.text.startsWith("docker-image:")
  )
    return on.effect("remote-exec.run-url", `build what is at \`${shown(context)}\``);
  const made = context.text === "-" ? stdin : on.contents([context]);
  if (!made.taints.has("network")) return on.fine();
  return on.effect("remote-exec.fetch-run", "build an image by instructions that a network answers");
}
