#!/bin/sh
# Six actions under three backends: eighteen signed receipts in three chains, verified with nothing but the public key; then what a changed
# receipt and a missing one look like. Usage: run.sh [FOLDER]; `ces` from PATH, or CES=/path/to/ces.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
ces=${CES:-ces}
out=${1:-$(mktemp -d)}
mkdir -p "$out"
out=$(CDPATH= cd -- "$out" && pwd -P)
agent=did:mesh:sb-runtime-demo-agent

# The operator's key. Whoever verifies gets the public half from the operator, never from a receipt.
umask 077
export XDG_STATE_HOME="$out/state"
"$ces" keys export operator >/dev/null 2>&1 || "$ces" keys generate operator >/dev/null
mkdir -p "$out/receipts"
"$ces" keys export operator --format pem >"$out/receipts/operator-public.pem"

decide() { # FOLDER BACKEND ACTION
  code=0
  "$ces" receipts check-policy --policy-dir "$here/policy" --agent-did "$agent" --sandbox-backend "$2" --action "$3" \
    --key operator --receipts-dir "$out/receipts/$1" --trust-file "$out/trust.json" >/dev/null 2>"$out/last-error" || code=$?
  case $code in
    0) allowed=$((allowed + 1)); echo "  allow  $3" ;;
    3) denied=$((denied + 1)); echo "  deny   $3" ;;
    *) cat "$out/last-error" >&2; exit "$code" ;;
  esac
}

total=0
for scenario in standalone:sb_runtime_builtin nono:nono openshell:openshell; do
  folder=${scenario%%:*}
  backend=${scenario#*:}
  allowed=0 denied=0
  rm -rf "$out/receipts/$folder"
  echo "$folder ($backend)"
  decide "$folder" "$backend" file:read:/workspace/main.py
  decide "$folder" "$backend" shell:python
  decide "$folder" "$backend" shell:git
  decide "$folder" "$backend" 'shell:rm -rf /tmp'
  decide "$folder" "$backend" http:GET:169.254.169.254/metadata
  decide "$folder" "$backend" file:write:/etc/shadow
  "$ces" receipts verify "$out/receipts/$folder"/*.json --keys "$out/receipts/operator-public.pem" >/dev/null
  total=$((total + allowed + denied))
  echo "  $allowed allowed, $denied denied; one chain, every receipt verified"
done
echo "$total / 18 receipts"
[ "$total" = 18 ]

refused() { # WHAT FILE…
  what=$1
  shift
  code=0
  "$ces" receipts verify "$@" --keys "$out/receipts/operator-public.pem" >"$out/last-report" 2>&1 || code=$?
  [ "$code" = 4 ] || { echo "$what was not found (exit $code)" >&2; exit 1; }
  echo "$what: refused"
}

sed 's/"sandbox_backend":"nono"/"sandbox_backend":"openshell"/' "$out/receipts/nono/000.json" >"$out/flipped.json"
refused "tampered receipt (another backend)" "$out/flipped.json"
refused "chain without its third receipt" "$out/receipts/nono/000.json" "$out/receipts/nono/001.json" "$out/receipts/nono/003.json"
refused "chain in another order" "$out/receipts/nono/001.json" "$out/receipts/nono/000.json"
rm -f "$out/flipped.json" "$out/last-error" "$out/last-report"
echo "receipts in $out/receipts"
