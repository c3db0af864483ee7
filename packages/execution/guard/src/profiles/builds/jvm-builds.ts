// Builds of the JVM: tasks are the project's, publishing and programs that a word names are judged.
import type { Arg } from "../../arg.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { asksForHelp, partOf, shown, splitText } from "../_words.ts";
import { readProgramOptions } from "../interpreters/_program-options.ts";
import { buildFile, projectFiles } from "./_project-file.ts";

type Judge = (call: Call, on: Evaluation) => Outcome;
const judges: Readonly<Record<string, Judge>> = {
  gradle,
  gradlew: gradle,
  "gradlew.bat": gradle,
  mvn,
  mvnw: mvn,
  mvnd: mvn,
  "mvnw.cmd": mvn,
  ant,
  sbt,
  sbtn: sbt,
  lein,
  mill: lein,
  boot: lein,
};

export const profile: Profile = {
  names: Object.keys(judges),
  summary: "builds programs of the JVM",
  judge: (call, on) => (asksForHelp(call.args) ? on.fine() : (judges[call.name]?.(call, on) ?? on.fine())),
  matches: [
    { line: "mvn exec:exec -Dexec.executable=sudo -Dexec.args=id", decision: "deny", effect: "privilege.elevate" },
    { line: "mvn deploy", decision: "ask", effect: "infra.publish" },
    { line: "gradle publish", decision: "ask", effect: "infra.publish" },
    { line: "gradle -I /tmp/x.gradle build", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "sbt publish", decision: "ask", effect: "infra.publish" },
    { line: "sbt 'eval sys.process.Process(\"id\").!'", decision: "deny", effect: "code-injection.tool-exec" },
    { line: "lein deploy", decision: "ask", effect: "infra.publish" },
    { line: "mvn -f /opt/pom.xml package", decision: "ask", effect: "unknown.script" },
    { line: "ant -f /opt/build.xml", decision: "ask", effect: "unknown.script" },
  ],
  spares: [
    "mvn -q -DskipTests package",
    "mvn test -Dtest=FooTest",
    "gradle build -x test",
    "gradle tasks --all",
    "sbt test",
    "sbt 'testOnly foo.Bar'",
    "lein test",
    "ant clean test",
  ],
};

function gradle(call: Call, on: Evaluation): Outcome {
  const form = {
    flags: "?abdhilmNqsStuUv",
    values: "bcDgIpPMtFwx",
    longs:
      "init-script= build-file= settings-file= project-dir= gradle-user-home= project-cache-dir= include-build= exclude-task= system-prop= project-prop= console= max-workers= priority= warning-mode= dependency-verification= write-verification-metadata= tests= scan no-scan stacktrace full-stacktrace info debug quiet warn continue continuous parallel no-parallel daemon no-daemon dry-run offline refresh-dependencies rerun-tasks rerun build-cache no-build-cache configuration-cache no-configuration-cache profile stop status version help args= task= all configure-on-demand watch-fs no-watch-fs foreground update-locks= write-locks export-keys debug-jvm fail-fast java-home=",
  } as const;
  const read = readProgramOptions(mixed(call.args, form), form);
  const scripts = read
    .values("I", "init-script")
    .filter((file) => on.places(file).some(({ real_zone }) => real_zone !== "workspace"))
    .map((file) => on.effect("code-injection.tool-exec", `run \`${shown(file)}\` before the build`));
  const files = read.values("b", "build-file", "c", "settings-file").map((file) => buildFile(on, file, null));
  const dirs = read.values("p", "project-dir", "include-build").map((dir) => buildFile(on, dir, null));
  const own =
    files.length > 0
      ? []
      : [projectFiles(on, ["build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts"], null)];
  const tasks = call.args.filter(({ text }) => !text.startsWith("-")).map(({ text }) => text);
  const publishes = tasks
    .filter(
      (task) =>
        /(?:^|:)(?:publish\w*|upload\w*|release|bintrayUpload|closeAndRelease\w*)$/.test(task) &&
        !/ToMavenLocal$/.test(task),
    )
    .map((task) => on.effect("infra.publish", `run the task \`${task}\``));
  const wrapper =
    tasks.includes("wrapper") && call.args.some(({ text }) => /^--gradle-distribution-url/.test(text))
      ? [on.effect("supply-chain.source", "take the build program from an address")]
      : [];
  return on.join(...scripts, ...files, ...dirs, ...own, ...publishes, ...wrapper, on.fine());
}

