// What the globals and modules of Node, Bun and Deno do. A name that stands nowhere here is asked about.
import {
  asks,
  carries,
  decodes,
  deletes,
  deletesAll,
  gives,
  inspects,
  marks,
  pure,
  reads,
  readsEnvironment,
  readsVariable,
  runsShell,
  runsText,
  talks,
  writes,
} from "../walk/acts.ts";
import { lazily, listed, modulesOf, namesOf } from "../walk/names.ts";
import { ref } from "../walk/value.ts";
import * as special from "./acts.ts";

const language = `
  undefined NaN Infinity null true false this super arguments new.target import.meta import.meta.* console console.* JSON JSON.*
  Math Math.* Number Number.* String String.* Boolean Symbol Symbol.* BigInt BigInt.* Date Date.* Array Array.* Map Map.* Set Set.*
  WeakMap WeakSet WeakRef Promise Promise.* Error Error.* TypeError RangeError SyntaxError ReferenceError EvalError URIError
  AggregateError ArrayBuffer ArrayBuffer.* SharedArrayBuffer DataView Uint8Array Uint8Array.* Int8Array Uint16Array Int16Array
  Uint32Array Int32Array Float32Array Float64Array Float64Array.* BigInt64Array BigUint64Array Uint8ClampedArray Intl Intl.* parseInt
  parseFloat isNaN isFinite encodeURIComponent encodeURI escape structuredClone queueMicrotask Iterator.* Temporal.* Atomics.*
  Object Object: keys values entries assign freeze fromEntries is isFrozen seal hasOwn groupBy create name length
  getOwnPropertyNames prototype.hasOwnProperty prototype.toString
  Reflect: has ownKeys
  Function.name Function.prototype.toString
`;

const web = `
  URL URL.* URLSearchParams TextEncoder TextDecoder AbortController AbortSignal AbortSignal.* Event EventTarget performance
  performance.* Blob File FormData Headers btoa Buffer Buffer: alloc allocUnsafe byteLength concat compare isBuffer isEncoding of
  poolSize constants -: clearTimeout clearInterval clearImmediate setImmediate ReadableStream TransformStream CompressionStream
  crypto crypto.* navigator.userAgent navigator.language navigator.hardwareConcurrency
`;

const node = `
  __dirname __filename module module.exports module.exports.* module.id module.filename module.paths exports exports.*
  require.main require.resolve require.extensions module.children module.parent module.builtinModules module.isBuiltin
  process: argv argv0 version versions versions.* platform arch cwd exit exitCode stdout stdout.* stdin stdin.* stderr stderr.*
  hrtime hrtime.* memoryUsage memoryUsage.* uptime pid ppid title nextTick on once off emitWarning execPath execArgv cpuUsage
  release release.* config config.* features features.* resourceUsage getuid getgid geteuid getegid umask abort removeAllListeners
  noDeprecation throwDeprecation allowedNodeEnvironmentFlags constrainedMemory availableMemory report.* listenerCount emit
  -: path path.* os os.* util util.* url url.* querystring querystring.* string_decoder.* assert assert.* events events.*
  perf_hooks.* timers.* readline readline.* stream stream.* buffer.constants punycode.* constants.* diagnostics_channel.*
  async_hooks.* tty.isatty test test.* node:test.* sea.* fs.constants fs.constants.* fs.promises.constants.* timers.promises.*
  zlib: gzipSync deflateSync brotliCompressSync deflateRawSync constants constants.* crc32 createGzip createDeflate gzip deflate
  v8: getHeapStatistics getHeapSpaceStatistics serialize
  dns: promises getServers
  fs: exists existsSync access accessSync stat statSync lstat lstatSync fstat fstatSync readdir readdirSync readlink
  readlinkSync realpath realpathSync realpathSync.native opendir opendirSync watch watchFile unwatchFile close closeSync read
  readSync readv readvSync write writeSync writev writevSync fsync fsyncSync fdatasync fdatasyncSync statfs statfsSync glob
  globSync Stats Dirent ReadStream openAsBlob
  fs.promises: access stat lstat readdir readlink realpath opendir watch statfs glob
  -: Bun.version Bun.argv Bun.env.* Bun.nanoseconds Bun.sleep Bun.inspect Bun.hash Bun.main Bun.which Bun.revision Bun.stdin Bun.stdin.*
  Bun.stdout Bun.semver.* Bun.deepEquals Bun.TOML.* Bun.Glob Bun.stringWidth Bun.password.*
  Deno.version Deno.version.* Deno.args Deno.cwd Deno.exit Deno.build Deno.build.* Deno.readDir Deno.readDirSync Deno.stat Deno.statSync
  Deno.lstat Deno.lstatSync Deno.realPath Deno.realPathSync Deno.inspect Deno.errors.* Deno.pid Deno.execPath Deno.stdout.*
  Deno.stdin.* Deno.stderr.* Deno.memoryUsage Deno.hostname Deno.mainModule Deno.readLink
`;

