# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with eng/bench.sh
# The single measurements of eng/bench.sh; each adds one line of JSON to $results. Sourced by it.
declare -A answered=() # by the API's name: bookings that its books must hold
observed=() # names of the API processes whose processor time and memory the step counts
last_rate=0

allocated() {
  local name sum=0
  for name in "${observed[@]}"; do sum=$((sum + $(api_get "$name" /internal/runtime | jq .allocatedBytes))); done
  echo "$sum"
}

processor_time() {
  local name sum=0
  for name in "${observed[@]}"; do sum=$((sum + $(cpu_ticks "${api_pids[$name]}"))); done
  echo "$sum $(cpu_ticks_of_family "$PG_PID") $(if [[ -n $proxy_pid ]]; then cpu_ticks "$proxy_pid"; else echo 0; fi)"
}

# measured COMMAND ...   runs it as the load; its output is in $work/load; sets cpu, a JSON object in microseconds
measured() {
  local before after TIMEFORMAT='%U %S'
  if [[ -n $PG_PID ]]; then postgres_admin postgres --command=checkpoint; fi
  read -ra before < <(processor_time)
  { time "$@" >"$work/load" 2>&1; } 2>"$work/times" || { tail -n 20 "$work/load" "$work"/api-*.log >&2; die "failed: $*"; }
  read -ra after < <(processor_time)
  cpu=$(printf '{"api":%d,"postgresql":%d,"proxy":%d,"load":%d}' "$(ticks_as_microseconds $((after[0] - before[0])))" \
    "$(ticks_as_microseconds $((after[1] - before[1])))" "$(ticks_as_microseconds $((after[2] - before[2])))" \
    "$(awk '{ printf "%d", ($1 + $2) * 1000000 }' "$work/times")")
}

# record NAME CONNECTIONS OPERATIONS RESULT BYTES   RESULT: {perSecond, p50, p99, p999, max} with milliseconds
record() {
  jq --null-input --compact-output --arg name "$1" --argjson connections "$2" --argjson operations "$3" --argjson result "$4" \
    --argjson bytes "$5" --argjson run "$run" --argjson cpu "$cpu" '{name: $name, connections: $connections, run: $run, operations: $operations}
      + ($result | {perSecond, p50, p99, p999, max})
      + {cpuMicroseconds: ($cpu | map_values(. / $operations)), allocatedBytes: ($bytes / $operations)}' >>"$results"
  last_rate=$(jq .perSecond <<<"$4")
  say "$(printf '  run %s: %-17s %3s connections %7.0f /s' "$run" "$1" "$2" "$last_rate") $(jq --raw-output '"p50 \(.p50) p99 \(.p99) ms"' <<<"$4")"
}

# by_pgbench NAME CONNECTIONS [OPTION ...]   pgbench with prepared statements
by_pgbench() {
  local name=$1 connections=$2 operations; shift 2
  rm -f "$work"/pgbench_log*
  observed=()
  # One transaction in five is enough for the quantiles; writing all of them would load the machine.
  measured "$PG_BIN/pgbench" --protocol=prepared --no-vacuum --client="$connections" --jobs=1 --time="$seconds" --log --sampling-rate=0.2 \
    --log-prefix="$work/pgbench_log" --host="$PG_SOCKETS" --port="$PG_PORT" --username=fuel "$@"
  operations=$(awk -F': ' '/transactions actually processed/ { print int($2) }' "$work/load")
  record "$name" "$connections" "$operations" "$(awk '{ print $3 }' "$work"/pgbench_log* | sort --numeric-sort |
    awk -v n="$operations" -v s="$seconds" '{ v[NR] = $1 / 1000 } END { printf "{\"perSecond\":%f,\"p50\":%f,\"p99\":%f,\"p999\":%f,\"max\":%f}",
      n / s, v[int(NR * 0.5) + 1], v[int(NR * 0.99) + 1], v[int(NR * 0.999) + 1], v[NR] }')" 0
}

tpcb() { by_pgbench tpcb "$1" tpcb; }

# floor NAME CONNECTIONS FIRST_CARD LAST_CARD
floor() {
  printf '%s\n' "\\set card random($3, $4)" '\set key random(1, 1000000000000)' \
    'select floor_collect(:card, 1000 + :key::bigint % 9000, :key::bigint);' >"$work/floor.pgbench"
  by_pgbench "$1" "$2" --file="$work/floor.pgbench" bench
  answered[bench]=$((answered[bench] + $(jq --slurp '.[-1].operations' "$results")))
}

# collect NAME API CONNECTIONS SECONDS [OPTION ...]   options of the load generator; COLLECT_URL names another address than the API's own
collect() {
  local name=$1 of=$2 connections=$3 length=$4 before result answers; shift 4
  ((${#observed[@]})) || observed=("$of")
  before=$(allocated)
  measured dotnet "$generator" --url "${COLLECT_URL:-${api_urls[$of]}}" --token-file "$work/token-$of" --cards-file "$work/cards-$of" \
    --connections "$connections" --seconds "$length" "$@"
  result=$(<"$work/load")
  [[ $(jq '.refused + .lost' <<<"$result") == 0 ]] || die "$name at $connections: refused or lost: $result"
  answers=$(jq .answers <<<"$result")
  answered[$of]=$((answered[$of] + answers))
  if [[ $name != warm-up ]]; then record "$name" "$connections" "$answers" "$result" $(($(allocated) - before)); fi
  observed=()
}

# warm_up API SECONDS   all cards are seen and the code is compiled for good
warm_up() {
  say "warming up $1 for $2 s"
  collect warm-up "$1" 32 "$2"
}

# check_books API EARLIER   the books are sound, and hold two entries for every collection that was answered or there before
check_books() {
  local name=$1 expected=$((2 * (${answered[$1]} + $2))) start=$EPOCHREALTIME
  api_get "$name" '/internal/books?full=true' >"$work/books.json" || die "the books of $name were not checked"
  say "books of $name: all checked in $(since "$start") s"
  jq --exit-status '.sound == true' "$work/books.json" >/dev/null || { cat "$work/books.json" >&2; die "the books of $name are not sound"; }
  (($(jq .entriesChecked "$work/books.json") == expected)) ||
    die "the books of $name hold $(jq .entriesChecked "$work/books.json") entries; $expected were answered for"
  checks=$(jq --compact-output --arg name "$name" --argjson full "$(since "$start")" --slurpfile report "$work/books.json" \
    '. + [{name: $name, fullCheckSeconds: $full, entries: $report[0].entriesChecked}]' <<<"$checks")
}

# since EPOCHREALTIME   Prints the seconds since then.
since() { awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.2f", b - a }'; }
