// What Python's builtins and standard modules do. A name that stands nowhere here is asked about.
import {
  asks,
  carries,
  decodes,
  deletes,
  gives,
  inspects,
  loads,
  marks,
  pure,
  readsEnvironment,
  readsVariable,
  runsDecoded,
  runsShell,
  runsText,
  talks,
  writes,
  reads,
} from "../walk/acts.ts";
import { lazily, listed, modulesOf, namesOf } from "../walk/names.ts";
import { thing } from "../walk/value.ts";
import * as special from "./acts.ts";
import * as start from "./programs.ts";
import * as reflection from "./reflection.ts";

const builtins = `
  abs all any ascii bin bool bytearray bytes callable chr classmethod complex delattr dict divmod enumerate exit filter float
  format frozenset hash hex input int iter len list map max memoryview min next object oct ord pow print property quit range
  reversed repr round set slice sorted staticmethod str sum super tuple zip reduce unicode xrange raw_input NotImplemented
  Ellipsis True False None __name__ __file__ __doc__ __debug__ __spec__ __package__
  str.* bytes.* bytearray.* int.* float.* dict.* list.* set.* frozenset.* tuple.* object.*
  Exception BaseException ArithmeticError AssertionError AttributeError EOFError FileExistsError FileNotFoundError
  ImportError IndexError IOError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError
  NotImplementedError OSError OverflowError PermissionError RecursionError RuntimeError StopIteration SyntaxError
  SystemExit TimeoutError TypeError UnicodeDecodeError UnicodeEncodeError UnicodeError ValueError Warning UserWarning
  DeprecationWarning ZeroDivisionError ConnectionError BrokenPipeError StopAsyncIteration GeneratorExit ExceptionGroup
`;

