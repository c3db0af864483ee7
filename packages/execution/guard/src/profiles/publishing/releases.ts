// Releases and marketplaces: building is free, what leaves cannot be taken back.
import type { Profile } from "../../profile.ts";
import { judgeSubcommands, sensed, type Special } from "../_subcommands.ts";

const sends = /^(?:gh-pages|dput|dupload|package_cloud|cargo-dist|pkgcloud|gemfury|cpan-upload|mupload|surge)$/;

/** Some of these send by being called. */
const bare: Special = ({ on, call }) => sensed(on, sends.test(call.name) ? "publish" : "read", call.name);

export const profile: Profile = {
  names:
    "goreleaser vsce ovsx release-please release-plz cargo-release cargo-dist dist gh-pages jf jfrog cloudsmith package_cloud anaconda snapcraft charmcraft rockcraft dput dupload cpan-upload fury gemfury pkgcloud tbump web-ext crx chrome-webstore-upload butler hub-tool ko".split(
      " ",
    ),
  summary: "builds and publishes releases",
  judge: judgeSubcommands({
    bare,
    otherwise: "verbs",
    options:
      "f,file,config,farm= c,config= p,parallelism,pat,token,repo= d,dist,debug,dir,directory= o,out,output,org= r,repo,remote,release-notes= b,branch= t,tag,target= m,message= i,packagePath,index= k,id,skip= s,source-dir,api-key= u,user,url= v,version clean snapshot skip-publish auto-snapshot single-target skip= " +
      "dry-run execute no-confirm x n yes no-push no-publish server-id= project= channel= api-key= api-secret= yarn no-yarn pre-release allow-missing-repository P,push push l,local L,local w,watch platform= base-import-paths B,base-import-paths preserve-import-paths bare tags= release= secret= strict ci sat= interactive",
    means: {
      read:
        "check, build, healthcheck, jsonschema, init, completion, man, package, ls, show, search, generate-manifest, verify-pat, verify-signature, list, plan, pack, clean, prime, pull, stage, lint, try, whoami, names, list-revisions, status, expand-extensions, extensions, help, version, changelog, " +
        "config show|list, rt ping|search|s|show, rt build-collect-env, rt bce, sign, run, dump-config, doc, docs, resolve, get, download, info, inspect, quickstart, manifest, entitlements, dependencies, metrics, quota, call, functions, query, core version, develop, validate, notarize, remote-list, ps",
      publish:
        "release, publish, push, upload, upload-metadata, promote, apply, rt upload|u|build-publish|bp|docker-push|dp|npmp|npm-publish|go-publish, sign-build, create-release, github-release, upload-charm, upload-resource, set-default-track, register, yank, edit-version, dist-publish, host, announce, continue, deliver",
      destroy:
        "unpublish, close, revoke, rt delete|del|build-discard|bdi, delete-package, yank, remove, prune, unregister, rm",
      apply:
        "release-pr, manifest-pr, bootstrap, update, set-version, rt *, move, copy, tag, tags *, config *, c *, mc *, xr *, pipelines *, invite, groups *, auth-tokens *, entitlements *, remote-build, create-track",
      admin:
        "login, logout, create-publisher, delete-publisher, login-publisher, export-login, create-namespace, register-key, create-key, collaborators, link, account *, organization *, secret *, sat *",
      secret: "token",
    },
    trial: ["dry-run", "snapshot", "no-push", "no-publish"],
  }),
  matches: [
    { line: "goreleaser release --clean", decision: "ask", effect: "infra.publish" },
    { line: "vsce publish minor", decision: "ask", effect: "infra.publish" },
    { line: "ovsx publish x.vsix -p token", decision: "ask", effect: "infra.publish" },
    { line: "gh-pages -d dist", decision: "ask", effect: "infra.publish" },
    { line: "snapcraft upload x.snap", decision: "ask", effect: "infra.publish" },
    { line: "jf rt upload x repo/", decision: "ask", effect: "infra.publish" },
    { line: "vsce unpublish a.b", decision: "ask", effect: "infra.destroy" },
  ],
  spares: [
    "goreleaser build --snapshot --clean",
    "goreleaser release --snapshot",
    "goreleaser check",
    "vsce package",
    "jf rt ping",
  ],
};
