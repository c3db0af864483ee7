// What the classes of Groovy and Java do that a one-line program uses.
import {
  argument,
  asks,
  carries,
  decodes,
  deletes,
  gives,
  label,
  marks,
  pathAt,
  pathOf,
  pure,
  reads,
  readsEnvironment,
  readsVariable,
  reporting,
  reportShell,
  runsDecoded,
  runsShell,
  runsText,
  runsWords,
  talks,
  wordsFrom,
  wordsIn,
  writes,
} from "../walk/acts.ts";
import { reportFedSpawn } from "../walk/feed.ts";
import type { Act } from "../walk/dialect.ts";
import { lazily, listed, namesOf } from "../walk/names.ts";
import { knownText, ref, textOf, thing } from "../walk/value.ts";

const harmless = `
  println print printf sprintf sleep args this super true false null it void int long double float boolean char byte short String String.*
  Integer Integer.* Long Long.* Double Double.* Boolean Boolean.* Math Math.* StringBuilder StringBuffer List ArrayList LinkedList Map
  HashMap LinkedHashMap TreeMap Set HashSet TreeSet Arrays.* Collections.* Objects.* Date Calendar.* LocalDate.* LocalDateTime.* Instant.*
  Duration.* UUID.* Random BigDecimal BigInteger Pattern.* Character Character.* JsonSlurper JsonOutput.* JsonBuilder groovy.json.*
  System.out System.out.* System.err System.err.* System.in System.in.* System.currentTimeMillis System.nanoTime System.exit
  System.lineSeparator GroovySystem.version GroovySystem.* Optional.* Stream.* IntStream.* Collectors.* Exception RuntimeException
  Runtime.version XmlSlurper XmlParser Thread.sleep Locale.* TimeUnit.* Objects ExpandoObject Tuple2 Range TimeZone.* SimpleDateFormat
  DateTimeFormatter.* MessageDigest.* Charset.* StandardCharsets.* Files.exists Files.isDirectory Files.isRegularFile Files.size
  Paths.get Path.of Files.list Files.walk Files.getLastModifiedTime Object def var java.util.* java.time.* java.math.*
`;

// `"text".execute()`: words cut at white space, no shell.
const executes: Act = reporting((site) => {
  const text = knownText(site.on);
  const list = site.on.kind === "list" ? wordsIn(site.on) : null;
  reportFedSpawn(site, list ?? (text === null ? null : text.trim().split(/\s+/).map(textOf)));
});

const runtimeExec: Act = reporting((site) => {
  const list = wordsIn(argument(site, 0));
  const text = knownText(argument(site, 0));
  reportFedSpawn(site, list ?? (text === null ? null : text.trim().split(/\s+/).map(textOf)));
});

const processBuilder: Act = reporting((site) => reportFedSpawn(site, wordsIn(argument(site, 0)) ?? wordsFrom(site, 0)));
const makesFile: Act = {
  mild: true,
  run: (site) => thing("File", pathAt(site, argument(site, 1) === undefined ? 0 : 9)),
};
const makesUrl: Act = { mild: true, run: () => thing("URL") };
const jenkinsShell: Act = reporting((site) => reportShell(site, argument(site, 0, "script")));

const moves: Act = reporting((site) => {
  site.walk.report({ kind: "write", path: pathAt(site, -1), mode: "overwrite", what: label(site) });
  site.walk.report({ kind: "write", path: pathOf(argument(site, 0)), mode: "overwrite", what: label(site) });
});

