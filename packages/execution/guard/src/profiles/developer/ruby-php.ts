// Test runners and linters of Ruby, PHP, Perl, Lua and Elixir projects, and the site builders beside them.
import type { Profile } from "../../profile.ts";
import { judgeTool, type ProjectTool, toolTable } from "../_project-tool.ts";

const ruby: ProjectTool = { runs: true, language: "ruby", loads: "r require I", writes: "o out" };
const php: ProjectTool = {
  language: "php",
  loads: "bootstrap autoload-file a",
  writes: "log-junit coverage-clover coverage-html coverage-xml coverage-text cache-directory output report-file",
};
const deploys = /^(?:deploy|publish|gh-pages)\b/;

const tools = toolTable(
  {
    rspec: ruby,
    cucumber: ruby,
    minitest: ruby,
    rubocop: { language: "ruby", loads: "r require", writes: "o out" },
    standardrb: ruby,
    srb: {},
    phpunit: php,
    pest: php,
    phpstan: php,
    psalm: php,
    phpcs: php,
    phpcbf: php,
    "php-cs-fixer": php,
    rector: php,
    infection: php,
    behat: php,
    codecept: php,
    phan: php,
    pint: php,
    hugo: {
      writes: "d destination",
      acts: [
        [deploys, "infra.publish", "publish the site"],
        [/^mod (?:get|tidy|vendor|init)\b/, "supply-chain.new-package", "fetch modules"],
      ],
    },
    jekyll: { writes: "d destination" },
    middleman: {},
    nanoc: { acts: [[deploys, "infra.publish", "publish the site"]] },
    capistrano: { acts: [[/./, "infra.apply", "deploy"]] },
    busted: { runs: true, language: "lua" },
    prove: { acts: [[/(?:^|\s)(?:-e|--exec)\b/, "code-injection.tool-exec", "start another interpreter"]] },
    gollum: { serves: true },
  },
  "reek flay flog fasterer erb_lint erblint haml-lint slim-lint steep rbs sorbet tapioca yard yardoc rdoc ronn puma unicorn thin solargraph ruby-lsp phpmd phploc phpcpd phpdoc deptrac php-parse twigcs parallel-lint perltidy perlcritic podchecker pod2man pod2text pod2html ldoc zola lume pelican nikola hledger ledger texlab",
);

export const profile: Profile = {
  names: Object.keys(tools),
  summary: "tests and checks Ruby, PHP and Lua projects, builds sites",
  judge: (call, on) => judgeTool(call, on, tools[call.name] ?? {}),
  matches: [
    { line: "rubocop -r ~/evil.rb", decision: "ask", effect: "unknown.script" },
    { line: "phpunit --bootstrap ~/x.php", decision: "ask", effect: "unknown.script" },
    { line: "hugo deploy", decision: "ask", effect: "infra.publish" },
    { line: "hugo -d /var/www", decision: "deny", effect: "system.write" },
    { line: "rspec ~/x_spec.rb", decision: "ask", effect: "unknown.script" },
  ],
  spares: [
    "rspec spec/models/user_spec.rb:10",
    "rubocop -A",
    "phpunit --filter testX",
    "phpstan analyse src",
    "hugo server -D",
    "jekyll build",
    "php-cs-fixer fix --dry-run",
    "perlcritic lib",
  ],
};