const harmless = `
  abc.* argparse.* array.* ast.literal_eval ast.parse ast.dump ast.walk ast.unparse ast.iter_child_nodes ast.get_docstring
  asyncio: run sleep gather wait wait_for create_task Queue Lock Event Semaphore iscoroutinefunction timeout TimeoutError
  -: bisect.* calendar.* cmath.* collections.* colorsys.* concurrent.futures.* configparser.* contextlib.* copy.* csv.*
  dataclasses.* datetime.* decimal.* difflib.* enum.* errno.* fnmatch.* fractions.* functools.* getopt.* getpass.getuser
  hashlib.* heapq.* hmac.* html.* io.StringIO io.BytesIO io.TextIOWrapper io.SEEK_SET io.UnsupportedOperation itertools.* json.*
  keyword.* linecache.getline linecache.getlines locale.* math.* mimetypes.guess_type mimetypes.guess_extension numbers.*
  platform.* posixpath.* ntpath.* pprint.* queue.* random.* re.* reprlib.* secrets.* sched.* shlex.* stat.* statistics.*
  string.* struct.* sysconfig.* textwrap.* threading.* time.* token.* tokenize.* traceback.* types.SimpleNamespace
  types.MappingProxyType typing.* typing_extensions.* unicodedata.* uuid.* warnings.* weakref.* zoneinfo.* graphlib.*
  ipaddress.* email.* pwd.* grp.* resource.* curses.ascii.* xml.dom.minidom.parseString xml.sax.saxutils.*
  xml.etree.ElementTree: fromstring tostring XML ParseError Element SubElement indent iterparse register_namespace
  -: urllib.parse.* importlib.metadata.* importlib.util.find_spec tempfile.gettempdir gc.collect gc.get_count
  inspect: getsource signature getdoc isclass isfunction ismodule getfile cleandoc
  logging: debug info warning error getLogger StreamHandler Formatter DEBUG INFO WARNING ERROR CRITICAL disable
  operator: add sub mul itemgetter eq lt gt contains or_ and_ neg truediv floordiv mod concat not_ xor ne le ge pow getitem
  shutil: which disk_usage get_terminal_size copyfileobj
  signal: SIGINT SIGTERM SIGKILL SIGHUP Signals
  site: getsitepackages getusersitepackages
  -: zlib.crc32 zlib.adler32 zlib.compress binascii.hexlify binascii.b2a_base64 binascii.b2a_hex binascii.crc32
  base64: b64encode urlsafe_b64encode b32encode b16encode standard_b64encode encodebytes b85encode a85encode
  -: bz2.compress lzma.compress gzip.compress codecs.encode codecs.lookup codecs.BOM_UTF8 zipfile.is_zipfile tarfile.is_tarfile
  tomllib.* tomli.* toml.loads toml.load toml.dumps tabulate.tabulate dateutil.* pytz.* packaging.* simplejson.* ujson.*
  orjson.* msgpack.packb jsonschema.* regex.* chardet.* charset_normalizer.* idna.* certifi.where socket.gethostname
  yaml: safe_load safe_load_all safe_dump dump SafeLoader CSafeLoader YAMLError
  sys: argv version version_info platform executable path path.* prefix base_prefix exec_prefix maxsize maxunicode byteorder
  flags flags.* implementation implementation.* hexversion getsizeof getrecursionlimit setrecursionlimit getdefaultencoding
  getfilesystemencoding exit exc_info intern stdin stdin.* stdout stdout.* stderr stderr.* float_info float_info.* int_info
  copyright hash_info thread_info getrefcount builtin_module_names stdlib_module_names api_version __stdout__ __stderr__
  set_int_max_str_digits get_int_max_str_digits version_info.* dont_write_bytecode pycache_prefix
  os: getcwd getcwdb getpid getppid getuid geteuid getgid getlogin uname cpu_count sep linesep pathsep name curdir pardir
  devnull altsep extsep times getloadavg urandom get_terminal_size isatty strerror fspath fsencode fsdecode close lseek
  read fstat O_RDONLY R_OK W_OK X_OK F_OK PathLike error access sched_getaffinity _exit path path.* environ.* stat lstat walk
  listdir scandir readlink statvfs fwalk stat_result DirEntry getpgid getgroups umask nice sysconf
  pandas: DataFrame DataFrame.* Series Series.* to_datetime to_numeric concat merge date_range isna notna isnull notnull
  set_option options.* Timestamp Timedelta json_normalize crosstab pivot_table cut qcut unique NA NaT
  numpy: array arange zeros ones eye linspace mean median std var sum min max argmin argmax dot matmul random.* linalg.* sqrt
  exp log sin cos tan pi e nan inf isnan isfinite where unique sort argsort reshape concatenate stack vstack hstack allclose
  isclose abs round floor ceil percentile quantile cumsum diff histogram float32 float64 int32 int64 bool_ ndarray asarray
  fft.* full empty zeros_like ones_like set_printoptions clip corrcoef polyfit polyval dtype newaxis
`;

// What a module says of itself is asked every day, whatever the module can do.
const selfDescribing = `
  requests httpx aiohttp boto3 urllib3 websockets paramiko jinja2 mako setuptools pip joblib dill cloudpickle six numexpr pycurl
  sh plumbum invoke fabric socket ssl ctypes cffi importlib pickle marshal yaml torch pandas asyncio sqlite3 logging multiprocessing
`
  .trim()
  .split(/\s+/)
  .map((name) => `${name}.__version__ ${name}.__file__ ${name}.__name__ ${name}.__doc__ ${name}.__path__`)
  .join(" ");

const notKnownSafe = `
  os: chdir fchdir chroot mknod mkfifo ftruncate sendfile setuid setgid setsid putenv unsetenv pipe dup write fdopen
  environ.update environ.pop environ.clear environ.popitem
  shutil: make_archive unpack_archive
  -: argparse.FileType signal.signal signal.alarm multiprocessing.* sqlite3.* logging.* asyncio.* mmap.* fcntl.* termios.*
  webbrowser.* pandas.* unittest.* pytest.* numpy.load numpy.memmap threading.settrace threading.setprofile
  typing.get_type_hints
`;

