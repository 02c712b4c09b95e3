#!/usr/bin/env bash
# Measures what the platform does per second beside what the database alone does on the same machine. See --help.
set -euo pipefail

usage() {
  cat <<'HELP'
Usage: eng/bench.sh [options]

Starts a PostgreSQL server and one API process, and measures in one run, at 1, 8, 16 and 32 connections each:
  tpcb      pgbench's TPC-B (prepared, scale 50, synchronous_commit on): what the database does alone
  collect   collections over HTTP (POST /v1/cards/{cardNumber}/collections), spread over 1,000 cards
  hot       the same on one card (16 and 32 connections)
Afterwards the books must be sound, and as many collections booked as were answered with 201.

  --quick      3 seconds per step instead of 10
  --json       prints the results as JSON
  --no-build   the API is built already (Release)
  --keep       keeps logs, and says where they are
  --help       this text

Columns: operations per second; latency p50 and p99 in milliseconds; processor time per operation in microseconds of API,
PostgreSQL and load generator; bytes allocated by the API per operation; ratio to tpcb with the same connections.
Exit code: 0 measured, and the books agree; 1 something failed, or the books or counts disagree; 2 wrong usage.
HELP
}

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"
# shellcheck source=eng/lib/postgres.sh
source eng/lib/postgres.sh
# shellcheck source=eng/lib/install.sh
source eng/lib/install.sh
# shellcheck source=eng/lib/processes.sh
source eng/lib/processes.sh

seconds=10 json=false build=true keep=false
while (($#)); do
  case $1 in
    --quick) seconds=3 ;;
    --json) json=true ;;
    --no-build) build=false ;;
    --keep) keep=true ;;
    --help) usage; exit 0 ;;
    *) echo "eng/bench.sh: unknown option $1 (see --help)" >&2; exit 2 ;;
  esac
  shift
done

readonly scale=50 # branches: more than the connections, so that tpcb does not wait for one row
readonly api=src/Api/bin/Release/net10.0/Api.dll
work=$(mktemp -d "${TMPDIR:-/tmp}/fuel-bench.XXXXXX")
chmod 755 "$work"
results=$work/results.jsonl
api_pid='' api_url='' answered=0

