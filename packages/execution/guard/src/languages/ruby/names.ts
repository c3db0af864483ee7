// What Ruby's functions and classes do, by dotted path: `File.delete`, `FileUtils.rm_rf`, `system`.
import {
  asks,
  carries,
  decodes,
  deletes,
  deletesAll,
  gives,
  inspects,
  loads,
  pure,
  reads,
  readsEnvironment,
  readsVariable,
  runsDecoded,
  runsText,
  talks,
  writes,
} from "../walk/acts.ts";
import { lazily, listed, modulesOf, namesOf } from "../walk/names.ts";
import { data } from "../walk/value.ts";
import * as special from "./acts.ts";

const functions = `
  puts p print printf putc pp gets readline readlines loop lambda proc raise fail catch throw rand srand sleep format sprintf
  Integer Float String Array Hash Rational Complex exit exit! abort at_exit block_given? freeze caller __method__ __dir__ warn
  private public protected module_function include extend prepend private_constant attr_writer
  require_gem tap then itself frozen? dup clone nil? is_a? kind_of? respond_to? instance_of? object_id hash inspect
  to_s to_a to_h display class singleton_class methods instance_variables instance_variable_get instance_variable_set
  instance_variable_defined? srand select refine using undef_method remove_method new super chomp chop sub gsub
  assert assert_equal describe it expect subject let before after context
`;

const classes = `
  Array Array.* Hash Hash.* String String.* Integer Integer.* Float Float.* Symbol Regexp Regexp.* Range Range.* Rational Complex
  Comparable Enumerable Enumerator Enumerator.* Struct Data Set Set.* Time Time.* Date Date.* DateTime DateTime.* Math Math.*
  JSON JSON.* CSV CSV.parse CSV.parse_line CSV.generate CSV.generate_line CSV.new YAML YAML.dump YAML.safe_load YAML.load Psych
  Psych.dump Psych.safe_load StringIO StringIO.* SecureRandom.* Random Random.* Digest.* OpenSSL.Digest OpenSSL.Digest.*
  OpenSSL.HMAC.* OpenSSL.VERSION Base64.encode64 Base64.strict_encode64 Base64.urlsafe_encode64 Shellwords.* Abbrev.* BigDecimal
  BigDecimal.* Benchmark.* Timeout.timeout OptionParser OptionParser.* OpenStruct.* PP.* Prime.* Matrix.* Vector.* Monitor
  Mutex Mutex.* Queue Queue.* Thread.new Thread.current Fiber.new Etc.getlogin Etc.nprocessors Etc.getpwuid URI URI.parse URI.join
  URI.encode_www_form URI.encode_www_form_component URI.decode_www_form_component URI.decode_www_form URI.extract URI.regexp
  CGI.escape CGI.unescape CGI.escapeHTML CGI.unescapeHTML IPAddr.* Zlib.crc32 Zlib.adler32 Zlib.deflate Zlib.gzip RbConfig.* Gem
  Gem.Version.* Gem.VERSION Gem.ruby_version Gem.dir Gem.path Gem.loaded_specs Gem.platforms  Comparable.*
  RUBY_VERSION RUBY_PLATFORM RUBY_ENGINE RUBY_PATCHLEVEL RUBY_RELEASE_DATE RUBY_COPYRIGHT RUBY_DESCRIPTION ARGV ARGV.* ARGF ARGF.*
  STDIN STDIN.* STDOUT STDOUT.* STDERR STDERR.* DATA DATA.* Process.clock_gettime Process.pid Process.ppid Process.times Process.*_ID
  Process.CLOCK_MONOTONIC Encoding Encoding.* Exception StandardError RuntimeError ArgumentError TypeError Object.new Class.new
   BasicObject NilClass TrueClass FalseClass Proc Proc.new Method Signal.list Warning GC.start GC.stat GC.count
  Logger.* Racc.* Ripper.sexp Ripper.lex StringScanner StringScanner.* Delegator.* SimpleDelegator.* Singleton Forwardable Observable
  Nokogiri.HTML Nokogiri.XML REXML.* TOML.* Rational.*
  File.exist? File.file? File.directory? File.size File.size? File.basename File.dirname File.extname File.join File.expand_path
  File.stat File.lstat File.mtime File.ctime File.atime File.symlink? File.readlink File.realpath File.zero? File.readable?
  File.writable? File.executable? File.SEPARATOR File.split File.absolute_path File.absolute_path? File.fnmatch File.fnmatch?
  File.ftype File.identical? File.world_readable? File.empty? File.path File.realdirpath File.exists? File.birthtime File.SEEK_SET
  Dir.glob Dir.entries Dir.children Dir.each_child Dir.exist? Dir.pwd Dir.getwd Dir.home Dir.foreach Dir.new Dir.open Dir.empty?
  Dir.tmpdir Dir.exists? IO.pipe IO.select IO.SEEK_SET FileTest.*
`;

const notKnownSafe = `
  trap Signal.trap Process.kill Process.daemon Process.setuid Process.setgid Dir.chdir Dir.chroot FileUtils.cd FileUtils.chdir
  Thread.* Logger.new CSV.* Bundler.* Rake.* Minitest.* IO.* File.* Dir.* Gem.* Kernel.*
`;

