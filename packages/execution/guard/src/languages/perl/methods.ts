// Methods of Perl's objects by name. Objects come from `new` of a class, and the class was judged there.
import { deletes, pure, reads, runsText, writes } from "../walk/acts.ts";
import { lazily, listed, namesOf } from "../walk/names.ts";
import * as special from "./acts.ts";

const values = `
  new print printf say getline getlines close eof opened fileno binmode autoflush blocking seek tell encode decode pretty canonical
  utf8 allow_nonref relaxed latin1 ascii indent space_before space_after convert_blessed allow_blessed parse parse_file get
  head post put delete request content decoded_content is_success status_line code message header headers success status agent
  timeout default_header add addfile hexdigest b64digest digest strftime strptime ymd mdy dmy hms epoch year mon mday hour min
  sec date time datetime month monname day dayname days hours minutes seconds add_duration subtract ymdhms tzoffset Dump Indent Sortkeys
  Terse Useqq Deepcopy Maxdepth catfile catdir splitdir splitpath rel2abs abs2rel canonpath tmpdir curdir updir rootdir
  file_name_is_absolute basename dirname slurp lines lines_utf8 slurp_utf8 children exists is_file is_dir stringify child parent
  sibling absolute relative realpath stat lstat size mtime getline_all column_names bind_columns print_hr csv fields combine string
  status error_diag error_input badd bmul bsub bdiv bpow bmod bsqrt bstr numify bfac bgcd is_zero is_odd is_even copy as_hex as_bin
  as_int bcmp isa can DOES VERSION name value key keys values each first last next reset push pop shift unshift count length join
  sort map grep reverse uniq sum as_string to_string clone id type host path scheme query port title body text links
  getoptions GetOptions usage configure read_string load_string load_file dump_string allow_loose_quotes sep_char eol
`;

/** Every method, made once. */
export const perlMethods = lazily(() =>
  namesOf(
    listed(pure, values),
    listed(special.spawns, "system exec run start spawn capture open2 open3 pump"),
    listed(runsText, "eval reval rdo compile fill_in process"),
    listed(deletes(-1), "remove_tree rmtree unlink remove rmdir"),
    listed(reads(-1), "slurp_raw openr openr_utf8"),
    listed(writes("overwrite", -1), "spew spew_utf8 spew_raw openw openw_utf8 truncate copy_to move_to mirror"),
    listed(writes("append", -1), "append append_utf8 append_raw opena"),
    listed(writes("create", -1), "mkpath mkdir make_path touch touchpath"),
    listed(special.fileOpens, "open"),
  ),
);
