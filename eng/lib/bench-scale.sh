# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with eng/bench.sh
# Scale in the data, for eng/bench.sh: the same load on books with few and with many earlier collections. Sourced by it.

# earlier_start COUNT   an API on a database of its own with COUNT earlier collections, proved and sealed by the product itself
earlier_start() {
  local count=$1 name=earlier-$1 start=$EPOCHREALTIME deadline
  postgres_admin postgres --command="create database \"$name\" owner fuel"
  api_start "$name" PostgreSql "$(connection_to "$name")"
  api_stop "$name"
  postgres_admin "$name" --set=count="$count" --file=eng/lib/earlier.sql >"$work/$name.log"
  say "$count earlier collections made in $(since "$start") s"
  start=$EPOCHREALTIME deadline=$((SECONDS + 300))
  # Housekeeping without its pauses, until it has drawn its lines under all of them.
  api_start "$name" PostgreSql "$(connection_to "$name")" Housekeeping__Every=00:00:00.2
  until [[ $(settled "$name" "$count") == t ]]; do
    ((SECONDS < deadline)) || die "the books of $name were not proved and sealed within 300 s"
    sleep 0.5
  done
  say "proved and sealed in $(since "$start") s"
  api_stop "$name"
  postgres_admin "$name" --command='vacuum analyze proven_stretches, seals'
  api_start "$name" PostgreSql "$(connection_to "$name")"
}

settled() {
  postgres_admin "$1" --no-align --tuples-only --command="select coalesce((select max(\"Entries\") from proven_stretches), 0) >= 2 * $2
    and (select count(*) from audit_records where \"Id\" <= (select max(\"ToId\") from seals)) >= $2"
}

# running_check NAME WHEN   the running check of the books, timed three times; the middle one counts
running_check() {
  local start times=()
  for _ in 1 2 3; do
    start=$EPOCHREALTIME
    api_get "$1" /internal/books >"$work/running.json"
    times+=("$(since "$start")")
  done
  jq --exit-status '.sound == true' "$work/running.json" >/dev/null || die "the books of $1 are not sound"
  checks=$(jq --compact-output --arg name "$1" --arg when "$2" --argjson took "$(printf '%s\n' "${times[@]}" | sort -n | sed -n 2p)" \
    --slurpfile report "$work/running.json" '. + [{name: $name, when: $when, runningCheckSeconds: $took,
      entriesProven: $report[0].entriesProven, entriesChecked: $report[0].entriesChecked}]' <<<"$checks")
}

scale() {
  local count
  for count in "${sizes[@]}"; do earlier_start "$count"; running_check "earlier-$count" 'before the load'; done
  for count in "${sizes[@]}"; do warm_up "earlier-$count" "$warm_again"; done
  # In turns, so that a machine that is slower for a while is slower for all of them.
  for ((run = 1; run <= runs; run++)); do
    for count in "${sizes[@]}"; do collect "earlier-$count" "earlier-$count" 32 "$seconds"; done
  done
  for count in "${sizes[@]}"; do
    running_check "earlier-$count" 'after the load'
    check_books "earlier-$count" "$count"
    api_stop "earlier-$count"
  done
}