const evaluates = `
  eval binding syscall define_method ObjectSpace.* TracePoint.* Fiddle.* DL.* RubyVM.* Ractor.*
  ERB ERB.* Binding.* IRB.* Ripper.* Object.const_get Object.const_missing set_trace_func callcc autoload_relative DRb.*
  Reline.* Readline.* Debugger.* byebug ExecJS.* RubyInline.* FFI.* Win32API.* WIN32OLE.*
`;

/** Every name, made once. */
export const rubyNames = lazily(() =>
  namesOf(
    listed(asks, notKnownSafe),
    listed(pure, functions),
    listed(pure, classes),
    listed(inspects, "Class Module"),
    listed(special.defines, "attr_accessor attr_reader attr Struct.new Data.define"),
    listed(runsText, evaluates),
    listed(runsDecoded, "Marshal.* YAML.unsafe_load YAML.unsafe_load_file Psych.unsafe_load Oj.* PStore.*"),
    listed(decodes, "Base64.decode64 Base64.strict_decode64 Base64.urlsafe_decode64 Zlib.* OpenSSL.* RbNaCl.*"),
    listed(special.evaluates, "instance_eval class_eval module_eval instance_exec class_exec"),
    listed(special.sends, "send public_send __send__"),
    listed(special.names, "method instance_method public_method alias_method"),
    listed(special.constant, "const_get Object.const_get Kernel.const_get"),
    listed(special.words, "system exec spawn Process.spawn Process.exec PTY.spawn PTY.getpty"),
    listed(
      special.words,
      "Open3: capture2 capture2e capture3 popen2 popen2e popen3 pipeline pipeline_r pipeline_w pipeline_rw",
    ),
    listed(special.words, "IO.popen"),
    listed(special.spawns, "fork Process.fork Process.wait Process.detach"),
    listed(pure, "Process.wait Process.detach"),
    listed(special.open, "open"),
    listed(special.openFile, "File.open File.new IO.sysopen CSV.open Zlib.GzipReader.open"),
    listed(
      special.readPath,
      "IO.read IO.readlines IO.foreach IO.binread File.read File.readlines File.foreach File.binread",
    ),
    listed(reads(), "CSV.read CSV.foreach CSV.table YAML.load_file YAML.safe_load_file JSON.load_file JSON.parse_file"),
    listed(special.writePath, "File.write IO.write IO.binwrite File.binwrite"),
    listed(
      carries("read"),
      "IO.copy_stream FileUtils.cp FileUtils.copy FileUtils.copy_file FileUtils.copy_entry FileUtils.cp_r FileUtils.install",
    ),
    listed(carries("write"), "File.rename FileUtils.mv FileUtils.move"),
    listed(deletesAll, "File.delete File.unlink Dir.rmdir Dir.delete Dir.unlink"),
    listed(
      deletes(),
      `FileUtils: rm rm_f rm_r rm_rf rmtree remove remove_dir remove_entry remove_entry_secure remove_file rmdir
      safe_unlink`,
    ),
    listed(
      writes("create"),
      "Dir.mkdir Dir.mktmpdir FileUtils.mkdir FileUtils.mkdir_p FileUtils.makedirs FileUtils.mkpath FileUtils.touch",
    ),
    listed(writes("create"), "Tempfile.new Tempfile.create Tempfile.open File.mkfifo"),
    listed(writes("empty"), "File.truncate"),
    listed(
      special.links,
      "File.symlink File.link FileUtils.ln FileUtils.ln_s FileUtils.ln_sf FileUtils.symlink FileUtils.link",
    ),
    listed(
      special.marks,
      "File.chmod File.chown File.lchmod File.lchown File.utime FileUtils.chmod FileUtils.chown FileUtils.chmod_R FileUtils.chown_R",
    ),
    listed(special.pathname, "Pathname Pathname.new Pathname.pwd"),
    listed(pure, "FileUtils.pwd FileUtils.compare_file FileUtils.identical? FileUtils.uptodate?"),
    listed(
      readsEnvironment,
      "ENV ENV.to_h ENV.to_hash ENV.each ENV.map ENV.select ENV.inspect ENV.to_a ENV.values ENV.filter ENV.sort",
    ),
    listed(readsVariable, "ENV.fetch ENV.[] ENV.dig"),
    listed(pure, "ENV.key? ENV.has_key? ENV.include? ENV.keys"),
    listed(asks, "ENV.delete ENV.store ENV.update ENV.replace ENV.clear ENV.merge!"),
    listed(special.requires, "require"),
    listed(loads(), "require_relative load autoload"),
    listed(
      talks("fetch"),
      "URI.open OpenURI.* Net.HTTP.get Net.HTTP.get_response Net.HTTP.get_print Net.FTP.* HTTParty.get Faraday.get RestClient.get",
    ),
    listed(
      talks("send"),
      "Net.* Socket Socket.* TCPSocket TCPSocket.* UDPSocket UDPSocket.* UNIXSocket.* OpenSSL.SSL.* HTTParty.* Faraday.* RestClient.* Excon.* Typhoeus.*",
    ),
    listed(talks("listen"), "TCPServer TCPServer.* UNIXServer.* WEBrick.* Rack.* Sinatra.*"),
    listed(gives(data), "self nil true false __FILE__ __LINE__ __ENCODING__"),
  ),
);

/** Classes and modules that the table knows. */
export const rubyModules = lazily(() => modulesOf(rubyNames()));
