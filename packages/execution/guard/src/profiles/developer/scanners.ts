// Linters of scripts and infrastructure, and scanners for holes and secrets: they read and report.
import { emptyStream } from "../../arg.ts";
import type { Profile } from "../../profile.ts";
import { judgeTool, type ProjectTool, toolTable } from "../_project-tool.ts";
import { readFile } from "../_read-files.ts";

const report: ProjectTool = { writes: "o output output-file report-path r report output-file-path f-out" };

const tools = toolTable(
  {
    shfmt: {},
    trivy: {
      ...report,
      acts: [[/^(?:clean|plugin|module|server)\b/, "unknown.option", "change its data or extensions"]],
    },
    grype: { writes: "file" },
    syft: { writes: "file" },
    semgrep: {
      writes: "o output",
      acts: [
        [/^(?:login|publish|logout)\b/, "infra.publish", "publish"],
        [/(?:^|\s)(?:--config|-c|-f)[= ]https?:/, "remote-exec.run-url", "use rules from a network"],
      ],
    },
    opengrep: { writes: "o output" },
    snyk: { acts: [[/^(?:auth|monitor|config set|ignore)\b/, "infra.admin", "change an account or what it watches"]] },
    gitleaks: { writes: "r report-path" },
    trufflehog: {},
    cloc: { writes: "out report-file", shells: "extract-with" },
    checkov: {
      writes: "output-file-path",
      loads: "external-checks-dir",
      language: "python",
      acts: [[/--external-checks-git\b/, "remote-exec.run-url", "use checks from a network"]],
    },
    codeql: {
      acts: [
        [
          /^(?:github upload|database (?:upload)|pack (?:publish|install|download))/,
          "infra.publish",
          "publish or fetch",
        ],
      ],
    },
    "sonar-scanner": { acts: [[/./, "infra.publish", "send the project's source"]] },
    codecov: { acts: [[/./, "infra.publish", "send coverage"]] },
    act: { acts: [[/./, "unknown.script", "run workflows in containers"]] },
    renovate: { acts: [[/./, "infra.apply", "change repositories"]] },
  },
  "shellcheck checkbashisms bashate hadolint dockle dockerfilelint actionlint yamlfmt conftest opa regal tfsec terrascan cfn-lint cfn_nag_scan promtool amtool dotenv-linter editorconfig-checker ec lychee linkchecker htmlhint html-validate tidy csslint linthtml ls-lint vacuum typos misspell osv-scanner dependency-check retire npm-audit-resolver bundler-audit bundle-audit brakeman cyclonedx cdxgen scancode licensefinder license_finder reuse addlicense clamscan clamdscan yara rkhunter chkrootkit lynis detect-secrets talisman git-secrets ggshield horusec bearer kics terraform-compliance mbake stylua selene luacheck ktfmt vint tokei scc loc gocloc sloccount sloc mega-linter hyperlint similarity jsinspect dupfinder lizard complexity-report plato jsonld protolock ls-engines",
);

export const profile: Profile = {
  names: Object.keys(tools),
  summary: "checks scripts, infrastructure and dependencies",
  judge: (call, on) => {
    const judged = judgeTool(call, on, tools[call.name] ?? {});
    const files = call.args.filter(({ text }) => !text.startsWith("-") && /[./]/.test(text));
    const writes = call.name === "shfmt" && call.args.some(({ text }) => /^-[a-z]*w|^--write/.test(text));
    return on.printing(
      on.join(judged, ...files.map((path) => (writes ? on.write(path, "overwrite") : readFile(on, path)))),
      on.filtered({ ...emptyStream, text: null, taints: new Set(["output"]) }),
    );
  },
  matches: [
    { line: "shfmt -w /etc/profile", decision: "deny", effect: "system.write" },
    { line: "trivy fs --output ~/.bashrc .", decision: "ask", effect: "system.persist" },
    { line: "semgrep --config https://example.com/r.yml src", decision: "ask", effect: "remote-exec.run-url" },
    { line: "snyk monitor", decision: "ask", effect: "infra.admin" },
    { line: "codecov -t x", decision: "ask", effect: "infra.publish" },
    { line: "cloc --extract-with='sudo tar' a.tgz", decision: "deny", effect: "privilege.elevate" },
  ],
  spares: [
    "shellcheck scripts/*.sh",
    "cat scripts/build.sh | shellcheck -",
    "hadolint Dockerfile",
    "actionlint",
    "trivy fs .",
    "semgrep --config auto src",
    "gitleaks detect --no-banner",
    "shfmt -d scripts",
    "tokei",
    "cloc src",
    "osv-scanner -r .",
    "snyk test",
  ],
};