finish() {
  local code=$?
  trap - EXIT INT TERM
  if [[ -n $api_pid ]]; then
    kill -TERM "$api_pid" 2>/dev/null || true
    wait "$api_pid" 2>/dev/null || true
  fi
  postgres_stop
  if $keep; then echo "Logs: $work" >&2; else rm -rf "$work"; fi
  exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say() { echo "$*" >&2; }
die() { say "eng/bench.sh: $*"; exit 1; }
get() { curl --silent --show-error --fail --max-time 60 "$api_url$1"; }
await_api() {
  local deadline=$((SECONDS + 60))
  until get /health/ready >/dev/null 2>&1; do
    if ! kill -0 "$api_pid" 2>/dev/null || ((SECONDS > deadline)); then tail -n 30 "$work/api.log" >&2; die 'the API did not start'; fi
    sleep 0.2
  done
}

start_api() {
  postgres_admin postgres --command='create database bench owner fuel'
  api_url=http://127.0.0.1:$(free_port)
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 ASPNETCORE_ENVIRONMENT=Staging ASPNETCORE_URLS=$api_url
  export Database__Provider=PostgreSql Database__ConnectionString="${PG_CONNECTION/Database=postgres/Database=bench};Maximum Pool Size=64"
  Demo__Seed=Benchmark setpriv --pdeathsig=TERM dotnet "$api" </dev/null >"$work/api.log" 2>&1 &
  api_pid=$!
  await_api
}

# Who may collect, and on which cards: {"token":"...","cardNumbers":["...", ...]} of the seeding of Demo__Seed=Benchmark.
read_seed() {
  get /internal/benchmark >"$work/seed.json" || { tail -n 20 "$work/api.log" >&2; die '/internal/benchmark did not answer'; }
  jq --exit-status --raw-output .token "$work/seed.json" >"$work/token"
  jq --exit-status --raw-output '.cardNumbers[]' "$work/seed.json" >"$work/cards"
  head -n 1 "$work/cards" >"$work/hot-card"
  (($(wc -l <"$work/cards") >= 1000)) || die "fewer than 1,000 cards in the seed"
}

booked() { postgres_admin bench --no-align --tuples-only --command="select count(*) from transactions where \"Type\" = 'collection'"; }

allocated() { get /internal/runtime | jq .allocatedBytes; }

# measured COMMAND ...   runs it as the load; sets cpu_api, cpu_pg, cpu_load (microseconds); its output is in $work/load
measured() {
  local api_before=0 pg_before load
  if [[ -n $api_pid ]]; then api_before=$(cpu_ticks "$api_pid"); fi
  pg_before=$(cpu_ticks_of_family "$PG_PID")
  local TIMEFORMAT='%U %S'
  { time "$@" >"$work/load" 2>&1; } 2>"$work/times" || { tail -n 20 "$work/load" >&2; die "failed: $*"; }
  pg_before=$(($(cpu_ticks_of_family "$PG_PID") - pg_before))
  if [[ -n $api_pid ]]; then api_before=$(($(cpu_ticks "$api_pid") - api_before)); fi
  cpu_pg=$(ticks_as_microseconds "$pg_before") cpu_api=$(ticks_as_microseconds "$api_before")
  read -r load < <(awk '{ printf "%d\n", ($1 + $2) * 1000000 }' "$work/times")
  cpu_load=$load
}

# record NAME CONNECTIONS OPERATIONS P50_US P99_US BYTES
record() {
  jq --null-input --compact-output --arg name "$1" --argjson connections "$2" --argjson operations "$3" --argjson p50 "$4" \
    --argjson p99 "$5" --argjson bytes "$6" --argjson seconds "$seconds" --argjson api "$cpu_api" --argjson pg "$cpu_pg" \
    --argjson load "$cpu_load" '{name: $name, connections: $connections, operations: $operations,
      perSecond: ($operations / $seconds), p50Milliseconds: ($p50 / 1000), p99Milliseconds: ($p99 / 1000),
      cpuMicroseconds: {api: ($api / $operations), postgresql: ($pg / $operations), load: ($load / $operations)},
      allocatedBytes: (if $name == "tpcb" then null else $bytes / $operations end)}' >>"$results"
}

tpcb() {
  local connections=$1 p50 p99
  postgres_admin postgres --command=checkpoint
  rm -f "$work"/pgbench_log*
  # One transaction in five is enough for the quantiles; writing all of them would load the machine.
  measured "$PG_BIN/pgbench" --protocol=prepared --no-vacuum --client="$connections" --jobs=1 --time="$seconds" --log \
    --sampling-rate=0.2 --log-prefix="$work/pgbench_log" --host="$PG_SOCKETS" --port="$PG_PORT" --username=fuel tpcb
  read -r p50 p99 < <(awk '{ print $3 }' "$work"/pgbench_log* | sort --numeric-sort |
    awk '{ v[NR] = $1 } END { print v[int(NR * 0.5) + 1], v[int(NR * 0.99) + 1] }')
  record tpcb "$connections" "$(awk -F': ' '/transactions actually processed/ { print int($2) }' "$work/load")" "$p50" "$p99" 0
}

collect() {
  local name=$1 connections=$2 cards=$3 length=${4:-$seconds} before result answers
  postgres_admin postgres --command=checkpoint
  before=$(allocated)
  # Two more seconds, in which nothing is sent any more, and the last answers come.
  measured wrk --threads 1 --connections "$connections" --duration $((length + 2))s --timeout 5s --script eng/lib/collect.lua "$api_url" \
    -- "$cards" "$work/token" "$name-$connections-$SRANDOM" "$length"
  result=$(sed -n 's/^RESULT //p' "$work/load")
  [[ $(jq '.refused + .lost' <<<"$result") == 0 ]] || { tail -n 5 "$work/api.log" >&2; die "$name at $connections: refused or lost: $result"; }
  answers=$(jq .answers <<<"$result")
  answered=$((answered + answers))
  if [[ $name == warm-up ]]; then return 0; fi
  record "$name" "$connections" "$answers" "$(jq .p50 <<<"$result")" "$(jq .p99 <<<"$result")" $(($(allocated) - before))
}

