// Secrets that are kept encrypted in a project, and keys that are lent for an hour.
import { type Arg, taintedStream } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { oddWords } from "../_words.ts";
import { sensed } from "../_subcommands.ts";

const options = grammar(
  "d,decrypt e,encrypt r,rotate i,in-place s,show-master-keys k,kms= p,pgp= a,age= output= output-type= input-type= extract= set= shamir-secret-sharing-threshold= unencrypted-suffix= encrypted-suffix= unencrypted-regex= encrypted-regex= config= " +
    "ignore-mac verbose v,version help y,yes hc-vault-transit= azure-kv= gcp-kms= aws-profile= encryption-context= indent= mac-only-encrypted enable-local-keyservice=? keyservice= background pristine user= no-fifo filename= disable-version-check filename-override= profile= force",
);

/** `sops exec-env FILE COMMAND`: the command has the secrets in its environment. */
function runs(on: Evaluation, words: readonly Arg[]): Outcome {
  const [, command] = words;
  return command === undefined ? on.fine() : on.script(command);
}

function sops(call: Call, on: Evaluation): Outcome {
  const read = readOptions(call.args, options);
  const [first, ...rest] = read.operands;
  const odd = oddWords(on, call.name, [...read.unknown, ...read.uncertain]);
  if (read.has("help", "version") && odd.length === 0) return on.fine();
  const written = read.values("output").map((path) => on.write(path, "overwrite"));
  const secret = (): Outcome =>
    on.join(
      ...odd,
      ...written,
      on.printing(sensed(on, "secret", `${call.name} ${first?.text ?? ""}`), taintedStream(["secret"])),
    );
  if (read.has("decrypt", "extract")) return secret();
  if (first === undefined) return on.join(...odd, on.fine());
  if (/^exec-(?:env|file)$/.test(first.text)) return on.join(...odd, runs(on, rest));
  if (
    /^(?:encrypt|filestatus|updatekeys|completion|keyservice)$/.test(first.text) ||
    read.has("encrypt", "rotate", "set")
  )
    return on.join(...odd, ...written, on.fine());
  if (/^(?:publish|rotate|set|unset|groups)$/.test(first.text))
    return on.join(...odd, sensed(on, first.text === "publish" ? "publish" : "apply", `sops ${first.text}`));
  // `sops FILE` and `sops edit FILE` open the secrets in an editor.
  return secret();
}

export const profile: Profile = {
  names: [
    "sops",
    "saml2aws",
    "aws-sso",
    "granted",
    "assume",
    "gimme-aws-creds",
    "aws-sso-util",
    "okta-aws-cli",
    "awsume",
    "leapp",
    "ejson",
    "blackbox_cat",
    "blackbox_decrypt_all_files",
    "git-crypt",
    "transcrypt",
    "kubeseal",
  ],
  summary: "opens sealed secrets and lends keys",
  judge: (call: Call, on: Evaluation): Outcome => {
    if (call.name === "sops") return sops(call, on);
    const [first] = call.args;
    const word = first?.text ?? "";
    if (
      /^(?:--?help|-h|--?version|version|help|list|list-roles|status|encrypt|lock|init|keygen|list-clouds)$/.test(
        word,
      ) ||
      call.name === "kubeseal"
    )
      return on.fine();
    return /^(?:decrypt|unlock|export-key|exec|export|console|script|process)$/.test(word) ||
      /cat$|decrypt/.test(call.name)
      ? sensed(on, "secret", `${call.name} ${word}`)
      : sensed(on, "admin", `${call.name} ${word}`.trim());
  },
  matches: [
    { line: "sops -d secrets.enc.yaml", decision: "ask", effect: "exfil.secret-read" },
    { line: "sops secrets.enc.yaml", decision: "ask", effect: "exfil.secret-read" },
    { line: "sops exec-env secrets.enc.yaml 'sudo id'", decision: "deny", effect: "privilege.elevate" },
    { line: "saml2aws login", decision: "ask", effect: "infra.admin" },
    { line: "git-crypt export-key key", decision: "ask", effect: "exfil.secret-read" },
  ],
  spares: [
    "sops -e -i secrets.enc.yaml",
    "sops --version",
    "sops exec-env secrets.enc.yaml 'npm test'",
    "saml2aws list-roles",
  ],
};
