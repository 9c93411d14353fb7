#!/usr/bin/env bash
# Runs the tests that need an AWS nobody here wrote against moto: installs moto[server] into a
# virtual environment below target/, starts it on a free loopback port, runs the tests tagged
# "peers", and stops it again. The exit code is that of the tests.
#
#   deploy/peers/aws-moto.sh                    all suites of providers/aws and deploy/app
#   deploy/peers/aws-moto.sh -Dtest=RecipesTest further arguments go to Maven
#
# PEERS_MODULES  modules to run, by default providers/aws,deploy/app
# PEERS_VENV     a virtual environment to use instead of target/peers/moto
# PEERS_MAVEN    how Maven is called, by default: mvn -B
set -euo pipefail

readonly MOTO_VERSION=5.2.5
readonly ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
readonly WORK="$ROOT/target/peers"
readonly VENV="${PEERS_VENV:-$WORK/moto}"
readonly MODULES="${PEERS_MODULES:-providers/aws,deploy/app}"
readonly MAVEN="${PEERS_MAVEN:-mvn -B}"

skip() {
  echo "SKIPPED: $1" >&2
  echo "Nothing was tested against moto. $2" >&2
  # a missing prerequisite is not a success: CI must see it
  exit "${PEERS_SKIP_CODE:-77}"
}

command -v python3 >/dev/null || skip "there is no python3" "Install Python 3.9 or later."

if ! [ -x "$VENV/bin/moto_server" ]; then
  mkdir -p "$WORK"
  rm -rf "$VENV"
  python3 -m venv "$VENV" >"$WORK/venv.log" 2>&1 \
    || skip "python3 -m venv failed, see $WORK/venv.log" "Install python3-venv (Debian, Ubuntu)."
  echo "installing moto[server]==$MOTO_VERSION into $VENV"
  "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check \
    "moto[server]==$MOTO_VERSION" >"$WORK/pip.log" 2>&1 \
    || { rm -rf "$VENV"; tail -5 "$WORK/pip.log" >&2; skip "moto can't be installed, see $WORK/pip.log" "Is PyPI reachable?"; }
fi

mkdir -p "$WORK"
port="$("$VENV/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
schemas="$("$VENV/bin/python" -c 'import cfnlint, os; print(os.path.join(os.path.dirname(cfnlint.__file__), "data", "schemas"))')"

"$VENV/bin/moto_server" -H 127.0.0.1 -p "$port" >"$WORK/moto.log" 2>&1 &
moto=$!
trap 'kill "$moto" 2>/dev/null || true; wait "$moto" 2>/dev/null || true' EXIT

for _ in $(seq 1 120); do
  kill -0 "$moto" 2>/dev/null || { tail -20 "$WORK/moto.log" >&2; echo "moto did not start" >&2; exit 1; }
  if "$VENV/bin/python" -c "import urllib.request as u; u.urlopen('http://127.0.0.1:$port/moto-api/data.json', timeout=2).read()" 2>/dev/null; then
    ready=yes
    break
  fi
  sleep 0.5
done
[ "${ready:-no}" = yes ] || { tail -20 "$WORK/moto.log" >&2; echo "moto did not answer within a minute" >&2; exit 1; }

echo "moto $MOTO_VERSION answers at http://127.0.0.1:$port, its log is $WORK/moto.log"
cd "$ROOT"
# shellcheck disable=SC2086 # MAVEN holds options as well
$MAVEN verify -Ppeers -pl "$MODULES" -am \
  "-Daws.endpoint=http://127.0.0.1:$port" \
  "-Daws.schemas=$schemas" \
  "-Daws.python=$VENV/bin/python" \
  -Dsurefire.failIfNoSpecifiedTests=false \
  "$@"
