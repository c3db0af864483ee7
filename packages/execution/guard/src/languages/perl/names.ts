// What Perl's functions and modules do: `unlink`, `File.Path.rmtree`.
import {
  asks,
  decodes,
  deletes,
  gives,
  marks as marksAt,
  pure,
  reads,
  readsEnvironment,
  runsDecoded,
  runsText,
  talks,
  writes,
} from "../walk/acts.ts";
import { lazily, listed, namesOf } from "../walk/names.ts";
import { data } from "../walk/value.ts";
import * as special from "./acts.ts";

const functions = `
  print printf say die warn push pop shift unshift splice reverse sort map grep keys values each delete exists defined undef
  scalar ref bless wantarray return length substr index rindex uc lc ucfirst lcfirst fc sprintf join split chomp chop chr ord hex
  oct abs int sqrt sin cos atan2 exp log rand srand time localtime gmtime sleep times pos quotemeta study reset local my our
  close eof fileno seek tell read getc readline binmode select flock lc vec caller exit prototype lock
  opendir readdir closedir rewinddir telldir seekdir stat lstat readlink getppid getpwnam getpwuid getgrgid getgrnam getlogin
  sysread sysseek tied untie import unimport not and or xor formline getpwent hostname getcwd cwd
  first any all none notall sum sum0 min max minstr maxstr product uniq uniqnum uniqint uniqstr shuffle pairs pairkeys pairvalues reduce
  head tail zip mesh blessed reftype looks_like_number dualvar weaken readonly refaddr
  croak carp confess cluck Dumper basename dirname fileparse rel2abs abs2rel catfile catdir canonpath splitdir splitpath
  floor ceil fmod pow strftime mktime strtol strtod isatty isdigit isalpha setlocale DBL_MAX INT_MAX LONG_MAX FLT_MAX
  encode_json to_json md5_hex md5 md5_base64 sha1_hex sha256_hex sha512_hex sha1 sha256 encode_utf8 decode_utf8 encode_base64
  is_utf8 timelocal timegm usleep gettimeofday tv_interval ok is isnt like unlike is_deeply done_testing plan diag note pass fail
  GetOptions pod2usage looks_like trim ltrim rtrim ceil true false is_bool created_as_number indexed
  STDIN STDOUT STDERR ARGV DATA __FILE__ __LINE__ __PACKAGE__ __SUB__ self
`;

const modules = `
  List.Util.* Scalar.Util.* Data.Dumper.* POSIX.floor POSIX.ceil POSIX.fmod POSIX.pow POSIX.strftime POSIX.mktime POSIX.isatty POSIX.INT_MAX
  POSIX.DBL_MAX POSIX.LONG_MAX POSIX.setlocale POSIX.LC_ALL POSIX.strtol POSIX.strtod POSIX.round POSIX.trunc
  JSON.PP.* JSON.XS.* JSON.* Cpanel.JSON.XS.* Time.Local.* Time.HiRes.* Time.Piece.* Time.Seconds.* File.Basename.* File.Spec.*
  File.Spec.Functions.* Cwd.* Digest.* Digest.MD5.* Digest.SHA.* Getopt.Long.* Getopt.Std.* Text.Wrap.* Text.ParseWords.* Text.Tabs.*
  Text.Abbrev.* Text.CSV.* Text.CSV_XS.* Unicode.Normalize.* Encode.encode Encode.decode Encode.encode_utf8 Encode.decode_utf8
  Encode.is_utf8 Term.ANSIColor.* Math.BigInt.* Math.BigFloat.* Math.Trig.* Math.Complex.* Memoize.* 
  Carp.* Test.More.* Test.Simple.* Tie.File.* DateTime.* Hash.Util.* Storable.dclone Storable.freeze Sys.Hostname.* Config.*
  Pod.Usage.* YAML.Dump YAML.PP.* YAML.Tiny.* YAML.XS.Dump URI.* URI.Escape.* HTML.Entities.* MIME.Base64.encode MIME.Base64.encode_base64
  File.Find.* File.Glob.* File.stat.* IO.Handle.* Class.Struct.* constant.* English.* Errno.* Fcntl.* FindBin.* utf8.* bytes.*
  version.* UNIVERSAL.isa Unicode.UCD.* B.perlstring overload.StrVal 
`;

const notKnownSafe = `
  kill chdir chroot fcntl ioctl mkfifo truncate syswrite pipe dbmopen dbmclose tie setpgrp setpriority alarm umask lchown
  POSIX.* IO.* File.* DBI.* Tie.* write wait waitpid shmget shmread msgget semget goto can
`;

const evaluates = `
  regex_code s///ee syscall dump evalbytes CORE.dump Safe.* B.* Devel.* Inline.* Filter.* Acme.* Opcode.* XSLoader.* DynaLoader.*
  Module.Load.* Module.Runtime.* Class.Load.* UNIVERSAL.require Symbol.* mro.* overload.constant PadWalker.* re.eval FFI.* attributes.*
  bootstrap Text.Template.* Template.* Eval.*
`;

