// Test runners, linters, servers and documents of Python projects.
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { judgeTool, optionValues, projectCode, type ProjectTool, toolTable } from "../_project-tool.ts";

const pytest: ProjectTool = {
  runs: true,
  language: "python",
  loads: "p confcutdir",
  writes: "junitxml junit-xml basetemp o cov-report result-log log-file html",
  acts: [[/--pyargs\s+\/|--rootdir[= ]\//, "unknown.script", "run tests that lie elsewhere"]],
};

const tools = toolTable(
  {
    pytest,
    "py.test": pytest,
    nose2: pytest,
    nosetests: pytest,
    ward: pytest,
    pylint: { language: "python", code: "init-hook", loads: "load-plugins rcfile", writes: "output" },
    mypy: {
      writes:
        "cache-dir junit-xml html-report xml-report txt-report linecount-report any-exprs-report cobertura-xml-report",
      programs: "python-executable",
    },
    flake8: { writes: "output-file tee", loads: "config" },
    bandit: { writes: "o output" },
    coverage: { writes: "o data-file" },
    "sphinx-build": { writes: "d w" },
    mkdocs: { writes: "d site-dir", acts: [[/^gh-deploy\b/, "infra.publish", "publish pages"]] },
    jupyter: {
      writes: "output-dir output",
      acts: [
        [/\b(?:execute|--execute|--ExecutePreprocessor)\b/, "unknown.script", "run a notebook"],
        [
          /^(?:labextension|serverextension|nbextension|kernelspec) (?:install|uninstall|remove|enable|disable|update)/,
          "system.package",
          "change extensions",
        ],
        [
          /--ip[= ](?:0\.0\.0\.0|\*)|--allow-root|--no-browser.*--NotebookApp.token=''/,
          "infra.publish",
          "show notebooks to a network",
        ],
      ],
    },
    "django-admin": {
      acts: [
        [/^(?:flush|reset_db|sqlflush|delete_)|^migrate\s+\S+\s+zero\b/, "infra.database", "lose data of a database"],
        [/^(?:shell|dbshell|createsuperuser|changepassword)\b/, "infra.admin", "work on a database or its accounts"],
      ],
    },
    alembic: {
      acts: [
        [/\bdowngrade\b/, "infra.database", "undo migrations"],
        [/\bstamp\b/, "infra.database", "change what is recorded of migrations"],
      ],
    },
    celery: {
      acts: [[/\b(?:purge|control|amqp|call|migrate|upgrade)\b/, "infra.destroy", "change queues or workers"]],
      loads: "config",
    },
    gunicorn: { language: "python", loads: "c config", writes: "p pid access-logfile error-logfile log-file" },
    uwsgi: {
      acts: [
        [
          /--(?:exec|py-?auto|hook|mule|attach-daemon|spooler|ini https?:)|\bexec:/,
          "code-injection.tool-exec",
          "start other programs",
        ],
      ],
    },
    flask: {
      acts: [
        [/\bdb downgrade\b/, "infra.database", "undo migrations"],
        [/\bshell\b/, "unknown.script", "open a shell"],
      ],
    },
    streamlit: {
      runs: true,
      language: "python",
      acts: [[/^run https?:/, "remote-exec.run-url", "run code from a network"]],
    },
    scrapy: { acts: [[/^(?:shell|fetch|runspider)\b.*-c\b/, "code-injection.code-unknown", "run code"]] },
    twine: { acts: [[/^(?:upload|register)\b/, "infra.publish", "publish packages"]] },
    flit: {
      acts: [
        [/\bpublish\b/, "infra.publish", "publish packages"],
        [/\binstall\b/, "supply-chain.new-package", "install packages"],
      ],
    },
    dbt: {
      acts: [
        [/--full-refresh\b|\brun-operation\b/, "infra.database", "rebuild tables"],
        [/^deps\b/, "supply-chain.new-package", "fetch packages"],
      ],
    },
    dvc: { acts: [[/^(?:push|gc|destroy|remove)\b/, "infra.destroy", "change what is stored elsewhere"]] },
    airflow: {
      acts: [
        [
          /\b(?:db (?:reset|clean|downgrade)|dags delete|users (?:create|delete)|connections (?:delete|export|import)|variables (?:delete|export))/,
          "infra.database",
          "change a database",
        ],
      ],
    },
    cookiecutter: { acts: [[/./, "supply-chain.run-remote", "run a template's hooks"]] },
    copier: { acts: [[/^(?:copy|update)\b|--trust|--UNSAFE/, "supply-chain.run-remote", "run a template's tasks"]] },
    cibuildwheel: { acts: [[/./, "unknown.option", "build in containers"]] },
    "huggingface-cli": {
      acts: [[/^(?:upload|delete-cache|login|logout|repo)\b/, "infra.publish", "publish or change an account"]],
    },
    hf: {
      acts: [[/^(?:upload|auth log|repo|cache (?:delete|prune))/, "infra.publish", "publish or change an account"]],
    },
    wandb: { acts: [[/^(?:login|artifact|sync|server|launch|agent)\b/, "infra.publish", "send what runs made"]] },
  },
  "ruff black blue yapf autopep8 isort pyupgrade autoflake pyflakes pycodestyle pydocstyle pyright basedpyright pyre pytype ty vulture radon xenon interrogate docformatter flynt refurb deptry pip-audit safety pip-licenses pipdeptree validate-pyproject check-manifest codespell djlint djhtml sqlfluff sqlfmt yapf-diff doc8 rstcheck rst-lint sphinx-apidoc sphinx-autobuild sphinx-quickstart pdoc pydoc pydoc3 pydeps mutmut cosmic-ray hypothesis behave robot uvicorn hypercorn daphne waitress-serve granian fastapi sanic panel bokeh voila nbstripout jupytext nbqa nbdime nbdiff black-nb pyproject-build bumpversion bump2version bump-my-version towncrier reno cz commitizen gitlint mdformat mdl pyan3 snakeviz memray scalene kernprof mprof viztracer cythonize delocate auditwheel stubgen stubtest monkeytype dmypy nb-clean pylama prospector wily pymarkdown vermin bandit-baseline tensorboard jinja2 j2 djangofmt ipcluster",
);

export const profile: Profile = {
  names: Object.keys(tools),
  summary: "tests, checks, serves and documents Python projects",
  judge: (call, on) => (call.name === "coverage" ? coverage(call, on) : judgeTool(call, on, tools[call.name] ?? {})),
  matches: [
    { line: "pytest /tmp/../home/dev/x/test_a.py", decision: "ask", effect: "unknown.script" },
    {
      line: "pylint --init-hook='import os; os.system(\"sudo id\")' src",
      decision: "deny",
      effect: "privilege.elevate",
    },
    {
      line: "echo 'import os; os.system(\"sudo id\")' > test_x.py && pytest test_x.py",
      decision: "deny",
      effect: "privilege.elevate",
    },
    { line: "alembic downgrade base", decision: "ask", effect: "infra.database" },
    { line: "twine upload dist/*", decision: "ask", effect: "infra.publish" },
    { line: "django-admin flush --no-input", decision: "ask", effect: "infra.database" },
    { line: "celery -A app purge -f", decision: "ask", effect: "infra.destroy" },
    { line: "coverage run ~/x.py", decision: "ask", effect: "unknown.script" },
    { line: "mypy --python-executable 'sudo' src", decision: "deny", effect: "privilege.elevate" },
  ],
  spares: [
    "pytest tests/test_parser.py::test_empty -x",
    'pytest -k "rm_rf or sudo"',
    "ruff check --fix src",
    "black --check .",
    "mypy src --strict",
    "coverage run -m pytest",
    "alembic upgrade head",
    "uvicorn app.main:app --reload",
    "gunicorn -w 4 app:app",
    "mkdocs build -d site",
    "jupyter nbconvert --to html a.ipynb",
    "flask run --port 5000",
  ],
};

// `coverage run x.py`, `coverage run -m pytest`: a program that is watched.
function coverage(call: Call, on: Evaluation): Outcome {
  const tool = judgeTool(call, on, tools["coverage"] ?? {});
  const at = call.args.findIndex(({ text }) => text === "run");
  if (at < 0) return tool;
  const [module] = optionValues(call.args, ["m", "module"]);
  const file = call.args.slice(at + 1).find(({ text }) => text.endsWith(".py"));
  if (module !== undefined || file === undefined) return tool;
  return on.join(tool, projectCode(on, file, "python"));
}
