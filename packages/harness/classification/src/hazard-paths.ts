// Places in a tree whose change is risky whatever the request said (S20): what runs by itself, what decides what runs,
// what stores data. Patterns are matched against the lower-case path; they can only raise.
import type { BehaviorConfidence, RiskTier } from "@ces/records";

/** `surface`: a protected surface, decided by name; `path`: a risky area. */
export interface HazardPaths {
  readonly rule: string;
  readonly kind: "path" | "surface";
  readonly globs: readonly string[];
  readonly risk_tier: RiskTier;
  readonly behavior_confidence: BehaviorConfidence;
}

/** The places, strictest first. */
export const hazardPaths: readonly HazardPaths[] = [
  {
    rule: "path_ces_configuration",
    kind: "surface",
    globs: ["ces/**", ".ces/**", "**/.ces/**"],
    risk_tier: "A",
    behavior_confidence: "BC3",
  },
  {
    rule: "path_continuous_integration",
    kind: "surface",
    globs: [
      "{.github,.gitlab,.circleci,.buildkite,.forgejo,.gitea,.woodpecker,.ci}/**",
      "{.gitlab-ci,azure-pipelines,bitbucket-pipelines,.travis,.drone,appveyor}.{yml,yaml}",
      "**/jenkinsfile",
    ],
    risk_tier: "A",
    behavior_confidence: "BC2",
  },
  {
    rule: "path_git_configuration",
    kind: "surface",
    globs: [
      "**/.gitattributes",
      "**/.gitmodules",
      "**/.gitconfig",
      "**/.lfsconfig",
      "**/.{husky,githooks,git-hooks}/**",
      "**/{lefthook,.pre-commit-config}.{yml,yaml}",
    ],
    risk_tier: "A",
    behavior_confidence: "BC2",
  },
  {
    rule: "path_runs_at_install",
    kind: "surface",
    globs: [
      "**/{preinstall,install,postinstall,prepare,setup}.{js,mjs,cjs,ts,sh,ps1,py,rb}",
      "**/{setup,build}.{py,rs}",
      "**/binding.gyp",
      "**/extconf.rb",
      "**/sitecustomize.py",
    ],
    risk_tier: "A",
    behavior_confidence: "BC2",
  },
  {
    rule: "path_tool_configuration",
    kind: "surface",
    globs: [
      "**/{.npmrc,.yarnrc,.yarnrc.yml,.pnpmfile.cjs,.pnpmfile.mjs,bunfig.toml,pip.conf,.pypirc,.envrc,.tool-versions,.nvmrc,mise.toml}",
      "**/.cargo/**",
      "**/.{vscode,idea,devcontainer}/**",
    ],
    risk_tier: "A",
    behavior_confidence: "BC2",
  },
  {
    rule: "path_agent_instructions",
    kind: "surface",
    globs: [
      "**/{agents,agents.override,claude,claude.local,gemini,skill}.md",
      "**/.{claude,codex,agents,cursor,gemini,windsurf,continue,roo,kiro}/**",
      "**/{.cursorrules,.windsurfrules,.clinerules,.mcp.json}",
    ],
    risk_tier: "A",
    behavior_confidence: "BC2",
  },
  {
    rule: "path_access_rights",
    kind: "path",
    globs: ["**/{codeowners,acl,acls,policy,policies}/**", "**/codeowners", "**/*.{rego,cedar}"],
    risk_tier: "A",
    behavior_confidence: "BC3",
  },
  {
    rule: "path_stored_data",
    kind: "path",
    globs: [
      "**/{migrations,migration,migrate,alembic,flyway,liquibase}/**",
      "**/*.{sql,prisma}",
      "**/schema.{rb,graphql,ts,js,py}",
    ],
    risk_tier: "A",
    behavior_confidence: "BC2",
  },
  {
    rule: "path_infrastructure",
    kind: "path",
    globs: ["**/*.{tf,tfvars,bicep}", "**/{terraform,helm,k8s,kubernetes,ansible,pulumi}/**"],
    risk_tier: "A",
    behavior_confidence: "BC2",
  },
  {
    rule: "path_container",
    kind: "surface",
    globs: [
      "**/{dockerfile,containerfile}",
      "**/{dockerfile,containerfile}.*",
      "**/*.dockerfile",
      "**/{docker-compose,compose}.{yml,yaml}",
      "**/{makefile,gnumakefile,justfile,procfile,vagrantfile}",
    ],
    risk_tier: "B",
    behavior_confidence: "BC2",
  },
  {
    rule: "path_dependencies",
    kind: "surface",
    globs: [
      "**/{package.json,package-lock.json,npm-shrinkwrap.json,yarn.lock,pnpm-lock.yaml,pnpm-workspace.yaml,bun.lock,bun.lockb,deno.lock}",
      "**/{pyproject.toml,poetry.lock,uv.lock,pdm.lock,pipfile,pipfile.lock,setup.cfg}",
      "**/requirements*.txt",
      "**/{cargo.toml,cargo.lock,go.mod,go.sum,go.work,gemfile,gemfile.lock,composer.json,composer.lock,pom.xml,mix.lock}",
      "**/*.gradle{,.kts}",
    ],
    risk_tier: "B",
    behavior_confidence: "BC2",
  },
];
