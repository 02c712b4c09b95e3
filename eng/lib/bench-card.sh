# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with eng/bench.sh
# Loads onto a card over the real PC/SC service, for eng/bench.sh: how long the front end waits, and for whom. Sourced by it.

readonly demo=eng/Demo/bin/Release/net10.0/Demo.dll loads=60

# card_section   sets cards, a JSON array; leaves it empty, and says why, where there is no PC/SC service to be had
card_section() {
  local name
  if ! pcsc_start "$work/pcsc" >"$work/pcsc.log" 2>&1; then
    say "card: skipped: $(tail -n 1 "$work/pcsc.log")"
    return 0
  fi
  postgres_admin postgres --command='create database card owner fuel'
  api_start card-postgresql PostgreSql "$(connection_to card)" Cards__KeyVault=demo
  api_start card-sqlite Sqlite "Data Source=$work/card.db" Cards__KeyVault=demo
  # In turns, so that a machine that is slower for a while is slower for both.
  for ((run = 1; run <= runs; run++)); do
    for name in card-sqlite card-postgresql; do card_run "$name"; done
  done
  for name in card-sqlite card-postgresql; do
    api_get "$name" '/internal/books?full=true' | jq --exit-status '.sound == true' >/dev/null || die "the books of $name are not sound"
    api_stop "$name"
  done
  pcsc_stop
}

# card_run API
card_run() {
  local result
  dotnet "$demo" --pcsc --loads $loads --api "${api_urls[$1]}/" </dev/null >"$work/loads-$1.log" 2>&1 ||
    { tail -n 20 "$work/loads-$1.log" "$work/api-$1.log" >&2; die 'the loads failed'; }
  result=$(tail -n 1 "$work/loads-$1.log")
  cards=$(jq --compact-output --arg api "${1#card-}" --argjson run "$run" --argjson result "$result" \
    '. + [{api: $api, run: $run} + $result]' <<<"$cards")
  say "$(jq --raw-output --arg api "$1" --arg run "$run" '"  run \($run): \($api): a load in \(.total * 10 | round / 10) ms"' <<<"$result")"
}

print_cards() {
  jq --raw-output '
    def median: sort | if length % 2 == 1 then .[length / 2 | floor] else (.[length / 2] + .[length / 2 - 1]) / 2 end;
    def ms: . * 10 | round / 10;
    group_by(.api)[] | . as $runs |
    "load over PC/SC, \(.[0].api): \(map(.total) | median | ms) ms (least \(map(.least) | min | ms), p90 \(map(.p90) | median | ms), most \(
      map(.most) | max | ms)); without pcscd and card \(map(.own) | median | ms) ms; of it " +
      ([$runs[0].parts | keys_unsorted[] | . as $part | "\($part) \($runs | map(.parts[$part]) | median | ms)"] | join(", "))' <<<"$1"
}
