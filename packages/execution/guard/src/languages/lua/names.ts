// What Lua's libraries do.
import {
  carries,
  deletes,
  marks,
  pure,
  reads,
  readsVariable,
  runsShell,
  runsText,
  talks,
  writes,
} from "../walk/acts.ts";
import { lazily, listed, modulesOf, namesOf } from "../walk/names.ts";
import * as special from "./acts.ts";

const harmless = `
  print type tostring tonumber pairs ipairs next select error assert pcall xpcall unpack rawlen rawequal rawget rawset setmetatable getmetatable
  collectgarbage _VERSION arg arg.* string.* table.* math.* utf8.* bit32.* bit.* coroutine.* io.read io.write io.stdin io.stdin.* io.stdout
  io.stdout.* io.stderr io.stderr.* io.close io.type io.flush os.time os.date os.clock os.exit os.difftime os.setlocale true false nil
  cjson.* dkjson.* inspect.* lpeg.* lfs.dir lfs.attributes lfs.currentdir lfs.symlinkattributes jit.version jit.os jit.arch
`;

/** Every name, made once. */
export const luaNames = lazily(() =>
  namesOf(
    listed(pure, harmless),
    listed(runsText, `load loadstring debug.* string.dump setfenv getfenv newproxy package.* ffi.* jit.* _ENV module`),
    listed(special.require, "require"),
    listed(special.loads, "dofile loadfile"),
    listed(runsShell(), "os.execute"),
    listed(special.pipes, "io.popen"),
    listed(special.opens, "io.open"),
    listed(special.readsLines, "io.lines io.input"),
    listed(writes("overwrite"), "io.output"),
    listed(writes("create"), "os.tmpname io.tmpfile lfs.mkdir"),
    listed(reads(), "posix.readlink"),
    listed(deletes(), "os.remove lfs.rmdir posix.unlink posix.rmdir unistd.unlink"),
    listed(carries("write"), "os.rename"),
    listed(marks(), "posix.chmod posix.chown lfs.touch"),
    listed(readsVariable, "os.getenv posix.getenv"),
    listed(runsText, "posix.exec posix.execp posix.fork posix.popen posix.*"),
    listed(talks("send"), "socket.* ssl.* http.* copas.* ltn12.*"),
    listed(pure, "socket.gettime socket.sleep"),
  ),
);

/** Libraries that the table knows. */
export const luaModules = lazily(() => modulesOf(luaNames()));