const evaluates = `
  os.dup2 eval exec execfile compile breakpoint code.* codeop.* timeit.* ctypes.* cffi.* gc.get_objects gc.get_referrers pdb.* bdb.*
  cProfile.* profile.* trace.* doctest.* importlib.* imp.* zipimport.* pkgutil.* dis.* shelve.* distutils.* setuptools.* pip.*
  ensurepip.* jinja2.* mako.* numexpr.* pandas.eval six.* inspect.currentframe inspect.stack inspect.getmembers readline.*
  sys: settrace setprofile _getframe meta_path path_hooks addaudithook setdlopenflags _current_frames
  types: FunctionType CodeType LambdaType ModuleType MethodType
`;

const unmarshals = `
  marshal.* pickle.* cPickle.* _pickle.* dill.* cloudpickle.* joblib.load yaml.load yaml.load_all yaml.unsafe_load
  yaml.full_load yaml.UnsafeLoader yaml.FullLoader yaml.Loader torch.load jsonpickle.* pandas.read_pickle
`;

const decoders = `
  base64: b64decode urlsafe_b64decode standard_b64decode b32decode b16decode a85decode b85decode decodebytes decode
  -: binascii.unhexlify binascii.a2b_hex binascii.a2b_base64 zlib.decompress zlib.decompressobj bz2.decompress lzma.decompress
  gzip.decompress codecs.decode codecs.getdecoder bytes.fromhex bytearray.fromhex quopri.* uu.* msgpack.unpackb cryptography.*
`;

const fetches = `
  urllib.request.* urllib.urlopen urllib2.* http.client.* httplib.* ftplib.* xmlrpc.client.* wget.* pycurl.*
  aiohttp.* nntplib.* poplib.* imaplib.* requests.get requests.head requests.options httpx.get httpx.head
`;
const sends = `
  requests.* httpx.* smtplib.* telnetlib.* paramiko.* boto3.* urllib3.* websocket.* websockets.* socket.* ssl.* _socket.*
  select.* selectors.* asyncio.open_connection
`;

const files = () => [
  listed(special.open, "open io.open codecs.open file gzip.open bz2.open lzma.open"),
  listed(special.osOpen, "os.open"),
  listed(special.pathJoin, "os.path.join posixpath.join"),
  listed(special.pathSame, "os.path: expanduser abspath realpath normpath"),
  listed(special.makePath, "pathlib: Path PosixPath PurePath PurePosixPath"),
  listed(gives(thing("Path")), "pathlib: Path.home Path.cwd"),
  listed(special.openArchive, "zipfile.ZipFile tarfile.open tarfile.TarFile"),
  listed(special.editsInPlace, "fileinput.input fileinput.FileInput"),
  listed(special.makesTree, "xml.etree.ElementTree: parse ElementTree -: xml.dom.minidom.parse"),
  listed(
    reads(),
    "PIL.Image.open cv2.imread pandas: read_csv read_json read_excel read_parquet -: numpy: loadtxt genfromtxt fromfile -: tokenize.open",
  ),
  listed(reads(), "glob.glob glob.iglob sqlite3.connect"),
  listed(deletes(), "os: remove unlink rmdir removedirs"),
  listed(deletes(0, "path"), "shutil.rmtree"),
  listed(carries("write"), "os: rename renames replace -: shutil.move"),
  listed(carries("read"), "shutil: copy copy2 copyfile copytree copymode copystat"),
  listed(writes("create"), "os: mkdir makedirs"),
  listed(
    writes("create"),
    "tempfile: mkdtemp mkstemp TemporaryFile NamedTemporaryFile TemporaryDirectory SpooledTemporaryFile",
  ),
  listed(writes("empty"), "os.truncate"),
  listed(writes("overwrite"), "numpy: save savez savetxt savez_compressed"),
  listed(marks(), "os: chmod lchmod chown lchown utime setxattr removexattr chflags -: shutil.chown"),
  listed(special.links, "os: symlink link"),
  listed(special.addsPath, "sys.path: insert append extend"),
];

