#!/usr/bin/env bash
# Measures what the platform does per second beside what the database alone does on the same machine. See --help.
# shellcheck disable=SC2034,SC2154 # variables are shared with eng/lib/bench-*.sh
set -euo pipefail

usage() {
  cat <<'HELP'
Usage: eng/bench.sh [options]

Starts a PostgreSQL server of its own (synchronous_commit on) and the API, and measures collections over HTTP
(POST /v1/cards/{cardNumber}/collections; load by tests/Benchmarks) beside pgbench's TPC-B in the same run. Sections:
  spread     1, 8 and 32 connections, round robin over 1,000 customers; 32 also by Zipf (exponent 0.99)
  hot        8, 16 and 32 connections on one customer (one connection meets nobody, so it is as spread)
  floor      the same booking as one hand-written SQL function called by pgbench, 32 clients: what a specialist would write
  openloop   arrivals at random (Poisson) at half and at nine tenths of the peak just measured, latency from the instant each was due
  processes  one and three API processes behind haproxy, 32 connections
  sqlite     one API process on SQLite, 32 connections
  card       loads onto a card over the real PC/SC service (pcscd with vpcd's virtual reader; the chip is a process of its own), API on SQLite
             and on PostgreSQL: milliseconds from the front end's call to the agent's answer, and for whom it waits. Wants root; skipped, and
             says so, where pcscd cannot be had
  meter      sales to a memory card: the card is read, the purchase written, and between two sales swiped in the agent's simulated meter; API on
             SQLite and on PostgreSQL: milliseconds from the front end's first call to the agent's last answer, and for whom it waits
  batch      a recharge list of 100,000 lines is checked and posted, as .dat and .xlsx, beside a bare COPY of the same rows
  refunds    what can be refunded (GET /v1/customers/{customerCode}/refundable) of a customer with 1,000,000 entries beside one with 100, in turns;
             fails above three times the time. --quick: 100,000 entries
  electricity  collections of electricity bills (a quote and a payment) against the stand-in power company, 32 connections; a batch debit of 200,000
             lines beside a bare COPY of the rows that it leaves; reconciliation of 100,000 and of 1,000,000 lines a side beside coreutils' sort
             and join (LC_ALL=C) on the same files
  scale      32 connections on books with 10,000, 1,000,000 and 5,000,000 earlier collections; times of the books checks
tpcb (prepared, scale 50) runs before each number of connections that a section asks for. At the end the books must be sound and
hold as many collections as were answered with 201.

  --only LIST    these sections only: names with commas between
  --runs N       each measurement N times, 1 to 9 (3); shown are the median and the least and greatest rate
  --seconds S    of one measurement (4)
  --quick        one run of 3 s each unless said otherwise, with 1 and 32 connections, without the 5,000,000, and with 50,000 lines
             of a batch debit
  --json         prints the results as JSON, every run in it
  --no-build     API and load generator are built already (Release)
  --keep         keeps logs, and says where they are
  --help         this text

All of it takes about a quarter of an hour and 20 GB of disk (of TMPDIR), --quick about 4 minutes.
Columns: operations per second, median and range; median of the latencies' quantiles in milliseconds; processor time per operation
in microseconds of API, PostgreSQL and load generator; bytes allocated by the API per operation; ratio to tpcb with the same
connections (the median of the runs' ratios). Load generator, servers and database share the machine.
Exit code: 0 measured, and the books agree; 1 something failed, or the books or counts disagree; 2 wrong usage.
HELP
}

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"
for part in postgres install processes pcsc bench-servers bench-steps bench-scale bench-card bench-meter bench-batch bench-refunds \
  bench-electricity bench-report; do
  # shellcheck source=/dev/null
  source "eng/lib/$part.sh"
done

readonly SECTIONS=spread,hot,floor,openloop,processes,sqlite,card,meter,batch,refunds,electricity,scale
only=$SECTIONS runs='' seconds='' quick=false json=false build=true keep=false
wrong() { echo "eng/bench.sh: $* (see --help)" >&2; exit 2; }
while (($#)); do
  case $1 in
    --only) only=${2-}; shift ;;
    --runs) runs=${2-}; shift ;;
    --seconds) seconds=${2-}; shift ;;
    --quick) quick=true ;;
    --json) json=true ;;
    --no-build) build=false ;;
    --keep) keep=true ;;
    --help) usage; exit 0 ;;
    *) wrong "unknown option $1" ;;
  esac
  shift