/** Every name, made once. */
export const groovyNames = lazily(() =>
  namesOf(
    listed(asks, "System.setProperty System.setOut Thread Thread.* Sql.* Sql AntBuilder CliBuilder SwingBuilder"),
    listed(pure, harmless),
    listed(
      runsText,
      `evaluate run Eval.* GroovyShell GroovyClassLoader GroovyScriptEngine ScriptEngineManager Class.forName Class.* ClassLoader.*
      Unsafe.* MethodHandles.* InvokerHelper.* System.load System.loadLibrary Runtime.getRuntime.load SimpleTemplateEngine GStringTemplateEngine
      StreamingTemplateEngine MarkupTemplateEngine URLClassLoader Grab Grapes GrabResolver GrabConfig metaClass`,
    ),
    listed(runsDecoded, "ObjectInputStream XMLDecoder Yaml"),
    listed(makesFile, "File java.io.File"),
    listed(makesUrl, "URL URI java.net.URL"),
    listed(gives(ref("Runtime.runtime")), "Runtime.getRuntime"),
    listed(runtimeExec, "Runtime.runtime.exec Runtime.exec"),
    listed(
      pure,
      "Runtime.runtime.availableProcessors Runtime.runtime.totalMemory Runtime.runtime.freeMemory Runtime.runtime.maxMemory",
    ),
    listed(processBuilder, "ProcessBuilder java.lang.ProcessBuilder"),
    listed(jenkinsShell, "sh bat powershell"),
    listed(deletes(), "Files.delete Files.deleteIfExists"),
    listed(
      reads(),
      "Files.readAllLines Files.readString Files.lines Files.newBufferedReader Files.readAllBytes FileReader FileInputStream Scanner",
    ),
    listed(
      writes("overwrite"),
      "Files.write Files.writeString Files.newBufferedWriter FileWriter FileOutputStream PrintWriter RandomAccessFile",
    ),
    listed(
      writes("create"),
      "Files.createFile Files.createDirectory Files.createDirectories Files.createTempFile File.createTempFile",
    ),
    listed(carries("write"), "Files.move"),
    listed(carries("read"), "Files.copy"),
    listed(marks(), "Files.setPosixFilePermissions Files.setOwner"),
    listed(readsVariable, "System.getenv"),
    listed(pure, "System.getProperty System.getProperties"),
    listed(readsEnvironment, "System.env"),
    listed(talks("send"), "Socket HttpURLConnection HttpClient.* RESTClient HTTPBuilder"),
    listed(talks("listen"), "ServerSocket HttpServer.*"),
    listed(decodes, "Base64.*"),
  ),
);

const values = `
  size length isEmpty contains containsKey containsValue startsWith endsWith indexOf lastIndexOf substring split trim toUpperCase
  toLowerCase toString toInteger toLong toDouble toFloat toBigDecimal toList toSet tokenize replace replaceAll replaceFirst reverse
  capitalize uncapitalize padLeft padRight center join each eachWithIndex eachLine collect collectEntries collectMany find findAll
  findIndexOf findResult any every inject sum min max sort unique groupBy countBy count flatten plus minus multiply intersect take
  drop takeWhile dropWhile first last head tail init push pop add addAll remove removeAll put putAll get getAt putAt keySet values entrySet
  key value getKey getValue times upto downto step chars bytes readLines format matches matcher group toCharArray charAt equals
  hashCode compareTo  insert parse parseText  exists isFile isDirectory listFiles list getName getPath getAbsolutePath
  getParent canonicalPath lastModified name path absolutePath parent parentFile withIndex indexed transpose combinations permutations
  subsequences collate asReversed toSorted toUnique swap spread with tap asBoolean inspect  eachByte encodeBase64 digest
  getTime now  plusDays minusDays nextInt nextDouble iterator hasNext next close flush print println printf  stripIndent stripMargin
  normalize denormalize isNumber isInteger toURI isCase test accept apply getMessage printStackTrace eachMatch tr   children depthFirst
  attributes  toPrettyString waitFor exitValue readLine filter map forEach stream ofPattern intValue longValue doubleValue round abs
`;

/** Every method, made once. */
export const groovyMethods = lazily(() =>
  namesOf(
    listed(pure, values),
    listed(executes, "execute"),
    listed(runtimeExec, "exec"),
    listed(pure, "regex#exec"),
    listed(runsShell(), "system"),
    listed(runsWords, "command"),
    listed(asks, "start call"),
    listed(
      runsText,
      `evaluate invokeMethod getMetaClass metaClass classLoader getClassLoader loadClass newInstance getMethod getDeclaredMethod
      invoke getClass class forName defineClass eval mixin setAccessible decode`,
    ),
    listed(deletes(-1), "delete deleteDir deleteOnExit"),
    listed(
      reads(-1),
      "File#text File#getText File#readLines File#eachLine File#bytes File#withReader File#newReader File#newInputStream File#withInputStream",
    ),
    listed(talks("fetch"), "toURL openConnection openStream URL#text URL#getText URL#bytes URL#readLines URL#eachLine"),
    listed(
      writes("overwrite", -1),
      "setText setBytes File#write File#withWriter File#withPrintWriter File#newWriter File#withOutputStream write withWriter",
    ),
    listed(writes("append", -1), "append File#append File#leftShift withWriterAppend"),
    listed(writes("create", -1), "mkdir mkdirs createNewFile"),
    listed(moves, "renameTo"),
    listed(marks(-1), "setExecutable setReadable setWritable setLastModified"),
  ),
);