const programs = () => [
  listed(
    runsShell(0),
    `os: system popen popen2 popen3 popen4 -: popen2.popen2 commands.getoutput commands.getstatusoutput
    subprocess: getoutput getstatusoutput -: asyncio: create_subprocess_shell subprocess.create_subprocess_shell
    -: platform.popen pexpect.run pexpect.spawn`,
  ),
  listed(start.subprocess, "subprocess: run call check_call check_output Popen"),
  listed(
    pure,
    "subprocess: PIPE STDOUT DEVNULL CalledProcessError TimeoutExpired CompletedProcess SubprocessError list2cmdline",
  ),
  listed(start.words, "asyncio: create_subprocess_exec subprocess.create_subprocess_exec"),
  listed(start.execFamily(1), "os: execl execle execlp execlpe"),
  listed(start.execVector(1), "os: execv execve execvp execvpe posix_spawn posix_spawnp"),
  listed(start.execFamily(2), "os: spawnl spawnle spawnlp spawnlpe"),
  listed(start.execVector(2), "os: spawnv spawnve spawnvp spawnvpe"),
  listed(start.kills, "os: kill killpg"),
  listed(
    start.spawns,
    `os: fork forkpty startfile -: pty.* _posixsubprocess.* sh.* plumbum.* invoke.* fabric.* subprocess.*`,
  ),
];

/** Every name, made once. */
export const pythonNames = lazily(() =>
  namesOf(
    listed(asks, notKnownSafe),
    listed(pure, builtins),
    listed(pure, harmless),
    listed(pure, selfDescribing),
    listed(
      pure,
      `torch.version.* torch: cuda.is_available cuda.device_count cuda.get_device_name backends.* tensor zeros ones rand randn
      arange manual_seed Tensor.* float32 float64 int64 -: tensorflow.config.list_physical_devices sklearn.show_versions`,
    ),
    listed(inspects, "isinstance issubclass hasattr callable id dir help"),
    listed(reflection.type, "type"),
    ...files(),
    ...programs(),
    listed(reflection.importModule, "__import__ importlib.import_module importlib.__import__"),
    listed(reflection.getAttribute, "getattr inspect.getattr_static"),
    listed(reflection.setAttribute, "setattr"),
    listed(reflection.namespace, "globals locals vars"),
    listed(reflection.reflects, "operator: attrgetter methodcaller"),
    listed(runsText, evaluates),
    listed(runsDecoded, unmarshals),
    listed(decodes, decoders),
    listed(readsEnvironment, "os: environ environb environ.items environ.keys environ.values environ.copy"),
    listed(readsVariable, "os: getenv environ.get environ.setdefault"),
    listed(loads(), "runpy: run_path run_module"),
    listed(talks("fetch"), fetches),
    listed(special.fetchesFile, "urllib.request.urlretrieve urllib.urlretrieve wget.download"),
    listed(talks("send"), sends),
    listed(
      talks("listen"),
      "http.server.* socketserver.* xmlrpc.server.* wsgiref.* asyncio.start_server socket.create_server",
    ),
    listed(pure, "sqlite3: Row version sqlite_version Error OperationalError"),
    listed(pure, "socket: gethostname getfqdn -: ssl.OPENSSL_VERSION http.HTTPStatus http.HTTPStatus.*"),
  ),
);

const furtherModules =
  "os sys subprocess builtins __builtin__ __future__ urllib xml http concurrent unittest curses tkinter posix nt io pathlib";

/** Modules that are part of Python, or that the table knows. */
export const pythonModules = lazily(() => new Set([...modulesOf(pythonNames()), ...furtherModules.split(" ")]));
