// The libraries that come with Ruby.
import { lazily } from "../walk/names.ts";

/** Libraries that come with Ruby. */
export const rubyLibraries = lazily(
  () =>
    new Set(
      `json csv yaml psych set date time fileutils pathname open3 open-uri net/http net/https uri digest digest/md5 digest/sha1
      digest/sha2 securerandom base64 zlib erb optparse ostruct pp prettyprint stringio strscan tempfile tmpdir timeout benchmark
      shellwords socket openssl etc English forwardable singleton delegate observer bigdecimal bigdecimal/util matrix prime
      logger monitor thread io/console io/wait pstore cgi cgi/util cgi/escape webrick ipaddr abbrev find getoptlong rbconfig ripper
      readline reline irb rexml/document objspace fiddle pty syslog tsort weakref drb rubygems bundler enumerator rational complex
      continuation coverage racc win32ole un mkmf minitest/autorun test/unit rake`.split(/\s+/),
    ),
);
