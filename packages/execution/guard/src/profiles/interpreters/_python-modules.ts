// What `python -m NAME` runs: modules that are programs, modules that run code, modules that only print.
import { type Arg, emptyStream, HOLE, literal } from "../../arg.ts";
import { grammar, readOptions } from "../../options.ts";
import type { Call, Evaluation, Outcome } from "../../profile.ts";
import { filteredFiles, readFile } from "../_read-files.ts";
import { partOf, shown } from "../_words.ts";
import { dataOf, isStdin } from "./_code.ts";
import { readProgramOptions } from "./_program-options.ts";

/** A module with the words behind it. */
export interface ModuleCall {
  readonly call: Call;
  readonly on: Evaluation;
  readonly name: Arg;
  readonly args: readonly Arg[];
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

// Judged as the program of that name.
const programs: ReadonlyMap<string, string> = new Map(
  (
    "pip pip3=pip pipx pipenv poetry uv hatch pdm tox nox twine awscli=aws aws ansible virtualenv flit keyring httpie=http yt_dlp=yt-dlp youtube_dl=youtube-dl ensurepip=pip-ensure pre_commit=pre-commit invoke conda mamba IPython=ipython jupyter notebook=jupyter-notebook " +
    "jupyterlab=jupyter-lab sqlite3 gunicorn uvicorn celery flask django=django-admin coverage nuitka streamlit ansible.playbook=ansible-playbook fabric=fab xonsh pgcli mycli litecli rpdb smtpd gevent pyftpdlib=pyftpdlib s3cmd boto locust"
  )
    .split(" ")
    .map((word) => {
      const [module = "", program = module] = word.split("=");
      return [module, program] as const;
    }),
);

const harmless = set(
  "unittest pytest doctest compileall py_compile json.tool tokenize ast dis tabnanny symtable pyclbr site sysconfig platform this calendar cProfile profile timeit trace inspect mimetypes random uuid locale keyword textwrap difflib pickletools zipimport " +
    "build black ruff mypy pyright flake8 pylint isort autopep8 yapf pyupgrade vulture bandit pydocstyle pycodestyle pyflakes radon xenon sphinx mkdocs pdoc pydoc wheel setuptools_scm coverage bumpversion commitizen towncrier cython " +
    "pip_audit pipdeptree pip_licenses safety cyclonedx_py nbconvert nbstripout jsonschema yamllint docutils markdown rich textual typer pygments antlr4 grpc_tools.protoc alembic cookiecutter mypy.stubgen stubgen stubtest interrogate deptry " +
    "lib2to3 turtledemo pstats encodings.rot_13 unicodedata sysconfig curses.has_key heapq idna certifi tkinter test modulefinder app src main tests test cli server manage api core web lib scripts tools examples example demo bot worker package project mypackage mymodule mypkg myapp my_app my_package module",
);

/** What running a module does. */
export function moduleOutcome(module: ModuleCall): Outcome {
  const { call, on, name, args } = module;
  if (name.text.includes(HOLE))
    return on.effect("code-injection.dynamic", "run a module that is only known when it runs");
  const text = name.text.replace(/\.__main__$/, "");
  const program = programs.get(text);
  if (program !== undefined && program !== "coverage") return on.run([partOf(call.word, program), ...args]);
  const special = specials[text];
  if (special !== undefined) return special(module);
  const made = ["", "/__main__"]
    .map((rest) => literal(`${text.replaceAll(".", "/")}${rest}.py`))
    .find((file) => isMade(on, file));
  if (made !== undefined) return on.programFile(made, "python", args);
  if (harmless.has(text) || text.includes(".") || isLocal(on, text)) return on.fine(on.filtered(dataOf(call)));
  return on.effect("unknown.program", `run the module \`${shown(name)}\``);
}

// A module that this very line writes.
function isMade(on: Evaluation, file: Arg): boolean {
  const { text, taints } = on.contents([file]);
  return text !== null || [...taints].some((taint) => taint !== "file");
}

// A module of the project.
const isLocal = (on: Evaluation, name: string): boolean =>
  ["", "src/", "lib/", "python/"].some((folder) =>
    [name, `${name}.py`].some((one) =>
      on.places(literal(folder + one)).some(({ exists, zone }) => exists && zone === "workspace"),
    ),
  );

const specials: Readonly<Record<string, (module: ModuleCall) => Outcome>> = {
  timeit: ({ on, args }) => {
    const read = readOptions(
      args,
      grammar("n,number= r,repeat= s,setup= p,process v,verbose h,help u,unit=", { posix: true }),
    );
    const texts = [...read.values("setup"), ...read.operands];
    return on.join(on.fine(), ...texts.map((text) => on.code("python", text, { stdin: emptyStream })));
  },
  "json.tool": ({ call, on, args }) => {
    const read = readOptions(
      args,
      grammar("sort-keys no-ensure-ascii json-lines indent= tab no-indent compact h,help"),
    );
    const [from, to] = read.operands;
    const stdout = filteredFiles(on, from === undefined ? [] : [from], call.stdin);
    return on.printing(
      on.join(
        from === undefined ? on.fine() : readFile(on, from),
        to === undefined ? on.fine() : on.write(to, "overwrite"),
      ),
      stdout,
    );
  },
  "http.server": ({ on, args }) => served(on, args),
  cProfile: script,
  profile: script,
  trace: script,
  coverage: script,
  pdb: (module) =>
    module.args.some(({ text }) => /^-c|^--command/.test(text))
      ? module.on.effect("code-injection.tool-exec", "have the debugger carry out a command")
      : script(module),
  runpy: ({ call, on, args }) =>
    args[0] === undefined ? on.fine() : moduleOutcome({ call, on, name: args[0], args: args.slice(1) }),
  code: ({ call, on }) => on.codeFrom("python", call.stdin),
  asyncio: ({ call, on }) => on.codeFrom("python", call.stdin),
  idlelib: ({ on }) => on.effect("unknown.option", "start an editor that runs code"),
  pickle: ({ on }) => on.effect("code-injection.code-unknown", "load a pickle, which may run anything"),
  venv: ({ on, args }) => environment(on, args),
  virtualenv: ({ on, args }) => environment(on, args),
  ensurepip: ({ on }) => on.effect("supply-chain.new-package", "install pip"),
  base64: (module) => decoder(module, /^-[a-z]*[du]/),
  quopri: (module) => decoder(module, /^-[a-z]*d/),
  uu: (module) => decoder(module, /^-[a-z]*d|^--decode/),
  gzip: (module) => decoder(module, /^-[a-z]*d|^--decompress/),
  zipfile: archive,
  tarfile: archive,
  zipapp: ({ on, args }) =>
    on.join(
      on.fine(),
      ...readOptions(args, grammar("o,output= p,python= m,main= c,compress info h,help"))
        .values("output")
        .map((path) => on.write(path, "overwrite")),
    ),
  webbrowser: ({ on, args }) =>
    args.some(({ taints }) => taints.has("secret") || taints.has("environment"))
      ? on.effect("exfil.secret-send", "open an address that holds a secret")
      : on.fine(),
  pydoc: ({ on, args }) =>
    args.some(({ text }) => /\//.test(text)) ? on.effect("unknown.script", "load a file to document it") : on.fine(),
  smtpd: ({ on }) => on.effect("unknown.option", "listen for mail"),
  ftplib: ({ on }) => on.effect("remote-exec.remote-host", "connect to another machine"),
  telnetlib: ({ on }) => on.effect("remote-exec.remote-host", "connect to another machine"),
  smtplib: ({ on }) => on.effect("remote-exec.remote-host", "send mail"),
};

/** `cProfile -o out script.py args`, `coverage run -m pytest`. */
function script({ call, on, name, args }: ModuleCall): Outcome {
  const coverage = name.text === "coverage";
  const verb = coverage ? args[0]?.text : "run";
  if (verb !== "run") return verb === "erase" || verb === undefined ? on.fine() : on.fine();
  const read = readProgramOptions(coverage ? args.slice(1) : args, {
    flags: "abhtTlrRgqpLi",
    values: "osmfCc",
    stops: "m",
    longs:
      "branch rcfile= source= omit= include= data-file= append concurrency= timid parallel-mode pylib context= outfile= sort= trace count listfuncs trackcalls summary missing file= coverdir= no-report report ignore-module= ignore-dir= timing module=",
  });
  const written = read.values("o", "outfile", "data-file", "f").map((path) => on.write(path, "overwrite"));
  const [module] = read.values("m");
  if (module !== undefined) return on.join(...written, moduleOutcome({ call, on, name: module, args: read.rest }));
  const [file, ...rest] = read.rest;
  return on.join(
    ...written,
    file === undefined
      ? on.fine()
      : isStdin(file)
        ? on.codeFrom("python", call.stdin)
        : on.programFile(file, "python", rest),
  );
}

// A folder of the project may be served; one that holds more than the project is asked.
function served(on: Evaluation, args: readonly Arg[]): Outcome {
  const read = readOptions(
    args,
    grammar("cgi b,bind= d,directory= p,protocol= tls-cert= tls-key= tls-password-file= h,help"),
  );
  const [dir] = read.values("directory");
  const open =
    dir !== undefined &&
    on
      .places(dir)
      .some(
        ({ real_zone }) => real_zone !== "workspace" && real_zone !== "workspace-root" && real_zone !== "temporary",
      );
  if (open) return on.effect("exfil.secret-read", `show everyone what is below \`${shown(dir)}\``);
  return read.has("cgi") ? on.effect("unknown.option", "serve programs that others start") : on.fine();
}

function environment(on: Evaluation, args: readonly Arg[]): Outcome {
  const read = readOptions(
    args,
    grammar(
      "system-site-packages symlinks copies clear upgrade without-pip prompt= upgrade-deps without-scm-ignore-files h,help p,python= no-download version",
    ),
  );
  const dirs = read.operands.map((dir) => on.write(dir, "create"));
  return on.join(
    on.fine(),
    ...dirs,
    ...(read.has("clear") ? read.operands.map((dir) => on.effect("delete.sync", `empty \`${shown(dir)}\` first`)) : []),
  );
}

function decoder({ call, on, args }: ModuleCall, decodes: RegExp): Outcome {
  const files = args.filter(({ text }) => !text.startsWith("-") || text === "-");
  const stdout = filteredFiles(on, files, call.stdin);
  const decoding = args.some(({ text }) => decodes.test(text));
  return on.printing(
    on.join(...files.map((file) => readFile(on, file))),
    decoding ? on.filtered(stdout, ["decoded"]) : stdout,
  );
}

/** `-e ARCHIVE DIR` unpacks, `-c ARCHIVE FILES…` packs. */
function archive({ on, args }: ModuleCall): Outcome {
  const [verb, first, ...rest] = args.filter(
    ({ text }) => !/^-(?:v|-verbose|-filter.*|-metadata-encoding.*)$/.test(text),
  );
  if (first === undefined || verb === undefined) return on.fine();
  if (/^(?:-e|--extract)$/.test(verb.text)) {
    const dir = rest[0] ?? partOf(first, ".");
    on.created(partOf(dir, `${dir.text}/`), { content: on.filtered(on.contents([first]), ["decoded"]), copy_of: null });
    return on.join(on.read(first), on.write(dir, "create"));
  }
  return /^(?:-c|--create)$/.test(verb.text)
    ? on.join(on.write(first, "overwrite"), ...rest.map((file) => on.read(file)))
    : on.read(first);
}