/** Every name, made once. */
export const perlNames = lazily(() =>
  namesOf(
    listed(asks, notKnownSafe),
    listed(pure, functions),
    listed(pure, modules),
    listed(pure, "wait waitpid alarm select write can"),
    listed(runsText, evaluates),
    listed(runsDecoded, "thaw retrieve Storable.* YAML.Load YAML.LoadFile YAML.XS.Load Data.Serializer.*"),
    listed(
      decodes,
      `unpack pack decode_base64 MIME.Base64.* decode_qp MIME.QuotedPrint.* uri_unescape inflate Compress.* IO.Uncompress.* decode_json
      Crypt.* decode Convert.*`,
    ),
    listed(pure, "decode_json from_json decode"),
    listed(special.words, "system exec"),
    listed(
      special.spawns,
      "fork open2 open3 IPC.Open2.open2 IPC.Open3.open3 IPC.Run.* IPC.Cmd.* IPC.System.* Proc.* run_forked Expect.*",
    ),
    listed(special.words, "capture systemx capturex runx"),
    listed(special.opens, "open"),
    listed(special.systemOpens, "sysopen"),
    listed(special.fileOpens, "IO.File.new IO.File.open FileHandle.new Path.Tiny.path"),
    listed(special.deletes, "unlink rmdir"),
    listed(
      deletes(),
      "rmtree remove_tree File.Path.rmtree File.Path.remove_tree File.Remove.remove File.Remove.rm pathrmdir",
    ),
    listed(
      special.copies("read"),
      "copy cp fcopy rcopy dircopy File.Copy.copy File.Copy.cp File.Copy.Recursive.fcopy File.Copy.Recursive.dircopy",
    ),
    listed(special.copies("write"), "move mv rename File.Copy.move File.Copy.mv"),
    listed(
      writes("create"),
      "mkdir mkpath make_path File.Path.mkpath File.Path.make_path tempfile tempdir File.Temp.*",
    ),
    listed(
      writes("overwrite"),
      "write_file File.Slurp.write_file overwrite_file edit_file File.Slurp.* spew Storable.store Storable.nstore store nstore",
    ),
    listed(writes("append"), "append_file"),
    listed(reads(), "read_file File.Slurp.read_file slurp"),
    listed(special.marks(1), "chmod"),
    listed(special.marks(2), "chown utime"),
    listed(marksAt(), "lchown"),
    listed(special.links, "symlink link"),
    listed(special.globs, "glob bsd_glob"),
    listed(special.runsFile, "do"),
    listed(readsEnvironment, "%ENV Env.*"),
    listed(
      talks("fetch"),
      "get getprint getstore head mirror LWP.Simple.* LWP.UserAgent.* HTTP.Tiny.* Mojo.UserAgent.* WWW.* Net.FTP.*",
    ),
    listed(
      talks("send"),
      `socket connect send recv socketpair getprotobyname inet_aton sockaddr_in gethostbyname IO.Socket.* Socket.* Net.*
      HTTP.Request.*`,
    ),
    listed(talks("listen"), "bind listen accept HTTP.Daemon.* HTTP.Server.*"),
    listed(gives(data), "shift pop"),
  ),
);

/** Modules that come with Perl and run nothing of the program's surroundings. */
export const perlModules = lazily(
  () =>
    new Set(
      `strict warnings utf8 feature bytes integer bigint bignum bigrat constant parent base vars English Carp Cwd Config Data::Dumper
      Digest Digest::MD5 Digest::SHA Encode Errno Exporter Fcntl File::Basename File::Copy File::Find File::Glob File::Path File::Spec
      File::Spec::Functions File::Temp File::stat FindBin Getopt::Long Getopt::Std Hash::Util IO::File IO::Handle IO::Socket IO::Select
      IO::Socket::INET IO::Socket::SSL IO::Compress::Gzip IO::Uncompress::Gunzip IPC::Open2 IPC::Open3 JSON::PP JSON JSON::XS List::Util
      LWP::Simple LWP::UserAgent HTTP::Tiny MIME::Base64 Math::BigFloat Math::BigInt Math::Trig Memoize POSIX Pod::Usage Scalar::Util Socket
      Storable Sys::Hostname Term::ANSIColor Test::More Test::Simple Text::Abbrev Text::ParseWords Text::Tabs Text::Wrap Text::CSV
      Text::CSV_XS Tie::File Time::HiRes Time::Local Time::Piece Unicode::Normalize Unicode::UCD YAML YAML::PP YAML::Tiny YAML::XS URI
      URI::Escape HTML::Entities autodie charnames diagnostics locale mro open overload sort subs threads version lib less sigtrap
      experimental Benchmark Env Symbol SelectSaver Tie::Hash Tie::Array B Safe FileHandle Class::Struct DateTime DBI Path::Tiny File::Slurp
      Try::Tiny Moose Moo builtin if fields filetest re vmsish attributes`.split(/\s+/),
    ),
);
