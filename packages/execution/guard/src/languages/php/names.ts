// What PHP's functions and classes do, in small letters.
import {
  asks,
  carries,
  decodes,
  deletes,
  inspects,
  marks,
  pure,
  reads,
  readsEnvironment,
  readsVariable,
  runsDecoded,
  runsShell,
  runsText,
  talks,
  writes,
} from "../walk/acts.ts";
import { lazily, listed, namesOf } from "../walk/names.ts";
import * as special from "./acts.ts";

const functions = `
  strlen str_repeat strrev strtolower strtoupper ucfirst ucwords lcfirst trim ltrim rtrim chop substr substr_count substr_replace
  strpos stripos strrpos strstr stristr strrchr str_contains str_starts_with str_ends_with str_replace str_ireplace str_split
  str_pad str_word_count strcmp strcasecmp strncmp strncasecmp strnatcmp strtr sprintf printf vsprintf vprintf fprintf number_format implode join explode nl2br
  htmlspecialchars htmlentities addslashes stripslashes wordwrap similar_text levenshtein soundex metaphone
  nl_langinfo money_format chunk_split lcg_value ord chr bin2hex dechex hexdec bindec decbin octdec decoct base_convert crc32 md5
  sha1 hash hash_algos hash_hmac md5_file sha1_file hash_file random_int random_bytes uniqid mt_rand rand mt_srand srand mt_getrandmax password_hash
  password_verify base64_encode urlencode rawurlencode urldecode rawurldecode http_build_query parse_url parse_str serialize json_encode json_decode
  json_last_error json_last_error_msg json_validate var_dump var_export print_r debug_zval_refcount echo print count sizeof in_array array_keys array_values
  array_merge array_merge_recursive array_combine array_flip array_fill array_fill_keys array_pad array_chunk array_slice array_splice
  array_unique array_sum array_product array_reverse array_search array_key_exists array_key_first array_key_last array_push array_pop
  array_shift array_unshift array_column array_diff array_diff_key array_diff_assoc array_intersect array_intersect_key array_rand array_count_values array_is_list
  range compact sort rsort asort arsort ksort krsort natsort natcasesort shuffle min max abs ceil floor round sqrt pow exp log log10 log2 sin cos tan
  pi fmod intdiv is_nan is_infinite is_finite array list isset empty unset is_array is_string is_int is_integer is_float is_bool is_null
  is_numeric is_object is_callable is_scalar is_iterable is_countable is_resource gettype get_debug_type intval floatval strval boolval settype
  int float string bool object integer boolean double date time mktime gmdate microtime hrtime strtotime checkdate date_default_timezone_set
  date_default_timezone_get getdate localtime idate usleep sleep date_create date_diff preg_match preg_match_all preg_replace preg_split
  preg_quote preg_grep preg_last_error preg_last_error_msg mb_strlen mb_substr mb_strtoupper mb_strtolower mb_strpos mb_str_split mb_convert_case
  mb_detect_encoding mb_convert_encoding mb_internal_encoding mb_check_encoding iconv utf8_encode utf8_decode ctype_alpha ctype_digit ctype_alnum
  ctype_upper ctype_lower ctype_space ctype_punct ctype_xdigit file_exists is_file is_dir is_link is_readable is_writable is_executable
  filesize filemtime filectime fileatime fileperms fileowner filetype stat lstat basename dirname pathinfo realpath getcwd scandir glob
  fnmatch disk_free_space disk_total_space opendir readdir closedir rewinddir fclose feof fgets fgetc fread fscanf fwrite fputs fputcsv
  fgetcsv fflush ftell fseek rewind flock str_getcsv stream_get_contents stream_get_line  sys_get_temp_dir phpversion php_sapi_name php_uname
  php_ini_loaded_file php_ini_scanned_files  zend_version extension_loaded get_loaded_extensions get_extension_funcs function_exists class_exists
  method_exists property_exists get_class get_parent_class get_object_vars get_class_methods  defined define 
  memory_get_usage memory_get_peak_usage gc_collect_cycles getmypid getmyuid get_current_user gethostname sys_getloadavg set_time_limit
  error_reporting ini_get ini_get_all trigger_error error_get_last debug_print_backtrace spl_object_id spl_object_hash iterator_to_array iterator_count exit die
  ob_get_clean ob_get_contents ob_end_clean ob_end_flush flush  filter_var ip2long long2ip  version_compare highlight_string
  array_flip array_replace key current next prev reset end each  posix_getpid posix_getuid posix_geteuid posix_getpwuid posix_uname
  true false null        php_version php_eol php_os php_os_family php_int_max
  php_int_min php_int_size php_float_epsilon php_major_version php_minor_version php_release_version php_binary directory_separator path_separator
  stdin stdout stderr e_all e_strict m_pi json_pretty_print json_throw_on_error json_unescaped_slashes json_unescaped_unicode
  token_get_all token_name  simplexml_load_string ctype_print  mb_str_pad
  datetime datetimeimmutable datetimezone dateinterval dateperiod exception errorexception runtimeexception invalidargumentexception typeerror
  stdclass arrayobject arrayiterator splstack splqueue splobjectstorage splpriorityqueue splheap splfixedarray generator  weakmap numberformatter
  datetime.* datetimeimmutable.* dateinterval.* arrayiterator.* collator intldateformatter simplexmlelement  jsonexception parent self static
`;

