// Google's clients: `gcloud`, `gsutil`, `bq`.
import type { Arg } from "../../arg.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { scriptInside } from "../containers/_inside.ts";
import { judgeSubcommands, sensed, type Special } from "../_subcommands.ts";
import { copyObjects, usualStore } from "./_objects.ts";

const copy: Special = (here) => copyObjects(here, usualStore);
const sync: Special = (here) =>
  copyObjects(here, { ...usualStore, deletes: ["delete-unmatched-destination-objects", "d", "delete"] });
const move: Special = (here) => copyObjects(here, { ...usualStore, moves: true });

const ssh: Special = ({ on, options, name }) =>
  on.join(...options.values("command").map((text: Arg) => scriptInside(on, text)), sensed(on, "remote", name));

const judgeCloud = judgeSubcommands({
  options:
    "project= account= configuration= format= verbosity= q,quiet impersonate-service-account= billing-project= log-http trace-token= user-output-enabled=? no-user-output-enabled flags-file= flatten= access-token-file= " +
    "region= zone= location= filter= limit= sort-by= page-size= uri version command= cluster= service= secret= async recursive r,R,recursive continue-on-error delete-unmatched-destination-objects d no-clobber n,no-clobber dry-run " +
    "tunnel-through-iap source= tag= config= image= platform= keyring= key= instance= database= validate-only",
  means: {
    read:
      "info, version, help, topic *, cheat-sheet, feedback, survey, config list|get|get-value, config configurations list|describe, auth list|describe, components list, logging read|tail, logging logs list, container images list|list-tags|describe, " +
      "storage ls|cat|du|hash|objects list|buckets list, builds log, app logs, app browse, app instances list, functions logs read, run services logs, compute instances get-serial-port-output|tail-serial-port-output, projects get-iam-policy, " +
      "services list, policy-intelligence *, artifacts docker images list, emulators *, meta *, iam roles describe, ai models list, spanner databases ddl describe, code dev, secrets list|describe, secrets versions list|describe, secrets get-iam-policy",
    fetch: "storage cat",
    secret:
      "auth print-access-token|print-identity-token|print-refresh-token, auth application-default print-access-token, config config-helper, secrets versions access, compute reset-windows-password, sql generate-login-token, " +
      "iam service-accounts sign-*, kms decrypt, kms asymmetric-decrypt, storage sign-url, api-keys|services get-key-string, services api-keys get-key-string",
    admin:
      "init, auth *, auth application-default *, config set|unset, config configurations *, components *, container clusters get-credentials, container fleet memberships get-credentials, compute config-ssh, iam *, iam service-accounts *, iam service-accounts keys *, iam roles *, " +
      "projects *, organizations *, resource-manager *, billing *, projects *-iam-policy*, services enable|disable, services api-keys *, access-context-manager *, identity *",
    destroy:
      "projects delete, iam service-accounts delete, iam service-accounts keys delete, iam roles delete, config configurations delete, storage rm, builds cancel, kms keys versions destroy, components remove, app versions delete|stop",
    apply:
      "builds submit, app deploy, run deploy, functions deploy|call, compute copy-files, deploy *, storage buckets update, pubsub topics publish, storage objects update, beta, alpha, docker, sql import|export *, workflows run|execute",
    remote:
      "compute start-iap-tunnel, compute connect-to-serial-port, cloud-shell *, workbench *, compute tpus *, sql connect, spanner cli",
  },
  special: {
    "storage cp": copy,
    "storage mv": move,
    "storage rsync": sync,
    "compute ssh|scp": ssh,
    "compute tpus tpu-vm ssh": ssh,
    "app ssh": ssh,
    "app instances ssh": ssh,
    "iam roles list|describe": ({ on }) => on.fine(),
    "iam service-accounts list|describe|get-iam-policy": ({ on }) => on.fine(),
    "iam service-accounts keys list": ({ on }) => on.fine(),
    "projects list|describe": ({ on }) => on.fine(),
    "organizations list|describe|get-iam-policy": ({ on }) => on.fine(),
    "billing accounts|projects list|describe": ({ on }) => on.fine(),
    "auth configure-docker": ({ on, name }) => sensed(on, "admin", name),
    "deploy releases|targets|rollouts|delivery-pipelines list|describe": ({ on }) => on.fine(),
    "sql import|export": ({ on, name }) => sensed(on, "apply", name),
  },
  otherwise: "verbs",
  trial: ["dry-run", "validate-only"],
});

const judgeStorage = judgeSubcommands({
  options: "m q D DD o= h= i= u= r,R,recursive d n a= L= z= Z J j= c P p U C e x= f l,b s version include= exclude=",
  means: {
    read: "ls, du, stat, hash, version, help, acl get, defacl get, iam get, lifecycle get, cors get, logging get, versioning get, web get, labels-get, label get, notification list, retention get, ubla get, pap get, rpo get, autoclass get, requesterpays get, hmac list|get, test, perfdiag",
    fetch: "cat",
    secret: "signurl, hmac create",
    destroy: "rm, rb, hmac delete, notification delete, retention clear, kms *, label ch",
    apply:
      "mb, setmeta, rewrite, compose, acl *, defacl *, iam *, lifecycle *, cors *, versioning *, web *, label *, notification *, retention *, logging *, ubla *, pap *, rpo *, requesterpays *, hmac *, defstorageclass *, bucketpolicyonly *, autoclass *, update",
    admin: "config",
  },
  special: {
    cp: (here) => copyObjects(here, { remote: usualStore.remote }),
    mv: (here) => copyObjects(here, { remote: usualStore.remote, moves: true }),
    rsync: (here) => copyObjects(here, { remote: usualStore.remote, deletes: ["d"], trial: ["n"] }),
  },
});

// `gcloud alpha …`, `gcloud beta …`: the same commands.
function withoutTrack(call: Call): Call {
  const at = call.args.findIndex(({ text }) => /^(?:alpha|beta|preview)$/.test(text));
  const first = call.args.findIndex(({ text }) => !text.startsWith("-"));
  return at >= 0 && at === first ? { ...call, args: call.args.toSpliced(at, 1) } : call;
}

export const profile: Profile = {
  names: ["gcloud", "gsutil"],
  summary: "works on Google's cloud",
  judge: (call: Call, on: Evaluation): Outcome =>
    call.name === "gsutil" ? judgeStorage(call, on) : judgeCloud(withoutTrack(call), on),
  matches: [
    { line: "gcloud compute instances delete vm-1", decision: "ask", effect: "infra.destroy" },
    { line: "gcloud beta run services delete api --quiet", decision: "ask", effect: "infra.destroy" },
    { line: "gcloud secrets versions access latest --secret=db", decision: "ask", effect: "exfil.secret-read" },
    { line: "gcloud auth print-access-token", decision: "ask", effect: "exfil.secret-read" },
    { line: "gcloud compute ssh vm --command='rm -rf /srv'", decision: "ask", effect: "infra.destroy" },
    { line: "gsutil -m rm -r gs://b/x", decision: "ask", effect: "infra.destroy" },
    { line: "gsutil -m rsync -d a gs://b", decision: "ask", effect: "infra.destroy" },
  ],
  spares: [
    "gcloud config list",
    "gcloud compute instances list --format=json",
    "gcloud run services list",
    "gsutil ls gs://b",
    "gcloud logging read 'severity>=ERROR' --limit 5",
  ],
};
