// Files whose name says that they hold credentials have no business in a change.
import { compileGlob } from "@ces/kernel";
import { changeFacts, fileFacts, type FileFacts } from "../change-facts.ts";
import { observe, type Sensor, type Sighting } from "../sensor.ts";

const ID = "sensitive_names";

const sensitive = [
  "**/{.env,credentials.json,secrets.json,.npmrc,.pypirc,.netrc,.envrc,kubeconfig,.git-credentials,.htpasswd}",
  "**/.env.*",
  "**/{id_rsa,id_dsa,id_ecdsa,id_ed25519}",
  "**/.{aws,ssh,gnupg,kube,azure}/**",
  "**/*.{pem,key,p12,pfx,jks,keystore,kubeconfig}",
].map((glob) => compileGlob(glob).test);

const allowed = ["**/.env.{example,sample,template,dist}"].map((glob) => compileGlob(glob).test);

export const sensor: Sensor = {
  id: ID,
  pack: "security",
  summary: "files named like credential stores",
  needs: ["**"],
  judge: (facts) => observe(ID, "high", facts.files.filter(isSensitive).map(sightingOf)),
  examples: {
    matches: [
      changeFacts([fileFacts(".env", null, "A=1\n")]),
      changeFacts([fileFacts("deploy/Server.PEM", null, "x\n")]),
      changeFacts([fileFacts("home/.aws/config", null, "x\n")]),
    ],
    spares: [
      changeFacts([fileFacts(".env.example", null, "A=\n")]),
      changeFacts([fileFacts("src/keyboard.js", null, "x\n")]),
      changeFacts([fileFacts(".env", "A=1\n", null)]),
    ],
  },
};

// Removing such a file is welcome.
function isSensitive(file: FileFacts): boolean {
  const path = file.path.toLowerCase();
  return file.after !== null && sensitive.some((test) => test(path)) && !allowed.some((test) => test(path));
}

function sightingOf(file: FileFacts): Sighting {
  return {
    severity: "high",
    category: "SENSITIVE_NAME",
    path: file.path,
    line: null,
    title: "a file named like a credential store was changed",
    description: "Such files hold keys or passwords; their content is not looked at here.",
    recommendation: "Keep it out of the repository; commit an example without values instead.",
  };
}
