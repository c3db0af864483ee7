// An unknown value is never taken for a known one: each line here was allowed because a value was read where another one may stand.
import { describe } from "vitest";
import { linesAre } from "./profiles/example-lines.ts";

describe("elements of arrays", () => {
  linesAre(
    "deny",
    String.raw`
    arr=('#'); i=3; eval "${"${"}arr[i]}sudo id"
    mapfile -t a < <(printf 'ls\n\nsudo\n'); ${"${"}a[2]} id
    declare -i n; n='a[$(sudo id)]'
    set -- xxls sudo; ${"${"}@:2} id
    arr=(a b); a=ls; b=sudo; ${"${"}!arr[1]} id
    x=ls; mapfile -C 'x=sudo;:' -c 1 y < README.md; $x id
    x=sudo; while :; do [ -f a ] && break; x=ls; break; done; $x id
    x=(ls); f(){ local x=sudo; }; f; ${"${"}x[0]} id; ${"${"}x[@]} id; ${"${"}x[3]} id
    x=ls; [[ -n ${"${"}x:=sudo} ]]; unset x; [[ -n ${"${"}x:=sudo} ]]; $x id
    `,
  );
  linesAre(
    "ask",
    String.raw`
    arr=([5]=sudo); ${"${"}arr[5]} id
    arr=(echo sudo); unset 'arr[0]'; ${"${"}arr[@]} id
    arr=([2]=sudo ls); eval "${"${"}arr[2]} id"
    arr=(ls echo); arr[-1]=sudo; ${"${"}arr[1]} id
    arr=(ls); arr[1000]=sudo; ${"${"}arr[1000]} id
    i=$(cat f); arr=(ls echo); arr[i]=sudo; ${"${"}arr[0]} id
    arr=(echo ls); arr[i]=sudo; ${"${"}arr[0]} id
    a=($(cat f)); ${"${"}a[1]} id
    declare -A m; m[01]=sudo; m[1]=ls; ${"${"}m[01]} id
    arr=(ls ls ls ls ls ls ls ls ls); arr[010]=sudo; ${"${"}arr[8]} id
    arr=(ls ls ls ls ls ls ls ls sudo ls ls); ${"${"}arr[010]} id
    arr=(ls); printf -v 'arr[0]' sudo; ${"${"}arr[0]} id
    arr=(ls); read 'arr[0]' <<< sudo; ${"${"}arr[0]} id
    arr=(ls); declare 'arr[0]=sudo'; ${"${"}arr[0]} id
    arr=(ls); export 'arr=sudo'; ${"${"}arr[0]} id
    arr=(ls); unset arr; : ${"${"}arr[0]:=sudo}; ${"${"}arr[0]} id
    if test -f a; then a=(ls ls); else a=(ls sudo); fi; a[0]=ls; ${"${"}a[1]} id
    mapfile -s 1 -t a < <(printf 'ls\nsudo\n'); ${"${"}a[0]} id
    mapfile -O 1 -t a < <(printf 'sudo\nls\n'); ${"${"}a[1]} id
    mapfile -d x -t a < <(printf 'lsxsudo'); ${"${"}a[1]} id
    `,
  );
});

