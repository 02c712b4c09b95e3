# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with eng/bench.sh
# Electricity bills, for eng/bench.sh: counter collections against the stand-in, a batch debit, and the comparison of both sides' lines. Sourced by
# it.
readonly power_company=src/Standins/PowerCompany/bin/Release/net10.0/PowerCompany.dll
electricity='{}' power_pid=''

# bills STEP NUMBER [SECONDS]   prints the result as JSON
bills() {
  dotnet "$generator" --bills "$1" "${api_urls[bills]}/" "$power_url/" "$work/bills" "${@:2}" >"$work/load" 2>&1 ||
    { tail -n 20 "$work/load" "$work/api-bills.log" >&2; die "electricity: $1 failed"; }
  tail -n 1 "$work/load"
}

bills_sql() { postgres_admin bills --no-align --tuples-only --command="$1"; }

power_start() {
  local deadline=$((SECONDS + 60))
  power_url=http://127.0.0.1:$(free_port)
  env Power__Database="$work/power-company.db" ASPNETCORE_URLS="$power_url" Logging__LogLevel__Default=Warning \
    setpriv --pdeathsig=TERM dotnet "$power_company" </dev/null >"$work/power-company.log" 2>&1 &
  power_pid=$!
  until curl --silent --fail "$power_url/health/ready" >/dev/null; do
    ((SECONDS < deadline)) || { tail -n 20 "$work/power-company.log" >&2; die 'the power company did not start'; }
    sleep 0.2
  done
}

power_stop() {
  if [[ -n $power_pid ]]; then kill -TERM "$power_pid" 2>/dev/null || true; wait "$power_pid" 2>/dev/null || true; power_pid=''; fi
}

# keep NAME JSON   adds a result to its name's list
keep_bills() { electricity=$(jq --compact-output --arg name "$1" --argjson result "$2" '.[$name] += [$result]' <<<"$electricity"); }

# copy_of TABLE CONDITION   seconds that a bare COPY of these rows into an empty table with the same indexes takes
copy_of() {
  local start file=$work/copy-$1
  bills_sql "create table limit_$1 (like $1 including indexes)" >/dev/null
  postgres_admin bills --command="\\copy (select * from $1 where $2) to '$file'" >/dev/null
  start=$EPOCHREALTIME
  postgres_admin bills --command="\\copy limit_$1 from '$file'" >/dev/null
  since "$start"
  bills_sql "drop table limit_$1" >/dev/null
  rm -f "$file"
}

# batch_debit   the newest file's lines, and a COPY of the rows that it left, in the same run
batch_debit() {
  local result of copy=0 table
  result=$(bills debit "$debit_lines")
  of='select "TransactionId" from debit_file_outcomes where "FileId" = (select max("Id") from debit_files)'
  local -A rows=([transactions]="\"Id\" in ($of)" [entries]="\"TransactionId\" in ($of)" [audit_records]="\"Id\" in ($of)"
    [electricity_payments]="\"Id\" in ($of)" [electricity_receivables]="\"PaymentId\" in ($of)"
    [debit_file_outcomes]='"FileId" = (select max("Id") from debit_files)')
  for table in "${!rows[@]}"; do copy=$(jq -n "$copy + $(copy_of "$table" "${rows[$table]}")"); done
  result=$(jq --compact-output --argjson copy "$copy" --argjson rss "$(awk '/VmHWM/ { print int($2 / 1024) }' "/proc/${api_pids[bills]}/status")" \
    '. + {copySeconds: $copy, perSecond: (.lines / .debitSeconds | round), copyPerSecond: (.lines / $copy | round),
      ratioToCopy: ($copy / .debitSeconds * 100 | round / 100), peakMiB: $rss}' <<<"$result")
  keep_bills debits "$result"
  say "  run $run: batch debit: $(jq --raw-output '
    "\(.perSecond) lines /s; COPY \(.copyPerSecond) /s; ratio \(.ratioToCopy); peak \(.peakMiB) MiB"' <<<"$result")"
}

# reconciliation LINES   the product, and coreutils on the same files
reconciliation() {
  local result start side folder=$work/lines
  mkdir -p "$folder"
  dotnet "$generator" --reconciliation-files "$1" "$folder" || die 'the files were not made'
  result=$(dotnet "$generator" --reconcile "$folder") || die 'the comparison failed'
  start=$EPOCHREALTIME
  for side in bank power; do LC_ALL=C sort --field-separator='|' --key=3,3 "$folder/$side" >"$folder/$side.sorted"; done
  LC_ALL=C join -t '|' -1 3 -2 3 "$folder/bank.sorted" "$folder/power.sorted" >"$folder/joined"
  result=$(jq --compact-output --argjson lines "$1" --argjson coreutils "$(since "$start")" \
    '{lines: $lines} + . + {coreutilsSeconds: $coreutils, ratioToCoreutils: (.seconds / $coreutils * 100 | round / 100)}' <<<"$result")
  keep_bills reconciliations "$result"
  say "  run $run: $1 lines a side: $(jq --raw-output \
    '"\(.seconds) s; sort and join \(.coreutilsSeconds) s; ratio \(.ratioToCoreutils); peak \(.peakMiB) MiB"' <<<"$result")"
  rm -rf "$folder"
}

electricity_section() {
  local lines
  say 'electricity: reconciliation'
  for ((run = 1; run <= runs; run++)); do for lines in "${reconciled_lines[@]}"; do reconciliation "$lines"; done; done
  mkdir -p "$work/bills"
  power_start
  postgres_admin postgres --command='create database bills owner fuel'
  api_start bills PostgreSql "$(connection_to bills)" Bootstrap__AdminPassword=Admin2026x Electricity__PowerAddress="$power_url/"
  bills setup "$debit_payers" >/dev/null
  postgres_admin bills --command='vacuum analyze'
  say 'electricity: collections'
  bills collect 32 "$warm_again" >/dev/null
  for ((run = 1; run <= runs; run++)); do
    keep_bills collections "$(bills collect 32 "$seconds")"
    say "  run $run: $(jq --raw-output '.collections[-1] | "\(.perSecond) collections /s, p50 \(.p50) p99 \(.p99) ms"' <<<"$electricity")"
  done
  say 'electricity: batch debit'
  for ((run = 1; run <= runs; run++)); do batch_debit; done
  api_get bills '/internal/books?full=true' | jq --exit-status '.sound == true' >/dev/null || die 'the books of bills are not sound'
  api_stop bills
  power_stop
}

print_electricity() {
  jq --raw-output '
    def middle: sort | .[length / 2 | floor];
    (if .collections then "electricity bills collected (quote and payment) at 32 connections: \(.collections | map(.perSecond) | middle) /s, p50 \(
      .collections | map(.p50) | middle) p99 \(.collections | map(.p99) | middle) ms" else empty end),
    (if .debits then "batch debit of \(.debits[0].lines) lines: \(.debits | map(.perSecond) | middle) /s, COPY \(
      .debits | map(.copyPerSecond) | middle) /s, ratio \(.debits | map(.ratioToCopy) | middle), peak \(
      .debits | map(.peakMiB) | max) MiB" else empty end),
    (.reconciliations // [] | group_by(.lines)[] | "reconciliation of \(.[0].lines) lines a side: \(map(.seconds) | middle) s, sort and join \(
      map(.coreutilsSeconds) | middle) s, ratio \(map(.ratioToCoreutils) | middle), peak \(map(.peakMiB) | max) MiB")' <<<"$1"
}
