// Traps, child shells and sourced texts: each line here was allowed because another shell was taken to know what this one knows, or not to change it.
import { describe } from "vitest";
import { linesAre } from "./profiles/example-lines.ts";

describe("traps", () => {
  linesAre(
    "deny",
    String.raw`
    x=ls; trap 'x=sudo' DEBUG; $x id
    x=ls; trap 'x=sudo' DEBUG; x=ls; $x id
    x=ls; trap '$x id' EXIT; x=sudo
    cd src; trap 'rm -rf *' EXIT; cd /etc
    f(){ :; }; trap f EXIT; f(){ sudo id; }
    x=ls; trap 'x=sudo' USR1; kill -USR1 $$; $x id
    x=ls; trap x=sudo ERR; false; $x id
    x=ls; trap -- 'x=sudo' DEBUG; $x id
    trap 'cd /' DEBUG; rm -rf *
    f(){ :; }; trap 'f(){ sudo id; }' DEBUG; f
    f(){ trap 'x=sudo' RETURN; x=ls; }; f; $x id
    x=ls; (trap 'x=sudo' DEBUG); f(){ x=sudo; }; trap f DEBUG; $x id
    trap 'cd /' ERR; false; rm -rf etc
    `,
  );
  linesAre(
    "ask",
    String.raw`
    set -- ls; trap 'set -- sudo' DEBUG; $1 id
    `,
  );
});

describe("what a child shell inherits", () => {
  linesAre(
    "deny",
    String.raw`
    x=echo; bash -c '$x sudo id'
    x='#'; bash -c 'eval "${"${"}x}sudo id"'
    export x=echo; env -i bash -c '$x sudo id'
    export x=echo; env -u x bash -c '$x sudo id'
    x=echo; (export x; bash -c :); bash -c '$x sudo id'
    x=echo; if test -f a; then export x; fi; bash -c '$x sudo id'
    export x=echo; unset x; x=echo; bash -c '$x sudo id'
    x=echo; echo '$x sudo id' > s.sh; sh s.sh
    x=echo; echo '$x sudo id' > s.sh; ./s.sh
    x=echo; xargs sh -c '$x sudo id'
    x=echo; find . -exec sh -c '$x sudo id' \;
    x=echo; timeout 5 sh -c '$x sudo id'
    x=echo; nohup sh -c '$x sudo id'
    x=echo; env -i sh -c '$x sudo id'
    export x=echo; env - sh -c '$x sudo id'
    export x=echo; env --unset=x sh -c '$x sudo id'
    export x=echo; env -u"x" sh -c '$x sudo id'
    export x=echo; exec -c sh -c '$x sudo id'
    export x=echo; x= sh -c '$x sudo id'
    export x=echo; x=sudo sh -c '$x id'
    x=echo; x=sudo sh -c '$x id'
    `,
  );
  linesAre(
    "ask",
    String.raw`
    mytool(){ :; }; bash -c 'mytool'
    mytool(){ :; }; env mytool
    IFS="$(cat f) "; c='env -u AechoAsudo id'; $c
    f() { echo hi; }; export -f f; unset -f f; bash -c f
    env -u * echo hi
    mytool=ls; mytool() { :; }; nice mytool
    `,
  );
});

describe("sourced texts", () => {
  linesAre(
    "deny",
    String.raw`
    x=ls; source <(echo x=sudo); $x id
    echo x=sudo > e.sh; x=ls; source e.sh; $x id
    echo 'f() { sudo id; }' > e.sh; f() { :; }; . ./e.sh; f
    echo 'cd /' > e.sh; . ./e.sh; rm -rf *
    x=ls; . /dev/stdin <<< 'x=sudo'; $x id
    x=ls; source /dev/stdin <<< 'x=sudo'; $x id
    x=ls; echo x=sudo | . /dev/stdin; $x id
    x=ls; cat <<E > e.sh; . ./e.sh; $x id\nx=sudo\nE
    x=ls; printf 'x=%s\n' sudo > e.sh; . e.sh; $x id
    set -- ls; . scripts/build.sh sudo; f(){ :; }; eval 'set -- sudo'; $1 id
    set -- ls; source <(echo 'set -- sudo'); $1 id
    x=ls; tee f.sh <<< x=sudo; . ./f.sh; $x id
    echo x=sudo > e.sh; x=ls; cp e.sh f.sh; . ./f.sh; $x id
    x=ls; builtin source <(echo x=sudo); $x id
    x=ls; command . <(echo x=sudo); $x id
    cd src; . <(echo 'cd /'); rm -rf *
    `,
  );
  linesAre(
    "ask",
    String.raw`
    mytool(){ :; }; . <(echo 'unset -f mytool'); mytool
    `,
  );
});