const notKnownSafe = `
  chdir chroot ftruncate putenv ini_set set_include_path posix_kill phpinfo get_defined_vars get_defined_constants extract  apache_setenv
  get_defined_functions constant error_log umask  stream_wrapper_register stream_filter_append  pdo mysqli sqlite3 domdocument.* domdocument phar phardata ziparchive
  splfileobject  directoryiterator filesystemiterator recursivedirectoryiterator simplexml_load_file dom_import_simplexml
`;

/** Every name, made once. */
export const phpNames = lazily(() =>
  namesOf(
    listed(asks, notKnownSafe),
    listed(pure, functions),
    listed(inspects, "get_class gettype"),
    listed(
      runsText,
      `eval assert create_function  reflectionfunction reflectionmethod reflectionclass reflectionobject reflectionproperty
      closure.fromcallable ffi ffi.* dl mb_ereg_replace runkit_function_add uopz_set_return classkit_method_add reflection.* yaml_parse closure
      mb_eregi_replace`,
    ),
    listed(runsDecoded, "unserialize igbinary_unserialize msgpack_unpack"),
    listed(
      decodes,
      `base64_decode hex2bin gzinflate gzuncompress gzdecode str_rot13 convert_uudecode bzdecompress zlib_decode pack unpack
      openssl_decrypt sodium_crypto_secretbox_open quoted_printable_decode html_entity_decode htmlspecialchars_decode strrev`,
    ),
    listed(
      special.callbacks(0),
      "call_user_func call_user_func_array forward_static_call forward_static_call_array array_map register_shutdown_function",
    ),
    listed(
      special.callbacks(0),
      "spl_autoload_register set_error_handler set_exception_handler ob_start header_register_callback register_tick_function",
    ),
    listed(
      special.callbacks(1),
      "array_filter array_walk array_walk_recursive array_reduce usort uasort uksort preg_replace_callback iterator_apply",
    ),
    listed(
      special.callbacks(1),
      "array_find array_any array_all array_udiff array_uintersect array_diff_ukey preg_replace_callback_array pcntl_signal mb_ereg_replace_callback",
    ),
    listed(runsShell(), "system exec passthru shell_exec"),
    listed(special.replaces, "preg_replace"),
    listed(special.pipes, "popen expect_popen"),
    listed(special.opensProcess, "proc_open"),
    listed(special.executes, "pcntl_exec"),
    listed(special.spawns, "pcntl_fork pcntl_rfork mail mb_send_mail"),
    listed(special.opens, "fopen gzopen bzopen"),
    listed(
      special.readsOrFetches,
      "file_get_contents file readfile parse_ini_file fpassthru highlight_file show_source php_strip_whitespace getimagesize",
    ),
    listed(reads(), "md5_file sha1_file gzfile readgzfile yaml_parse_file exif_read_data "),
    listed(special.putsContents, "file_put_contents"),
    listed(deletes(), "unlink rmdir"),
    listed(carries("write"), "rename move_uploaded_file"),
    listed(carries("read"), "copy"),
    listed(writes("create"), "mkdir touch tempnam tmpfile"),
    listed(marks(), "chmod chown chgrp lchown lchgrp"),
    listed(special.links, "symlink link"),
    listed(readsVariable, "getenv"),
    listed(readsEnvironment, "$_env $_server"),
    listed(
      talks("fetch"),
      "curl_init curl_exec curl_multi_exec get_headers fetch http_get dns_get_record gethostbyname getmxrr soapclient ftp_connect checkdnsrr",
    ),
    listed(
      talks("send"),
      "fsockopen pfsockopen stream_socket_client socket_connect socket_create ssh2_connect imap_open ldap_connect",
    ),
    listed(talks("listen"), "stream_socket_server socket_listen socket_bind socket_create_listen"),
    listed(pure, "curl_close curl_version  curl_error curl_getinfo"),
  ),
);