const notKnownSafe = `
  process: chdir kill setuid setgid umask dlopen.* reallyExit initgroups setgroups seteuid setegid loadEnvFile
  fs: fchmod fchmodSync fchown fchownSync ftruncate ftruncateSync futimes futimesSync
  -: Object: defineProperty defineProperties setPrototypeOf getPrototypeOf getOwnPropertyDescriptor getOwnPropertyDescriptors
  -: Proxy Reflect.* cluster.* trace_events.* dgram.* module.register module.syncBuiltinESMExports sqlite.* v8.*
`;

const evaluates = `
  eval Function Function.* GeneratorFunction AsyncFunction vm.* inspector.* worker_threads.* repl.* wasi.* WebAssembly.* Worker
  process: binding _linkedBinding dlopen mainModule _rawDebug internalBinding
  module: _load _compile _extensions constructor children.* wrap Module Module.* runMain enableCompileCache
  require.extensions.* require.cache.* v8.deserialize v8.setFlagsFromString Deno.dlopen Bun.plugin bun:ffi.* importScripts execScript
  Bun.Transpiler
`;

// Packages that delete: `require("rimraf").sync("dist")`, `(await import("del")).deleteSync(["dist"])`.
const packageDeletes = ["rimraf", "rimraf.*", "del", "del.*", "del-cli", "trash", "fs-remove", "remove"].map(
  (name) => [`package ${name}`, deletesAll] as const,
);

const files = () => [
  listed(reads(), "fs: readFile readFileSync createReadStream promises.readFile promises.open"),
  listed(special.open, "fs: open openSync promises.open"),
  listed(writes("overwrite"), "fs: writeFile writeFileSync promises.writeFile -: Bun.write"),
  listed(
    writes("overwrite"),
    "Deno: writeTextFile writeTextFileSync writeFile writeFileSync create createSync open openSync",
  ),
  listed(special.writeStream, "fs.createWriteStream"),
  listed(writes("append"), "fs: appendFile appendFileSync promises.appendFile"),
  listed(writes("create"), "fs: mkdir mkdirSync mkdtemp mkdtempSync promises.mkdir promises.mkdtemp"),
  listed(writes("create"), "Deno: mkdir mkdirSync makeTempDir makeTempDirSync makeTempFile makeTempFileSync"),
  listed(writes("empty"), "fs: truncate truncateSync promises.truncate -: Deno: truncate truncateSync"),
  listed(
    carries("read"),
    "fs: copyFile copyFileSync cp cpSync promises.copyFile promises.cp -: Deno: copyFile copyFileSync",
  ),
  listed(carries("write"), "fs: rename renameSync promises.rename -: Deno: rename renameSync"),
  listed(deletes(), "fs: rm rmSync unlink unlinkSync rmdir rmdirSync promises.rm promises.unlink promises.rmdir"),
  listed(deletes(), "Deno: remove removeSync -: fs: remove removeSync emptyDir emptyDirSync emptydir emptydirSync"),
  packageDeletes,
  listed(
    marks(),
    "fs: chmod chmodSync lchmod lchmodSync chown chownSync lchown lchownSync utimes utimesSync lutimes lutimesSync",
  ),
  listed(
    marks(),
    "fs.promises: chmod lchmod chown lchown utimes lutimes -: Deno: chmod chmodSync chown chownSync utime utimeSync",
  ),
  listed(
    special.links,
    "fs: symlink symlinkSync link linkSync promises.symlink promises.link -: Deno: symlink symlinkSync link linkSync",
  ),
  listed(reads(), "Deno: readTextFile readTextFileSync readFile readFileSync"),
  listed(special.bunFile, "Bun.file"),
  listed(special.pathJoin, "path: join resolve posix.join posix.resolve"),
];