check_books() {
  local count
  count=$(($(booked) - booked_before))
  ((count == answered)) || die "$count collections are booked, $answered were answered with 201"
  get '/internal/books?full=true' >"$work/books.json"
  jq --exit-status '.sound == true' "$work/books.json" >/dev/null || { cat "$work/books.json" >&2; die 'the books are not sound'; }
}

report() {
  jq --slurp --argjson idle "$idle" --argjson booked "$answered" '. as $all
    | {seconds: '"$seconds"', idleWorkingSetBytes: $idle, collectionsBooked: $booked, booksSound: true, steps: map(. as $s
      | .ratioToTpcb = ($s.perSecond / ($all[] | select(.name == "tpcb" and .connections == $s.connections) | .perSecond)))}' "$results"
}

print_table() {
  jq --raw-output '
    def at(n): . * pow(10; n) | round / pow(10; n) | tostring;
    (["step", "connections", "per-s", "p50-ms", "p99-ms", "API-us", "PG-us", "load-us", "bytes/op", "ratio"] | @tsv),
    (.steps[] | [.name, .connections, (.perSecond | at(0)), (.p50Milliseconds | at(2)), (.p99Milliseconds | at(2)),
      (.cpuMicroseconds.api | at(0)), (.cpuMicroseconds.postgresql | at(0)), (.cpuMicroseconds.load | at(0)),
      (if .allocatedBytes then .allocatedBytes | at(0) else "-" end), (.ratioToTpcb | at(2))] | @tsv)' <<<"$1" |
    awk -F'\t' '{ printf "%-8s %11s %8s %8s %8s %8s %8s %8s %9s %6s\n", $1, $2, $3, $4, $5, $6, $7, $8, $9, $10 }'
  jq --raw-output '"idle working set: \(.idleWorkingSetBytes / 1048576 | round) MiB",
    "books sound; collections booked = answered: \(.collectionsBooked)"' <<<"$1"
}

require_dotnet
install_missing postgresql load >"$work/install.log" 2>&1 || { tail -n 20 "$work/install.log" >&2; die 'something is missing'; }
if $build; then
  say 'building'
  MSBUILDDISABLENODEREUSE=1 dotnet build src/Api/Api.csproj --configuration Release --nologo --verbosity quiet >"$work/build.log" ||
    { tail -n 40 "$work/build.log" >&2; die 'the build failed'; }
fi
say 'starting PostgreSQL'
postgres_start "$work/pg" shared_buffers=1GB max_wal_size=8GB checkpoint_timeout=30min synchronous_commit=on
postgres_admin postgres --command='create database tpcb owner fuel'
say "filling tpcb (scale $scale)"
"$PG_BIN/pgbench" --initialize --scale=$scale --quiet --host="$PG_SOCKETS" --port="$PG_PORT" --username=fuel tpcb >"$work/fill.log" 2>&1 ||
  { tail -n 5 "$work/fill.log" >&2; die 'pgbench could not fill its tables'; }
say 'starting the API'
start_api
read_seed
sleep 3 # what an API that nobody asks anything uses
idle=$(get /internal/runtime | jq .workingSetBytes)
booked_before=$(booked)
say 'warming up'
collect warm-up 8 "$work/cards" 3
for connections in 1 8 16 32; do
  say "$connections connections"
  tpcb "$connections"
  collect collect "$connections" "$work/cards"
  if ((connections >= 16)); then collect hot "$connections" "$work/hot-card"; fi
done
check_books
outcome=$(report)
if $json; then echo "$outcome"; else print_table "$outcome"; fi