// Tasks and options stand in any order: the words that are no option are set aside.
function mixed(args: readonly Arg[], form: { readonly values: string; readonly longs: string }): readonly Arg[] {
  const takes = new Set(
    [...form.values]
      .map((letter) => `-${letter}`)
      .concat(
        form.longs
          .split(" ")
          .filter((name) => name.endsWith("="))
          .map((name) => `--${name.slice(0, -1)}`),
      ),
  );
  return args.filter(({ text }, index) => text.startsWith("-") || takes.has(args[index - 1]?.text ?? ""));
}

function mvn(call: Call, on: Evaluation): Outcome {
  const form = {
    flags: "BCcehoNnqUuVvX",
    values: "fsgtTlPDbrm",
    longs:
      "also-make also-make-dependents batch-mode builder= strict-checksums lax-checksums color= define= errors encrypt-master-password= encrypt-password= file= fail-at-end fail-fast fail-never global-settings= global-toolchains= help log-file= legacy-local-repository non-recursive no-transfer-progress no-snapshot-updates offline activate-profiles= projects= quiet resume-from= resume settings= toolchains= threads= update-snapshots show-version version debug amd= am pl= rf= fae ff fn ntp itr raw-streams",
  } as const;
  const args = call.args.flatMap((word) =>
    /^-(?:am|amd|fae|ff|fn|ntp|nsu|llr|gs|gt|emp|ep|itr|cpu|npu|npr|up)$/.test(word.text)
      ? []
      : /^-(?:pl|rf)$/.test(word.text)
        ? [partOf(word, "--projects")]
        : [word],
  );
  const read = readProgramOptions(mixed(args, form), form);
  const files = read.values("f", "file").map((file) => buildFile(on, file, null));
  const settings = read
    .values("s", "settings", "global-settings", "t", "toolchains")
    .filter((file) => on.places(file).some(({ real_zone }) => !/^(?:workspace|home)/.test(real_zone)))
    .map((file) => on.effect("unknown.script", `take settings from \`${shown(file)}\``));
  const own = files.length > 0 ? [] : [projectFiles(on, ["pom.xml"], null)];
  const logs = read.values("l", "log-file").map((path) => on.write(path, "overwrite"));
  const goals = call.args.filter(({ text }) => !text.startsWith("-")).map(({ text }) => text);
  const publishes = goals
    .filter(
      (goal) =>
        /(?:^|:)(?:deploy(?:-file)?|site-deploy|release|perform|prepare)$/.test(goal) &&
        (/deploy/.test(goal) || /release/.test(goal)),
    )
    .map((goal) => on.effect("infra.publish", `run the goal \`${goal}\``));
  return on.join(...files, ...settings, ...own, ...logs, ...publishes, ...executed(on, call.args, goals), on.fine());
}

