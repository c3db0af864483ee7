// Methods of Python's objects by name: what an object of unknown class may be asked.
import {
  argument,
  carries,
  decodes,
  deletes,
  label,
  marks,
  pathOf,
  pure,
  reads,
  reporting,
  runsDecoded,
  runsShell,
  runsText,
  talks,
  wordsIn,
  writes,
} from "../walk/acts.ts";
import type { Act } from "../walk/dialect.ts";
import { lazily, listed, namesOf } from "../walk/names.ts";
import { data, knownText, listOf, textOf, thing } from "../walk/value.ts";
import * as special from "./acts.ts";
import * as start from "./programs.ts";

const values = `
  capitalize casefold center count encode endswith expandtabs find format format_map index isalnum isalpha isascii isdecimal
  isdigit isidentifier islower isnumeric isprintable isspace istitle isupper ljust lower lstrip maketrans partition
  removeprefix removesuffix rfind rindex rjust rpartition rsplit rstrip splitlines startswith strip swapcase title
  translate upper zfill hex tobytes tolist append extend insert pop remove clear reverse sort copy keys values items get
  setdefault update popitem fromkeys add discard union intersection difference symmetric_difference issubset issuperset
  isdisjoint intersection_update difference_update as_integer_ratio bit_length bit_count to_bytes from_bytes conjugate
  is_integer most_common elements subtract total appendleft popleft extendleft rotate move_to_end _asdict _replace
  read readline readlines readable seekable writable seek tell flush close closed fileno isatty getvalue getbuffer
  writelines readinto detach reconfigure
  group groups groupdict start end span expand finditer findall fullmatch match search sub subn scanner
  isoformat strftime strptime timestamp date time timetuple utctimetuple weekday isoweekday isocalendar toordinal
  astimezone utcoffset total_seconds today now utcnow fromtimestamp fromisoformat combine ctime tzname dst
  quantize normalize sqrt ln exp to_integral_value is_nan is_finite limit_denominator
  digest hexdigest block_size writerow writerows writeheader line_num
  exists is_file is_dir is_symlink is_absolute is_relative_to iterdir glob rglob stat lstat samefile owner match
  relative_to with_suffix with_name with_stem with_segments as_posix as_uri is_mount walk expanduser absolute resolve readlink
  joinpath home cwd full_match
  getroot iter itertext findtext getiterator toxml toprettyxml getElementsByTagName getAttribute hasAttribute
  getElementById cloneNode set attrib tostring
  add_argument parse_args parse_known_args add_subparsers add_parser add_mutually_exclusive_group set_defaults
  print_help error exit sections options has_option has_section getint getfloat getboolean read_string read_dict
  namelist infolist getnames getmembers getinfo getmember testzip
  send throw next cache_clear cache_info submit result done cancel as_completed map shutdown put put_nowait get_nowait qsize
  empty full task_done join start is_alive acquire release wait notify set is_set locked
  warning info debug error critical exception setLevel addHandler
  randint choice choices shuffle sample random uniform seed gauss
  release version as_tuple encode_default default iterencode
  mean median sum min max std var head tail describe groupby agg transform reset_index set_index sort_values sort_index
  drop dropna fillna isna notna astype value_counts nunique unique merge rename to_string to_dict to_list tolist to_numpy
  iterrows itertuples loc iloc nlargest nsmallest pivot apply applymap reindex melt cumsum reshape ravel flatten transpose dot
  argmax argmin round any all sum isin between shift rolling diff pct_change corr quantile mode idxmax idxmin info memory_usage
  fetchall fetchone fetchmany cursor commit rollback json raise_for_status iter_content iter_lines is_redirect
  add_done_callback run_until_complete gather __init__ __len__ __str__ __repr__ __enter__ __exit__ __iter__ __next__
  __contains__ __getitem__ __eq__ __lt__ __hash__ __add__ __post_init__ __init_subclass__ __set_name__ __new__
`;

const split: Act = {
  mild: true,
  run: (site) => {
    const text = knownText(site.on);
    if (text === null || argument(site, 0) !== undefined) return data;
    return listOf(
      text
        .split(/\s+/)
        .filter((word) => word !== "")
        .map(textOf),
    );
  },
};