describe("numbers that expressions set", () => {
  linesAre(
    "ask",
    String.raw`
    i=1; arr=(ls sudo); ${"${"}arr[$(( (4294967296 & 4294967296) / 4294967296 ))]} id
    i=0; arr=(ls sudo); (( i += 1 )); ${"${"}arr[$i]} id
    i=0; arr=(ls sudo); (( i ? 0 : (i=1) )); ${"${"}arr[$i]} id
    i=0; arr=(ls sudo); [[ i=1 -eq 1 ]]; ${"${"}arr[$i]} id
    i=0; arr=(ls sudo); s=abc; echo ${"${"}s:i=1}; ${"${"}arr[$i]} id
    i=0; arr=(ls sudo); declare -i k=i=1; ${"${"}arr[$i]} id
    i=0; arr=(ls sudo); let "i++"; ${"${"}arr[$i]} id
    i=0; arr=(ls sudo); let "$(cat f)"; ${"${"}arr[$i]} id
    i=0; arr=(ls sudo); test -v 'a[i=1]'; ${"${"}arr[$i]} id
    i=0; arr=(ls sudo); b[i=1]=x; ${"${"}arr[$i]} id
    i=0; arr=(ls sudo); b=([i=1]=x); ${"${"}arr[$i]} id
    i=0; arr=(ls sudo); unset 'b[i=1]'; ${"${"}arr[$i]} id
    i=0; arr=(ls sudo); read 'b[i=1]' <<< x; ${"${"}arr[$i]} id
    i=0; arr=(ls sudo); printf -v 'b[i=1]' x; ${"${"}arr[$i]} id
    i=0; arr=(ls sudo); echo ${"${"}!b[i=1]} ; ${"${"}arr[$i]} id
    i=0; arr=(ls sudo); x=i=1; echo $((x)); ${"${"}arr[$i]} id
    i=0; arr=(ls sudo); x=i=1; echo $(($x)); ${"${"}arr[$i]} id
    i=0; arr=(ls sudo); echo $(( $(echo i=1) )); ${"${"}arr[$i]} id
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
    printf -v LD_PRELOAD ./x.so; ls
    x=ls; . /dev/stdin <<< 'x=sudo'; $x id
    x=ls; source /dev/stdin <<< 'x=sudo'; $x id
    x=ls; echo x=sudo | . /dev/stdin; $x id
    x=ls; cat <<E > e.sh; . ./e.sh; $x id\nx=sudo\nE
    x=echo; echo '$x sudo id' > s.sh; ./s.sh
    set -- ls; source <(echo 'set -- sudo'); $1 id
    x=ls; cat > f.sh <<E\nx=sudo\nE\n. ./f.sh; $x id
    x=ls; tee f.sh <<< x=sudo; . ./f.sh; $x id
    echo x=sudo > e.sh; x=ls; cp e.sh f.sh; . ./f.sh; $x id
    x=ls; builtin source <(echo x=sudo); $x id
    x=ls; command . <(echo x=sudo); $x id
    x=ls; f(){ . <(echo x=sudo); }; f; $x id
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

describe("functions and what they hide", () => {
  linesAre(
    "deny",
    String.raw`
    x=sudo; f() { local x; x=ls; }; f; $x id
    x=sudo; f(){ return; x=ls; }; f; $x id
    if test -f a; then f(){ sudo id; }; else f(){ :; }; fi; f
    f(){ :; }; command eval 'f(){ sudo id; }'; f
    alias e='xargs -I'; e '#' sudo id
    f(){ $x id; }; x=ls; x=sudo f
    cd /; f() { return; cd /home/dev/project; }; f; rm -rf *
    set -- ls; . scripts/build.sh sudo; f(){ :; }; eval 'set -- sudo'; $1 id
    `,
  );
  linesAre(
    "ask",
    String.raw`
    mytool(){ :; }; unset -f mytool; mytool
    alias mytool=ls; mytool
    f(){ $2 id; }; f * ls
    alias mytool=ls; unalias mytool; mytool
    unset -f f; f(){ :; }; if test -f a; then unset -f f; fi; f
    f() { return; mytool() { :; }; }; f; mytool
    test -f a && f() { :; }; f
    f() { unset -f f; f; }; f
    `,
  );
});

describe("splitting and reading", () => {
  linesAre(
    "deny",
    String.raw`
    x='#'; unset $(cat f); eval "${"${"}x}sudo id"
    readonly x=sudo\nx=ls\n$x id
    unset x; ${"${"}x-sudo} id
    { read a; read b; } <<< '#'; eval "$b sudo id"
    IFS=$'\n'; set -- '#' 'sudo id'; eval "$*"
    IFS=- read x y <<< 'a-sudo'; $y id
    unset x; cat <<< "${"${"}x:=sudo}"; $x id
    unset x; cat <<E\n${"${"}x:=sudo}\nE\n$x id
    unset x; echo > "${"${"}x:=sudo}"; $x id
    unset x; case ${"${"}x:=sudo} in *) :;; esac; $x id
    unset x; for y in ${"${"}x:=sudo}; do :; done; $x id
    unset x; export z=${"${"}x:=sudo}; $x id
    unset x; z=(${"${"}x:=sudo}); $x id
    unset x; eval : '${"${"}x:=sudo}'; $x id
    x=ls; unset -v x; x=${"${"}x-sudo}; $x id
    `,
  );
  linesAre(
    "ask",
    String.raw`
    IFS=: read a b <<< ':sudo'; $b id
    IFS=: read a b c <<< 'ls::sudo'; $c id
    x=ls; echo sudo | read x; $x id
    set -- ls; if test -f a; then set -- sudo; fi; $1 id
    set -- sudo; shift 5; eval "$1 id"
    set -- $(cat f) ls; $2 id
    `,
  );
});

describe("every way to set a variable", () => {
  linesAre(
    "deny",
    String.raw`
    declare -r x=sudo\nx=ls\n$x id
    x=echo; wait -n -p x; $x sudo id
    if test -f a; then x='#'; else x=''; fi; x+=sudo; eval "$x id"
    for i in 1; do x=sudo; break; x=ls; done; $x id
    x=ls; for f in *; do $x id; x=sudo; done
    x=ls; x=sudo eval '$x id'
    shopt -s cdable_vars; e=/etc; cd e && rm -rf *
    x=ls; for x in sudo ls; do break; done; $x id
    x=ls; printf -vx sudo; $x id
    x=ls; printf 'x=%s\n' sudo > e.sh; . e.sh; $x id
    x=echo; sh <<'E'\n$x sudo id\nE
    x=echo; echo '$x sudo id' | sh
    x=echo; sh <(echo '$x sudo id')
    x=echo; echo '$x sudo id' > s.sh; sh s.sh
    x=echo; make -f <(printf 'a:\n\t$x sudo id\n')
    x=echo; python3 -c "import os; os.system('\$x sudo id')"
    x=echo; node -e 'require("child_process").execSync("$x sudo id")'
    PWD=/tmp; cd /; rm -rf "$PWD"/etc
    x=ls; echo "${"${"}x:=sudo}" ; x=; : "${"${"}x:=sudo}"; $x id
    x=ls; select x in sudo ls; do break; done; $x id
    ls | cd /; rm -rf etc
    `,
  );
  linesAre(
    "ask",
    String.raw`
    x=ls y=ls; while test -f a; do $x id; x=$y; y=sudo; done
    if test -f a; then x=ls; fi; $x id
    HOME=$(cat f); echo x > ~/project/a
    x=ls; getopts a x; $x id
    x=ls; printf -v "$y" sudo; $x id
    x=ls; exec {x}>/dev/null; arr=(a); eval "$x"
    x=ls; declare "$y=sudo"; $x id
    x=ls; coproc x { sleep 1; }; $x id
    x=ls; _=ls; : sudo; $_ id
    `,
  );
});