done
if $quick; then : "${runs:=1}" "${seconds:=3}"; else : "${runs:=3}" "${seconds:=4}"; fi
[[ $runs =~ ^[1-9]$ ]] || wrong '--runs is a number from 1 to 9'
[[ $seconds =~ ^[1-9][0-9]?$ ]] || wrong '--seconds is a number from 1 to 99'
for section in ${only//,/ }; do [[ ,$SECTIONS, == *,$section,* ]] || wrong "there is no section $section"; done
[[ -n $only ]] || wrong '--only needs a section'
connection_counts=(1 8 16 32) sizes=(10000 1000000 5000000) warm_first=20 warm_again=15
debit_lines=200000 debit_payers=2000 reconciled_lines=(100000 1000000)
refund_entries=1000000
if $quick; then connection_counts=(1 32) sizes=(10000 1000000) debit_lines=50000 warm_again=10 refund_entries=100000; fi

readonly scale=50 # branches: more than the connections, so that tpcb does not wait for one row
readonly api=src/Api/bin/Release/net10.0/Api.dll generator=tests/Benchmarks/bin/Release/net10.0/Benchmarks.dll
work=$(mktemp -d "${TMPDIR:-/tmp}/fuel-bench.XXXXXX")
chmod 755 "$work"
results=$work/results.jsonl checks='[]' cards='[]' sales='[]' cpu='{}' run=1 peak=0
: >"$results"

finish() {
  local code=$?
  trap - EXIT INT TERM
  power_stop
  servers_stop
  pcsc_stop
  if $keep; then echo "Logs: $work" >&2; else rm -rf "$work"; fi
  exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say() { echo "$*" >&2; }
die() { say "eng/bench.sh: $*"; exit 1; }
wants() { local section; for section in "$@"; do if [[ ,$only, == *,$section,* ]]; then return 0; fi; done; return 1; }

prepare() {
  require_dotnet
  install_missing postgresql load >"$work/install.log" 2>&1 || { tail -n 20 "$work/install.log" >&2; die 'something is missing'; }
  if wants processes; then install_missing proxy >>"$work/install.log" 2>&1 || { tail -n 20 "$work/install.log" >&2; die 'no haproxy'; }; fi
  if ! $build; then return 0; fi
  say 'building'
  local project
  for project in src/Api/Api.csproj tests/Benchmarks/Benchmarks.csproj $(if wants card meter; then echo eng/Demo/Demo.csproj; fi) \
    $(if wants electricity; then echo src/Standins/PowerCompany/PowerCompany.csproj; fi); do
    MSBUILDDISABLENODEREUSE=1 dotnet build "$project" --configuration Release --nologo --verbosity quiet >"$work/build.log" ||
      { tail -n 40 "$work/build.log" >&2; die 'the build failed'; }
  done
}

start_postgres() {
  say 'starting PostgreSQL'
  postgres_start "$work/pg" shared_buffers=1GB max_wal_size=8GB checkpoint_timeout=30min synchronous_commit=on
  postgres_admin postgres --command='create database tpcb owner fuel'
  "$PG_BIN/pgbench" --initialize --scale=$scale --quiet --host="$PG_SOCKETS" --port="$PG_PORT" --username=fuel tpcb >"$work/fill.log" 2>&1 ||
    { tail -n 5 "$work/fill.log" >&2; die 'pgbench could not fill its tables'; }
}

start_bench() {
  say 'starting the API'
  postgres_admin postgres --command='create database bench owner fuel'
  api_start bench PostgreSql "$(connection_to bench)"
  sleep 3 # what an API that nobody asks anything uses
  idle=$(api_get bench /internal/runtime | jq .workingSetBytes)
  # As pgbench does after filling its tables.
  postgres_admin bench --command='vacuum analyze'
  postgres_admin bench --file=eng/lib/floor.sql >"$work/floor.log" 2>&1 || { tail -n 5 "$work/floor.log" >&2; die 'floor.sql failed'; }
  warm_up bench "$warm_first"
}

# one_run   everything that is measured on the books of "bench", once
one_run() {
  local connections
  for connections in "${connection_counts[@]}"; do
    if wants spread hot || ((connections == 32)); then tpcb "$connections"; fi
    if { wants spread && ((connections != 16)); } || { wants openloop && ((connections == 32)); }; then
      collect spread bench "$connections" "$seconds"
      peak=$last_rate
    fi
    if wants hot && ((connections > 1)); then collect hot bench "$connections" "$seconds" --choice one-hot; fi
  done
  if wants spread; then collect zipf bench 32 "$seconds" --choice zipf; fi
  if wants floor; then floor floor-spread 32 1 1000; floor floor-hot 32 1 1; fi
  if wants openloop; then
    # Longer, since one answer in a thousand is looked at; more connections, so that arrivals seldom wait for one.
    collect open-half bench 64 $((2 * seconds)) --rate "$(jq -n "$peak * 0.5")"
    collect open-nine-tenths bench 64 $((2 * seconds)) --rate "$(jq -n "$peak * 0.9")"
  fi
}

processes() {
  api_start second PostgreSql "$(connection_to bench)"
  api_start third PostgreSql "$(connection_to bench)"
  proxy_start bench second third
  observed=(bench second third)
  COLLECT_URL=$proxy_three collect warm-up bench 32 20
  for ((run = 1; run <= runs; run++)); do
    COLLECT_URL=$proxy_one collect one-process bench 32 "$seconds"
    observed=(bench second third)
    COLLECT_URL=$proxy_three collect three-processes bench 32 "$seconds"
  done
  api_stop second
  api_stop third
}

sqlite() {
  api_start sqlite Sqlite "Data Source=$work/sqlite.db"
  warm_up sqlite "$warm_again"
  for ((run = 1; run <= runs; run++)); do collect sqlite sqlite 32 "$seconds"; done
  check_books sqlite 0
  api_stop sqlite
}

prepare
start_postgres
idle=null
if wants spread hot floor openloop processes; then
  start_bench
  for ((run = 1; run <= runs; run++)); do one_run; done
  if wants processes; then processes; fi
  check_books bench 0
  api_stop bench
fi
if wants sqlite; then sqlite; fi
if wants card; then card_section; fi
if wants meter; then meter_section; fi
if wants batch; then batch; fi
if wants refunds; then refunds; fi
if wants electricity; then electricity_section; fi
if wants scale; then scale; fi
outcome=$(report)
if $json; then echo "$outcome"; else
  print_table "$outcome"; print_cards "$cards"; print_sales "$sales"; print_refunds "$refunds_asked"; print_electricity "$electricity"
fi
