// An unknown value is never taken for a known one: each line here was allowed because a value was read where another one may stand.
import { describe } from "vitest";
import { linesAre } from "./profiles/example-lines.ts";

describe("numbers that expressions set", () => {
  linesAre(
    "deny",
    String.raw`
    declare -i n; n='a[$(sudo id)]'
    `,
  );
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

describe("loops, and what is left early", () => {
  linesAre(
    "deny",
    String.raw`
    x=sudo; f(){ return; x=ls; }; f; $x id
    for i in 1; do x=sudo; break; x=ls; done; $x id
    x=ls; for f in *; do $x id; x=sudo; done
    x=ls; for x in sudo ls; do break; done; $x id
    x=sudo; while :; do [ -f a ] && break; x=ls; break; done; $x id
    cd /; f() { return; cd /home/dev/project; }; f; rm -rf *
    unset x; for y in ${"${"}x:=sudo}; do :; done; $x id
    x=ls; select x in sudo ls; do break; done; $x id
    x=ls; f() { for i in 1 2; do x=sudo; return; done; x=ls; }; f; $x id
    f() { :; }; for i in *; do f; f() { sudo id; }; done
    f() { :; }; while test -f a; do f; f() { sudo id; }; done
    x=sudo; while false; do x=ls; done; $x id
    while read x; do y=$x; done <<< '#'; eval "$x sudo id"
    `,
  );
  linesAre(
    "ask",
    String.raw`
    x=ls y=ls; while test -f a; do $x id; x=$y; y=sudo; done
    f() { return; mytool() { :; }; }; f; mytool
    a=ls b=ls c=ls d=ls; while test -f a; do $a id; a=$b; b=$c; c=$d; d=sudo; done
    a=ls b=ls c=ls d=ls e=ls f=ls g=ls h=ls i=ls; while test -f a; do $a id; a=$b; b=$c; c=$d; d=$e; e=$f; f=$g; g=$h; h=$i; i=sudo; done
    set -- ls ls sudo; while test -f a; do $1 id; shift; done
    set -- ls ls ls ls sudo; for i in *; do shift; done; $1 id
    `,
  );
});

describe("functions and what they hide", () => {
  linesAre(
    "deny",
    String.raw`
    x=sudo; f() { local x; x=ls; }; f; $x id
    if test -f a; then f(){ sudo id; }; else f(){ :; }; fi; f
    f(){ :; }; command eval 'f(){ sudo id; }'; f
    alias e='xargs -I'; e '#' sudo id
    f(){ $x id; }; x=ls; x=sudo f
    x=(ls); f(){ local x=sudo; }; f; ${"${"}x[0]} id; ${"${"}x[@]} id; ${"${"}x[3]} id
    x=ls; f(){ . <(echo x=sudo); }; f; $x id
    readonly x=sudo\nf() { local x=ls; }; f\n$x id
    f() { x=ls; }; unset -f f; x=sudo; f; $x id
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
    test -f a && f() { :; }; f
    f() { unset -f f; f; }; f
    `,
  );
});

describe("elements of arrays", () => {
  linesAre(
    "deny",
    String.raw`
    arr=('#'); i=3; eval "${"${"}arr[i]}sudo id"
    mapfile -t a < <(printf 'ls\n\nsudo\n'); ${"${"}a[2]} id
    arr=(a b); a=ls; b=sudo; ${"${"}!arr[1]} id
    x=ls; mapfile -C 'x=sudo;:' -c 1 y < README.md; $x id
    readonly x=sudo\nmapfile x <<< ls\n$x id
    IFS=, read -a a <<< a,sudo; ${"${"}a[1]} id
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
    x=ls; exec {x}>/dev/null; arr=(a); eval "$x"
    UID=ls; a=(sudo); $UID id
    `,
  );
});

describe("splitting, reading and parameters", () => {
  linesAre(
    "deny",
    String.raw`
    x='#'; unset $(cat f); eval "${"${"}x}sudo id"
    set -- xxls sudo; ${"${"}@:2} id
    unset x; ${"${"}x-sudo} id
    { read a; read b; } <<< '#'; eval "$b sudo id"
    IFS=$'\n'; set -- '#' 'sudo id'; eval "$*"
    IFS=- read x y <<< 'a-sudo'; $y id
    x=ls; [[ -n ${"${"}x:=sudo} ]]; unset x; [[ -n ${"${"}x:=sudo} ]]; $x id
    unset x; cat <<< "${"${"}x:=sudo}"; $x id
    unset x; cat <<E\n${"${"}x:=sudo}\nE\n$x id
    unset x; echo > "${"${"}x:=sudo}"; $x id
    unset x; case ${"${"}x:=sudo} in *) :;; esac; $x id
    unset x; export z=${"${"}x:=sudo}; $x id
    unset x; z=(${"${"}x:=sudo}); $x id
    unset x; eval : '${"${"}x:=sudo}'; $x id
    x=ls; unset -v x; x=${"${"}x-sudo}; $x id
    x=sudo; typeset -r x\nunset x\nx=ls; $x id
    readonly x=sudo\nread x <<< ls\n$x id
    IFS=: read x y <<< "a:sudo:b"; ${"${"}y%%:*} id
    read -n1 x <<< "#x"; eval "$x sudo id"
    echo '#' | { read y; read x; eval "$x sudo id"; }
    { cat; read x; eval "$x sudo id"; } <<< '#'
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
    IFS=: read x y <<< "a:sudo:"; $y id
    IFS=" :" read x y <<< "a : sudo"; $y id
    `,
  );
});

describe("every way to set a variable", () => {
  linesAre(
    "deny",
    String.raw`
    readonly x=sudo\nx=ls\n$x id
    declare -r x=sudo\nx=ls\n$x id
    x=echo; wait -n -p x; $x sudo id
    if test -f a; then x='#'; else x=''; fi; x+=sudo; eval "$x id"
    printf -v LD_PRELOAD ./x.so; ls
    x=ls; x=sudo eval '$x id'
    shopt -s cdable_vars; e=/etc; cd e && rm -rf *
    x=ls; printf -vx sudo; $x id
    x=echo; sh <<'E'\n$x sudo id\nE
    x=echo; echo '$x sudo id' | sh
    x=echo; sh <(echo '$x sudo id')
    x=echo; make -f <(printf 'a:\n\t$x sudo id\n')
    x=echo; python3 -c "import os; os.system('\$x sudo id')"
    x=echo; node -e 'require("child_process").execSync("$x sudo id")'
    PWD=/tmp; cd /; rm -rf "$PWD"/etc
    x=ls; echo "${"${"}x:=sudo}" ; x=; : "${"${"}x:=sudo}"; $x id
    x=ls; cat > f.sh <<E\nx=sudo\nE\n. ./f.sh; $x id
    ls | cd /; rm -rf etc
    x=sudo; readonly x; x=ls\n$x id
    x=sudo; declare -r x\nx=ls\n$x id
    readonly x=sudo\nprintf -v x ls\n$x id
    `,
  );
  linesAre(
    "ask",
    String.raw`
    if test -f a; then x=ls; fi; $x id
    HOME=$(cat f); echo x > ~/project/a
    x=ls; getopts a x; $x id
    x=ls; printf -v "$y" sudo; $x id
    x=ls; declare "$y=sudo"; $x id
    x=ls; coproc x { sleep 1; }; $x id
    x=ls; _=ls; : sudo; $_ id
    readonly x; x=ls\n$x id
    `,
  );
});
