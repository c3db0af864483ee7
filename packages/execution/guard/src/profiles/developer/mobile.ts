// Builders of applications for phones and desktops, and of the smaller compiled languages: Xcode, CocoaPods, Flutter, Android, stack, dune.
import { known } from "../../arg.ts";
import type { Call, Evaluation, Outcome, Profile } from "../../profile.ts";
import { judgeTool, toolTable } from "../_project-tool.ts";

const tools = toolTable(
  {
    "xcode-select": {
      acts: [[/(?:^|\s)(?:-s|--switch|-r|--reset|--install)\b/, "system.service", "choose another Xcode for everyone"]],
    },
    plutil: {
      acts: [[/^-(?:replace|insert|remove|convert|create)\b/, "unknown.outside-write", "change a property list"]],
    },
    xcodebuild: {
      writes: "derivedDataPath archivePath exportPath resultBundlePath",
      acts: [[/-allowProvisioningUpdates\b|-exportNotarizedApp\b/, "infra.publish", "change provisioning or publish"]],
    },
    pod: {
      acts: [
        [/^(?:install|update|repo|setup|plugins)\b/, "supply-chain.new-package", "install pods"],
        [/^trunk push\b/, "infra.publish", "publish a pod"],
      ],
    },
    carthage: { acts: [[/^(?:update|bootstrap|checkout)\b/, "supply-chain.new-package", "fetch packages"]] },
    fastlane: { acts: [[/^(?!lanes\b|--version)./, "infra.publish", "run lanes"]] },
    flutter: {
      acts: [
        [
          /^(?:pub (?:add|upgrade|get|publish|global)|upgrade|downgrade|channel \w|precache|config --)/,
          "supply-chain.new-package",
          "fetch packages or another version",
        ],
      ],
    },
    dart: {
      writes: "o output",
      runs: true,
      acts: [
        [/^pub publish\b(?!.*(?:--dry-run|-n\b))/, "infra.publish", "publish a package"],
        [/^pub (?:add|upgrade|get|global|downgrade|remove|unpack)\b/, "supply-chain.new-package", "fetch packages"],
        [/^pub (?:token|login|logout|uploader)\b/, "infra.admin", "change an account"],
        [/^(?:-e|--eval)\b/, "code-injection.code-unknown", "run code"],
      ],
    },
    swift: {
      acts: [
        [
          /^package (?:update|reset|edit|plugin|init)\b|^package-registry publish|^repl\b/,
          "supply-chain.new-package",
          "change packages",
        ],
        [/^(?:-e|-)(?:\s|$)/, "code-injection.code-unknown", "run code"],
      ],
    },
    adb: {
      acts: [
        [
          /(?:^|\s)(?:shell|install|uninstall|push|root|remount|reboot|sideload|restore|disable-verity)\b/,
          "remote-exec.remote-host",
          "act on a device",
        ],
      ],
    },
    fastboot: { acts: [[/^(?!devices|--version|getvar)./, "infra.destroy", "write to a device"]] },
    sdkmanager: { acts: [[/^(?!--list)./, "system.package", "install packages"]] },
    avdmanager: { acts: [[/^(?:create|delete|move)\b/, "unknown.option", "change emulators"]] },
    emulator: {},
    simctl: { acts: [[/\b(?:erase|delete|spawn|install|uninstall|openurl)\b/, "unknown.option", "change simulators"]] },
    codesign: { writes: "o", acts: [[/(?:^|\s)(?:-s|--sign|--remove-signature|-f)\b/, "unknown.option", "sign code"]] },
    notarytool: { acts: [[/^(?:submit|store-credentials)\b/, "infra.publish", "publish"]] },
    stack: {
      acts: [
        [/^(?:upgrade|setup|install|upload)\b|--system-ghc-install/, "supply-chain.new-package", "install packages"],
        [/^(?:exec|runghc|runhaskell|ghci|script|eval)\b/, "unknown.script", "run a program"],
      ],
    },
    cabal: {
      acts: [
        [/^(?:v2-|new-)?(?:install|update|upload|get|fetch)\b/, "supply-chain.new-package", "install packages"],
        [/^(?:v2-)?(?:exec|repl)\b/, "unknown.script", "run a program"],
      ],
    },
    dune: {
      acts: [
        [/^(?:install|uninstall)\b(?!.*--prefix)/, "system.write", "install into the system"],
        [/^exec\b/, "unknown.script", "run a program"],
      ],
    },
    zig: { writes: "femit-bin", acts: [[/^fetch\b/, "supply-chain.new-package", "fetch packages"]] },
    nimble: {
      acts: [[/^(?:install|develop|publish|upgrade|refresh)\b/, "supply-chain.new-package", "install packages"]],
    },
    shards: { acts: [[/^(?:install|update)\b/, "supply-chain.new-package", "install packages"]] },
    rustup: {
      acts: [
        [
          /^(?:\+\S+ )?(?:update|install|default|set|override (?:set|unset)|self|toolchain (?:install|uninstall|link|add|remove)|target (?:add|remove|install)|component (?:add|remove))\b/,
          "system.package",
          "change toolchains",
        ],
      ],
    },
    "wasm-pack": {
      writes: "d out-dir",
      acts: [
        [/^(?:publish|login)\b/, "infra.publish", "publish"],
        [/^new\b/, "supply-chain.run-remote", "fetch a template"],
      ],
    },
    cross: {},
    trunk: {
      writes: "d dist",
      acts: [[/^(?:upgrade|install|plugins|login)\b/, "supply-chain.new-package", "fetch tools"]],
    },
    lake: {
      acts: [
        [/^update\b/, "supply-chain.new-package", "fetch packages"],
        [/^(?:exe|env|script)\b/, "unknown.script", "run a program"],
      ],
    },
    msbuild: { acts: [[/[-/]t(?:arget)?:publish/i, "infra.publish", "publish"]] },
    nuget: {
      acts: [
        [/^(?:push|delete)\b/, "infra.publish", "publish"],
        [/^(?:install|restore|update|sources)\b/, "supply-chain.new-package", "fetch packages"],
      ],
    },
  },
  "xcpretty xcbeautify actool ibtool agvtool xctrace swift-demangle aapt aapt2 zipalign d8 r8 proguard dexdump apkanalyzer devicectl",
);

export const profile: Profile = {
  names: Object.keys(tools),
  summary: "builds applications for phones and desktops",
  judge: (call, on) => rustupRun(call, on) ?? judgeTool(call, on, tools[call.name] ?? {}),
  matches: [
    { line: "pod install", decision: "ask", effect: "supply-chain.new-package" },
    { line: "fastlane release", decision: "ask", effect: "infra.publish" },
    { line: "rustup toolchain install nightly", decision: "ask", effect: "system.package" },
    { line: "rustup run nightly sudo id", decision: "deny", effect: "privilege.elevate" },
    { line: "adb shell rm -rf /sdcard", decision: "ask", effect: "remote-exec.remote-host" },
  ],
  spares: [
    "xcodebuild -scheme App test",
    "flutter test",
    "dart format --set-exit-if-changed .",
    "dart test",
    "swift build",
    "rustup show",
    "stack build",
    "cabal test",
    "zig build test",
    "dune build",
  ],
};

// `rustup run TOOLCHAIN program …`.
function rustupRun({ name, args }: Call, on: Evaluation): Outcome | undefined {
  if (name !== "rustup" || known(args[0]) !== "run") return undefined;
  const rest = args.slice(1).filter(({ text }) => text !== "--install");
  return on.run(rest.slice(1));
}
