// Methods of Ruby's objects by name. A call without brackets looks like a look-up, so every look-up is a call.
import {
  argument,
  carries,
  decodes,
  deletes,
  inspects,
  label,
  marks,
  pathOf,
  pure,
  reads,
  reporting,
  runsText,
  talks,
  writes,
} from "../walk/acts.ts";
import type { Act } from "../walk/dialect.ts";
import { lazily, listed, namesOf } from "../walk/names.ts";
import { concat, data, knownText, textOf, thing } from "../walk/value.ts";
import * as special from "./acts.ts";

const values = `
  grep grep_v each_entry zip length size count empty? nil? any? all? none? one? include? member? key? has_key? value? has_value? keys values each each_pair
  each_with_index each_with_object each_slice each_cons each_char each_line each_byte each_key each_value each_entry each_index
  map map! flat_map collect collect! filter_map select select! filter filter! reject reject! find detect find_all find_index
  partition group_by chunk_while slice_when zip product combination permutation transpose rotate shuffle sample reduce inject
  sum min max minmax min_by max_by sort sort! sort_by sort_by! reverse reverse! reverse_each uniq uniq! compact compact! flatten
  flatten! tally first last take take_while drop drop_while push pop shift unshift append prepend insert concat fill delete
  delete_at delete_if keep_if clear replace index rindex values_at fetch dig store merge merge! update to_a to_h to_s to_str to_i to_f
  to_r to_c to_sym to_proc to_set to_json to_yaml to_enum to_ary to_hash inspect join * + - & | <=> == === != =~ < > <= >= [] []= <<
  cycle lazy force with_index with_object next peek rewind step upto downto times succ pred chr ord abs ceil floor round
  truncate divmod modulo remainder fdiv pow digits gcd lcm odd? even? zero? positive? negative? integer? finite? nan? infinite?
  between? clamp coerce bit_length real imaginary
  upcase downcase capitalize swapcase upcase! downcase! capitalize! swapcase! strip lstrip rstrip strip! lstrip! rstrip!
  chomp chomp! chop chop! chars bytes lines codepoints split gsub gsub! sub sub! tr tr_s tr! delete_prefix delete_suffix
  squeeze scan match match? start_with? end_with? center ljust rjust slice slice! byteslice casecmp casecmp? hex oct
  encode force_encoding encoding valid_encoding? unicode_normalize ascii_only? bytesize getbyte setbyte sum crypt dump
  freeze frozen? dup clone itself hash eql? equal? object_id is_a? kind_of? instance_of? respond_to? class name superclass
  ancestors instance_variables method_defined? instance_methods methods public_methods singleton_methods const_defined?
  constants instance_variable_get instance_variable_set arity parameters source_location curry >> call yield
  message backtrace full_message exit! cause captures named_captures pre_match post_match begin end offset names string
  source options regexp
  year month day hour min sec usec nsec wday yday strftime iso8601 xmlschema utc localtime getlocal to_date to_time to_datetime
  monday? tuesday? wednesday? thursday? friday? saturday? sunday? next_day prev_day next_month prev_month cwday cweek mjd jd zone
  read readline readlines gets getc each_char eof? close closed? rewind lineno pos seek fileno tty? isatty flush sync sync= binmode
  puts print printf write putc p ungetc external_encoding set_encoding fsync winsize
  hexdigest digest base64digest update hex uuid random_number alphanumeric headers header row fields field by_row to_csv
  exist? file? directory? symlink? readable? writable? executable? basename dirname extname parent children glob entries relative?
  absolute? expand_path realpath relative_path_from join cleanpath descend ascend each_child each_filename mtime atime ctime
  stat lstat zero? root? sub_ext world_readable? ftype mode uid gid blksize blocks
  on banner parse parse! summary separator help version requirement specification full_name
  scheme host port path query fragment userinfo opaque request_uri normalize route_to body code status
  lock unlock synchronize join value alive? wakeup stop? pass report real utime stime total measure bm bmbm
  with_indent pretty_inspect pretty_print then yield_self tap presence blank? present? try deep_dup symbolize_names
  transform_values transform_keys transform_values! transform_keys! filter_map sum_by invert key rassoc assoc compare_by_identity
  default default= default_proc any_key? slice except delete_all find_or product bsearch pack_size new allocate
  elements text attributes xpath css at_xpath at_css root content inner_text add_element get_text
  superset? subset? disjoint? intersect? intersection union difference add add? subtract empty set
  signum numerator denominator rationalize sqrt log log2 log10 sin cos tan exp cbrt hypot atan2
  success? exitstatus pid to_i message= set_backtrace detailed_message
`;

const unpack: Act = {
  mild: true,
  run: (site) => {
    site.walk.notes.add("decodes");
    return data;
  },
};

const joins: Act = {
  mild: true,
  run: (site) => {
    const glue = site.args.length === 0 ? "" : knownText(argument(site, 0));
    if (site.on.kind === "thing") return thing(site.on.of);
    if (glue === null || site.on.kind !== "list" || !site.on.whole) return data;
    return concat(site.on.items.flatMap((item, at) => (at === 0 ? [item] : [textOf(glue), item])));
  },
};

// `text.open` and `path.open(mode)`.
const opensSelf: Act = reporting((site) => {
  const mode = site.called ? argument(site, 0) : data;
  const text = mode === undefined ? "r" : knownText(mode);
  const path = pathOf(site.on);
  if (text !== null && !/[wa+]/.test(text)) site.walk.report({ kind: "read", path, what: label(site) });
  else site.walk.report({ kind: "write", path, mode: "overwrite", what: label(site) });
});

/** Every method, made once. */
export const rubyMethods = lazily(() =>
  namesOf(
    listed(pure, values),
    listed(joins, "join"),
    listed(unpack, "unpack unpack1 pack decode64 strict_decode64 urlsafe_decode64 inflate"),
    listed(decodes, "final decrypt"),
    listed(special.sends, "send public_send __send__"),
    listed(special.names, "method instance_method public_method unbind alias_method"),
    listed(special.constant, "const_get"),
    listed(special.toProcedure, "to_proc"),
    listed(
      { mild: true, run: ({ on }) => (on.kind === "text" ? on : data) },
      "to_sym intern to_s to_str itself dup freeze",
    ),
    listed(special.defines, "attr_accessor attr_reader"),
    listed(special.evaluates, "instance_eval class_eval module_eval instance_exec class_exec module_exec"),
    listed(
      runsText,
      "eval result result_with_hash binding define_method define_singleton_method remove_const local_variable_set const_missing load_iseq",
    ),
    listed(inspects, "class"),
    listed(deletes(-1), "unlink rmtree rmdir Pathname#delete"),
    listed(deletes(), "rm rm_f rm_r rm_rf remove_entry remove_dir remove_file remove_entry_secure"),
    listed(reads(-1), "Pathname#read Pathname#readlines Pathname#binread Pathname#each_line Pathname#foreach"),
    listed(writes("overwrite", -1), "Pathname#write Pathname#binwrite binwrite"),
    listed(writes("create", -1), "mkdir mkpath mkdir_p make_symlink make_link"),
    listed(carries("write", -1), "Pathname#rename rename mv"),
    listed(marks(-1), "chmod chown lchmod lchown utime"),
    listed(writes("empty", -1), "Pathname#truncate"),
    listed(opensSelf, "open"),
    listed(special.words, "system exec spawn popen popen2 popen2e popen3 capture2 capture2e capture3 pipeline"),
    listed(talks("send"), "request get_response post post_form put patch start connect send_request sendmail"),
    listed(talks("listen"), "listen bind accept"),
  ),
);