/** `exec:exec -Dexec.executable=X`, `dependency:get`, a plugin by its coordinates. */
function executed(on: Evaluation, args: readonly Arg[], goals: readonly string[]): readonly Outcome[] {
  const property = (name: string): Arg | undefined => {
    const word = args.find(({ text }) => text.startsWith(`-D${name}=`));
    return word === undefined ? undefined : partOf(word, word.text.slice(name.length + 3));
  };
  const program = property("exec.executable");
  const words = property("exec.args") ?? property("exec.commandlineArgs");
  const runs = program === undefined ? [] : [on.run([program, ...(words === undefined ? [] : splitText(words))])];
  const plugin = goals.find(
    (goal) =>
      goal.split(":").length >= 4 &&
      !/^org\.(?:apache\.maven|codehaus\.mojo|springframework|jacoco|sonarsource|owasp|mybatis|flywaydb|liquibase)/.test(
        goal,
      ),
  );
  const foreign =
    plugin === undefined ? [] : [on.effect("supply-chain.run-remote", `fetch and run the plugin \`${plugin}\``)];
  const injected = args
    .filter(
      ({ text }) =>
        /^-D(?:argLine|jvm|maven\.ext\.class\.path|exec\.longClasspath|surefire\.jvm|groovy\.source|scripts?|source)=/.test(
          text,
        ) && /javaagent|\/|ext\.class/.test(text),
    )
    .map((word) => on.effect("code-injection.tool-exec", `set \`${shown(word)}\``));
  const database = goals
    .filter((goal) =>
      /^(?:flyway:clean|liquibase:dropAll|liquibase:rollback.*|sql:execute|hibernate\w*:drop)$/.test(goal),
    )
    .map((goal) => on.effect("infra.database", `run the goal \`${goal}\``));
  return [...runs, ...foreign, ...injected, ...database];
}

function ant(call: Call, on: Evaluation): Outcome {
  const read = readProgramOptions(call.args, {
    flags: "hpdveqskS",
    values: "flD",
    longs:
      "buildfile= file= lib= logfile= logger= listener= noinput inputhandler= find=? nice= nouserlib noclasspath autoproxy main= propertyfile= projecthelp version diagnostics quiet silent verbose debug emacs keep-going",
    single: true,
  });
  const files = read.values("f", "file", "buildfile").map((file) => buildFile(on, file, null));
  const loads = read
    .values("lib", "propertyfile")
    .filter((path) => on.places(path).some(({ real_zone }) => real_zone !== "workspace"))
    .map((path) => on.effect("code-injection.tool-exec", `load \`${shown(path)}\` into the build`));
  const logs = read.values("l", "logfile").map((path) => on.write(path, "overwrite"));
  return on.join(
    ...files,
    ...loads,
    ...logs,
    ...(files.length > 0 ? [] : [projectFiles(on, ["build.xml"], null)]),
    on.fine(),
  );
}

// Every word is a command of sbt; one may be scala or a shell.
function sbt(call: Call, on: Evaluation): Outcome {
  const own = projectFiles(on, ["build.sbt", "project/plugins.sbt", "project/build.properties"], null);
  const outcomes = call.args.flatMap((word): readonly Outcome[] => {
    const text = word.text.trim();
    if (/^(?:eval\b|set\b.*(?:process|Process|javaOptions|fork)|!|shell-exec|apply\b)/.test(text))
      return [on.effect("code-injection.tool-exec", `have sbt carry out \`${shown(word)}\``)];
    if (
      /(?:^|[\s;/+])(?:publish(?:Signed)?|release|sonatype\w*|ci-release|dockerPublish|Docker\/publish|bintrayRelease)(?:$|[\s;])/.test(
        text,
      )
    )
      return [on.effect("infra.publish", `have sbt carry out \`${shown(word)}\``)];
    if (/^(?:<|iflast\b.*;|-sbt-launch-repo|--sbt-boot|-Dsbt\.(?:boot|repository|override|global))/.test(text))
      return [on.effect("unknown.option", `run sbt with \`${shown(word)}\``)];
    return [];
  });
  return on.join(own, ...outcomes, on.fine());
}

function lein({ args, name }: Call, on: Evaluation): Outcome {
  const verbs = args.map(({ text }) => text);
  const at = verbs.findIndex((text) => /^(?:exec|eval|run|update-in|trampoline)$/.test(text));
  const text = args[verbs.findIndex((word) => /^(?:-e|-ep|-p)$/.test(word)) + 1];
  if (verbs.some((word) => /^(?:deploy|release|publish\w*)$/.test(word)))
    return on.effect("infra.publish", `publish by \`${name}\``);
  if (at >= 0 && /^(?:exec|eval|update-in)$/.test(verbs[at] ?? ""))
    return on.effect("code-injection.code-unknown", `evaluate \`${text === undefined ? "a form" : shown(text)}\``);
  return on.join(projectFiles(on, ["project.clj", "build.sc", "build.mill"], null), on.fine());
}