const programs = () => [
  listed(special.shellOrOptions, "child_process: exec execSync"),
  listed(special.fileAndArgs, "child_process: execFile execFileSync spawn spawnSync"),
  listed(special.forks, "child_process.fork"),
  listed(special.bunSpawn, "Bun: spawn spawnSync -: Deno.run"),
  listed(special.fileAndArgs, "Deno.Command"),
  listed(runsShell(), "Bun.$ Bun.shell"),
  listed(special.spawns, "child_process: _forkChild ChildProcess process.execve"),
];

/** Every name, made once. */
export const javascriptNames = lazily(() =>
  namesOf(
    listed(asks, notKnownSafe),
    listed(pure, language),
    listed(pure, web),
    listed(pure, node),
    listed(special.callsLater, "setTimeout setInterval"),
    listed(special.bufferFrom, "Buffer.from"),
    listed(decodes, "atob unescape decodeURIComponent decodeURI String.fromCharCode String.fromCodePoint"),
    listed(
      decodes,
      "zlib: gunzipSync inflateSync unzipSync brotliDecompressSync inflateRawSync gunzip inflate unzip createGunzip createUnzip",
    ),
    listed(decodes, "DecompressionStream crypto.createDecipheriv crypto.createDecipher crypto.privateDecrypt"),
    listed(special.regExp, "RegExp"),
    listed(pure, "RegExp.escape RegExp.prototype.test"),
    listed(special.promisify, "util.promisify util.callbackify util.deprecate"),
    listed(special.require, "require"),
    listed(gives(ref("require")), "module.createRequire"),
    listed(special.importing, "import"),
    listed(inspects, "Object.keys console.dir"),
    ...files(),
    ...programs(),
    listed(readsEnvironment, "process.env Bun.env Deno.env.toObject"),
    listed(readsVariable, "Deno.env.get Deno.env.has"),
    listed(runsText, evaluates),
    listed(special.fetches, "fetch Bun.fetch axios axios.* got got.* undici.*"),
    listed(talks("fetch"), "http.get https.get dns.* dns.promises.* EventSource"),
    listed(pure, "http.STATUS_CODES http.METHODS http.STATUS_CODES.*"),
    listed(
      talks("send"),
      `http.request https.request net.connect net.createConnection net.Socket tls.connect WebSocket
      XMLHttpRequest navigator.sendBeacon Deno.connect Deno.connectTls http2.connect dgram.createSocket http.ClientRequest http.Agent`,
    ),
    listed(
      talks("listen"),
      `http.createServer https.createServer net.createServer net.Server http.Server tls.createServer
      http2.createServer http2.createSecureServer Bun.serve Bun.listen Deno.serve Deno.listen`,
    ),
    listed(pure, "net: isIP isIPv4 isIPv6"),
  ),
);

/** Objects that the table knows members of. */
export const javascriptObjects = lazily(() => modulesOf(javascriptNames()));
