// Images without an engine: made, copied between registries, signed, deleted there.
import type { Outcome, Profile } from "../../profile.ts";
import { judgeSubcommands, sensed, type Special } from "../_subcommands.ts";
import { buildImage } from "./_build.ts";
import { runContainer } from "./_run.ts";

const localTarget = /^(?:docker-daemon|docker-archive|oci|oci-archive|dir|containers-storage|tarball|sif|ostree):/;

// `skopeo copy SOURCE TARGET`: a target below this machine's own folders is a file, any other is a registry.
const copy: Special = ({ on, rest, name }): Outcome => {
  const target = rest.at(-1);
  if (target === undefined) return on.fine();
  const form = localTarget.exec(target.text)?.[0];
  if (form === undefined) return sensed(on, "publish", name);
  const path = target.text.slice(form.length);
  return /^(?:docker-daemon|containers-storage)/.test(form)
    ? on.fine()
    : on.write({ ...target, text: path.split(":")[0] ?? path, at: null }, "create");
};

// An engine's own images are named anew, a registry's are published under another name.
const tag: Special = ({ on, call, name }) =>
  call.name === "buildah" || call.name === "img" ? on.fine() : sensed(on, "publish", name);

const judge = judgeSubcommands({
  options:
    "authfile= policy= registries.d= override-arch= override-os= override-variant= command-timeout= tmpdir= debug insecure-policy log-level= root= runroot= storage-driver= storage-opt= " +
    "short-name-alias-conf= userns-uid-map= userns-gid-map= registries-conf= registries-conf-dir= default-mounts-file= cgroup-manager= " +
    "platform= v,verbose insecure allow-nondistributable-artifacts host= verbosity= user-agent= creds= src-creds= dest-creds= format= f a,all o,output= raw config key= certificate-identity= " +
    "certificate-oidc-issuer= username= u,username= p,password= plain-http tag= t,output= yes y d,output-file= timeout= registry-config=",
  means: {
    read:
      "inspect, list-tags, images, containers, info, version, from, config, add, rename, manifest-digest, standalone-verify, standalone-sign, " +
      "ls, catalog, digest, manifest, blob, export, validate, pull, layout, " +
      "discover, resolve, repo ls|show-tags|tags, manifest fetch|fetch-config|inspect|get|head|diff|ls, blob fetch|get|head, " +
      "tag ls, image inspect|manifest|digest|check-base|ratelimit|export, registry config, artifact get|list|tree, " +
      "verify, verify-attestation, verify-blob, triangulate, tree, env, public-key, generate, download *, dockerfile verify, manifest verify, help, completion",
    destroy:
      "rm, rmi, prune, delete, tag rm|delete, manifest rm|remove|delete, image delete, repo rm, blob delete, clean, umount, unmount, mount, delete-tag",
    publish:
      "push, sync, cp, mutate, flatten, rebase, append, index filter, manifest index, blob copy, attach, sign, attest, attest-blob, upload *, save-push, image copy|mod, blob push|put, manifest push|put|push-index, artifact put, import, auth-push, sign-blob, index append|push, gc",
    admin:
      "login, logout, auth, registry login|logout|set, initialize, import-key-pair, generate-key-pair, pkcs11-tool, piv-tool",
    exec: "unshare",
    apply: "commit, registry serve, manifest create|add|annotate",
  },
  special: { tag, "bud|build|build-using-dockerfile": buildImage, run: runContainer, copy },
});

export const profile: Profile = {
  names: ["skopeo", "buildah", "crane", "gcrane", "krane", "regctl", "oras", "cosign", "notation", "img"],
  summary: "makes, copies and signs images",
  judge,
  matches: [
    { line: "skopeo copy docker-daemon:app:1 docker://reg.local/app:1", decision: "ask", effect: "infra.publish" },
    { line: "skopeo delete docker://reg.local/app:1", decision: "ask", effect: "infra.destroy" },
    { line: "buildah run --privileged c sh", decision: "deny", effect: "privilege.container" },
    { line: "buildah unshare", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "oras push reg.local/app:1 a.txt", decision: "ask", effect: "infra.publish" },
    { line: "cosign sign reg.local/app:1", decision: "ask", effect: "infra.publish" },
  ],
  spares: [
    "skopeo inspect docker://reg.local/app:1",
    "skopeo copy docker://reg.local/app:1 dir:dist",
    "buildah bud -t app .",
    "crane ls reg.local/app",
    "cosign verify --key cosign.pub reg.local/app:1",
  ],
};