const join: Act = {
  mild: true,
  run: (site) => {
    const words = wordsIn(argument(site, 0))?.map(knownText);
    const glue = knownText(site.on);
    return words?.every((word) => word !== null) && glue !== null ? textOf(words.join(glue)) : data;
  },
};

// `text.replace(a, b)` computes; `path.replace(target)` moves a file.
const replace: Act = {
  mild: true,
  run: (site) => {
    const target = argument(site, 0);
    const isMove = site.called && argument(site, 1) === undefined && site.args.every(({ name }) => name === null);
    if (isMove || (site.on.kind === "thing" && site.on.of === "Path"))
      site.walk.report({ kind: "write", path: pathOf(target), mode: "overwrite", what: label(site) });
    return data;
  },
};

const decode: Act = {
  mild: true,
  run: (site) => {
    const codec = knownText(argument(site, 0));
    if (site.args.length > 0 && !/^(?:utf|ascii|latin)/i.test(codec ?? "")) site.walk.notes.add("decodes");
    return data;
  },
};

// SQL: only a statement that reads passes.
const execute: Act = reporting((site) => {
  const statement = knownText(argument(site, 0));
  const reads =
    statement !== null && /^\s*(?:select|explain|pragma\s+\w+\s*;?\s*$)/i.test(statement) && !/;\s*\S/.test(statement);
  if (!reads) site.walk.report({ kind: "unknown", what: label(site) });
});

/** Every method, made once. */
export const pythonMethods = lazily(() =>
  namesOf(
    listed(pure, values),
    listed(special.closes, "written#close"),
    listed(split, "split"),
    listed(join, "join"),
    listed(replace, "replace"),
    listed(special.write, "write"),
    listed(decode, "decode"),
    listed(execute, "execute executemany"),
    listed(decodes, "fromhex decompress b64decode unhexlify decrypt"),
    listed(deletes(-1), "unlink rmdir"),
    listed(deletes(), "rmtree removedirs"),
    listed(reads(-1), "read_text read_bytes"),
    listed(reads(), "read_csv read_json"),
    listed(writes("overwrite", -1), "write_text write_bytes truncate"),
    listed(pure, "truncate"),
    listed(writes("create", -1), "mkdir touch"),
    listed(
      writes("overwrite"),
      "makedirs to_csv to_json to_excel to_parquet to_html to_sql to_pickle savefig save tofile savetxt",
    ),
    listed(writes("overwrite"), "extractall extract extractfile copyfile copytree copy2 save_as writexml"),
    listed(pure, "extractfile"),
    listed(carries("write", -1), "Path#rename Path#replace Path#move Path#copy Path#move_into Path#copy_into"),
    listed(writes("create", -1), "symlink_to hardlink_to link_to"),
    listed(marks(-1), "chmod lchmod"),
    listed(special.openSelf, "open"),
    listed(runsShell(), "system popen getoutput getstatusoutput create_subprocess_shell"),
    listed(start.subprocess, "Popen check_output check_call"),
    listed(
      start.spawns,
      `create_subprocess_exec execl execle execlp execlpe execv execve execvp execvpe spawnl spawnle
      spawnlp spawnlpe spawnv spawnve spawnvp spawnvpe posix_spawn posix_spawnp fork forkpty startfile`,
    ),
    listed(
      runsText,
      `eval exec_module load_module import_module run_path run_module runcode runsource mro find_class
      exec_command __subclasses__ __getattribute__ __import__ __reduce__ __call__ interact`,
    ),
    listed(runsDecoded, "loads_pickle unsafe_load read_pickle"),
    listed(talks("fetch"), "urlopen urlretrieve"),
    listed(talks("send"), "sendall sendto sendmail connect connect_ex create_connection"),
    listed(talks("listen"), "bind listen serve_forever"),
    listed(special.makePath, "Path"),
    listed(
      {
        mild: true,
        run: (site) =>
          thing(
            "Path",
            pathOf(
              special.makePath.run({ ...site, args: [{ name: null, value: site.on, spread: false }, ...site.args] }),
            ),
          ),
      },
      "Path#joinpath",
    ),
  ),
);
