# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with eng/bench.sh
# Sales to a meter card in the agent's virtual reader, for eng/bench.sh: how long the front end waits, and for whom. Sourced by it.

readonly sales_of_a_run=60

# meter_section   sets sales, a JSON array
meter_section() {
  local name
  postgres_admin postgres --command='create database meter owner fuel'
  api_start meter-postgresql PostgreSql "$(connection_to meter)" Cards__KeyVault=demo
  api_start meter-sqlite Sqlite "Data Source=$work/meter.db" Cards__KeyVault=demo
  # In turns, so that a machine that is slower for a while is slower for both.
  for ((run = 1; run <= runs; run++)); do
    for name in meter-sqlite meter-postgresql; do meter_run "$name"; done
  done
  for name in meter-sqlite meter-postgresql; do
    api_get "$name" '/internal/books?full=true' | jq --exit-status '.sound == true' >/dev/null || die "the books of $name are not sound"
    api_stop "$name"
  done
}

# meter_run API
meter_run() {
  local result
  dotnet "$demo" --sales $sales_of_a_run --api "${api_urls[$1]}/" </dev/null >"$work/sales-$1.log" 2>&1 ||
    { tail -n 20 "$work/sales-$1.log" "$work/api-$1.log" >&2; die 'the sales failed'; }
  result=$(tail -n 1 "$work/sales-$1.log")
  sales=$(jq --compact-output --arg api "${1#meter-}" --argjson run "$run" --argjson result "$result" \
    '. + [{api: $api, run: $run} + $result]' <<<"$sales")
  say "$(jq --raw-output --arg api "$1" --arg run "$run" '"  run \($run): \($api): a sale in \(.total * 10 | round / 10) ms"' <<<"$result")"
}

print_sales() {
  jq --raw-output '
    def median: sort | if length % 2 == 1 then .[length / 2 | floor] else (.[length / 2] + .[length / 2 - 1]) / 2 end;
    def ms: . * 10 | round / 10;
    group_by(.api)[] | . as $runs |
    "sale to a meter card, \(.[0].api): \(map(.total) | median | ms) ms (least \(map(.least) | min | ms), p90 \(map(.p90) | median | ms), most \(
      map(.most) | max | ms)); of it " +
      ([$runs[0].parts | keys_unsorted[] | . as $part | "\($part) \($runs | map(.parts[$part]) | median | ms)"] | join(", "))' <<<"$1"
}
