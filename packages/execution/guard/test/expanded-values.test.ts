// What an expansion gives is known only where every shell gives the same, whatever the value, the pattern and the number are.
import { describe } from "vitest";
import { linesAre } from "./profiles/example-lines.ts";

describe("patterns and slices of a value", () => {
  linesAre(
    "deny",
    String.raw`
    x='#'; eval "${"${"}x%$y}sudo id"
    x='#'; eval "${"${"}x#$y}sudo id"
    x='sudo id;#'; eval "${"${"}x##'*;'}"
    x='sudo id;#'; p='*;'; eval "${"${"}x##"$p"}"
    x='sudo id;#'; eval "${"${"}x##\*;}"
    x=ls; <<< "${"${"}x:=sudo}" cat; unset x; cat <<< "${"${"}x:=sudo}"; $x id
    `,
  );
  linesAre(
    "ask",
    String.raw`
    set -- a a a a a a a a sudo ls; ${"${"}@:011:1} id
    `,
  );
});

describe("names that a shell reads itself", () => {
  linesAre(
    "deny",
    String.raw`
    chpwd() { sudo id; }; cd src
    TRAPEXIT() { sudo id; }
    x=ls; TRAPDEBUG() { x=sudo; }; $x id
    x=ls; chpwd() { x=sudo; }; cd src; $x id
    command_not_found_handle() { sudo id; }; ls
    alias -g x='| sudo tee'\necho a x
    `,
  );
  linesAre(
    "ask",
    String.raw`
    alias e='echo '\nalias s=';sudo id'\ne s
    `,
  );
});

describe("functions that call themselves, assignments that see each other", () => {
  linesAre(
    "deny",
    String.raw`
    x=ls y=$x; x=sudo y=$x; $y id
    x=ls; x=sudo y=$x; $y id
    x=ls; f() { $x id; x=sudo; f; }; f
    x=ls; f() { if test -f a; then $x id; else x=sudo; f; fi; }; f
    `,
  );
  linesAre(
    "ask",
    String.raw`
    f() { $1 id; f sudo; }; f ls
    f() { $1 id; shift; f "$@"; }; f ls sudo
    f() { test $# -gt 0 && { $1 id; shift; f "$@"; }; }; f ls sudo
    x=ls; f() { x=$1; [ "$x" = sudo ] && $x id; f sudo; }; f ls
    `,
  );
});

describe("what a name may hold besides", () => {
  linesAre(
    "deny",
    String.raw`
    set -C; printf '' > s.txt; printf '#' > s.txt; eval "$(cat s.txt) sudo id"
    if [ -z "$x" ]; then x='#'; fi; eval "${"${"}x}sudo id"
    [ -z "$x" ] && x='#'; eval "${"${"}x}sudo id"
    select x in '#'; do eval "${"${"}x}sudo id"; done
    case $y in a) x='#';; esac; eval "${"${"}x}sudo id"
    while read x; do :; done <<< '#'; eval "${"${"}x}sudo id"
    x='#'; f() { local x; eval "${"${"}x}sudo id"; }; f
    x='#'; f() { typeset x; eval "${"${"}x}sudo id"; }; f
    x='#'; getopts a x; eval "${"${"}x}sudo id"
    x=('#'); unset 'x[0]'; eval "${"${"}x}sudo id"
    x='#'; . <(echo x=); eval "${"${"}x}sudo id"
    x='#'; bash -c 'eval "${"${"}x}sudo id"'
    x='#'; x= bash -c 'eval "${"${"}x}sudo id"'
    x=ls; f() { x=sudo; }; . <(echo f); $x id
    x=ls; f() { x=sudo; }; trap f DEBUG; $x id
    x=ls; f() { x=sudo; }; mapfile -C f -c 1 y <<< a; $x id
    `,
  );
  linesAre(
    "ask",
    String.raw`
    x=0; a=(ls sudo); : $((x+=1)); ${"${"}a[$x]} id
    x=0; a=(ls sudo); : $[x=1]; ${"${"}a[$x]} id
    x=0; a=(ls sudo); : "$((x++))"; ${"${"}a[$x]} id
    x=0; a=(ls sudo); cat <<E\n$((x++))\nE\n${"${"}a[$x]} id
    x=0; a=(ls sudo); : ${"${"}a[x++]}; ${"${"}a[$x]} id
    x=0; a=(ls sudo); : ${"${"}#a[x++]}; ${"${"}a[$x]} id
    x=0; a=(ls sudo); : ${"${"}a:x++}; ${"${"}a[$x]} id
    x=0; a=(ls sudo); : ${"${"}y:-$((x++))}; ${"${"}a[$x]} id
    x=0; a=(ls sudo); while ((x++<1)); do :; done; ${"${"}a[$x]} id
    x=0; a=(ls sudo); if ((x=1)); then ${"${"}a[$x]} id; fi
    x=0; a=(ls sudo); ((y=x=1)); ${"${"}a[$x]} id
    x=0; a=(ls sudo); ((x<<=1,x|=1)); ${"${"}a[$x]} id
    x=0; a=(ls sudo); case $((x=1)) in 1) ${"${"}a[$x]} id;; esac
    x=0; a=(ls sudo); echo $((x=1)) > $x.txt; ${"${"}a[$x]} id
    x=0; a=(ls sudo); f() { ((x=1)); }; f; ${"${"}a[$x]} id
    x=0; a=(ls sudo); getopts a x; ${"${"}a[$x]} id
    a=(ls ls ls ls ls ls ls ls sudo ls ls); n=010; ${"${"}a[$((n))]} id
    a=(sudo ls ls ls ls ls ls ls ls ls ls); n=08; ${"${"}a[$((n))]} id
    declare -a a='(ls sudo)'; ${"${"}a[1]} id
    declare a[1]=sudo; ${"${"}a[1]} id
    a=(ls sudo); unset a[0]; ${"${"}a[@]} id
    IFS=$'\n' read -r -d '' -a a <<< $'ls\nsudo'; ${"${"}a[1]} id
    COPROC=ls; coproc { :; }; $COPROC id
    BASH_REMATCH=ls; [[ sudo =~ .* ]]; $BASH_REMATCH id
    PIPESTATUS=(ls); true; ${"${"}PIPESTATUS[0]} id
    FUNCNAME=ls; f() { $FUNCNAME id; }; f
    OPTARG=ls; getopts a: x; $OPTARG id
    LINENO=ls; $LINENO id
    `,
  );
});
