# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with eng/bench.sh
# Batch recharge, for eng/bench.sh: a list of 100,000 lines is checked, released and posted, as .dat and as .xlsx. Sourced by it.
readonly batch_lines=100000
readonly batch_last='(select max("Id") from recharge_lists)'
batches='[]'

# batch_call METHOD PATH TOKEN [curl option ...]   prints the answer; dies where it is no success
batch_call() {
  local method=$1 path=$2 token=$3; shift 3
  curl --silent --show-error --fail-with-body --max-time 120 --request "$method" "${api_urls[batch]}$path" \
    --header "Authorization: Bearer $token" --header "Idempotency-Key: bench-$RANDOM$RANDOM$RANDOM" "$@" || die "$method $path failed"
}

batch_sql() { postgres_admin batch --no-align --tuples-only --command="$1"; }

# batch_await SERIAL STATE   until the list stands there
batch_await() {
  local deadline=$((SECONDS + 300)) state=''
  until [[ $state == "$2" ]]; do
    ((SECONDS < deadline)) || die "the list is still $state and not $2"
    [[ $state != rejected ]] || die "the list was rejected: $(api_of_list "$1")"
    sleep 0.5
    state=$(api_of_list "$1" | jq --raw-output .state)
  done
}

api_of_list() { batch_call GET "/v1/recharge-lists/$1" "$batch_token"; }

# batch_copy TABLE CONDITION   seconds that a bare COPY of these rows into an empty table with the same indexes takes
batch_copy() {
  local start file=$work/copy-$1
  batch_sql "create table limit_$1 (like $1 including indexes)"
  postgres_admin batch --command="\\copy (select * from $1 where $2) to '$file'" >/dev/null
  start=$EPOCHREALTIME
  postgres_admin batch --command="\\copy limit_$1 from '$file'" >/dev/null
  since "$start"
  batch_sql "drop table limit_$1"
  rm -f "$file"
}

# batch_one FORMAT FILE
batch_one() {
  local format=$1 file=$2 list serial peak_rss check post times
  list=$(batch_call POST "/v1/recharge-lists?customerCode=$batch_unit&format=$format&fileName=bench.$format&repeat=true" "$batch_token" \
    --header 'Content-Type: application/octet-stream' --data-binary "@$file")
  serial=$(jq --raw-output .serialNumber <<<"$list")
  batch_await "$serial" submitted
  batch_call POST "/v1/recharge-lists/$serial/release" "$batch_reviewer" >/dev/null
  batch_await "$serial" finished
  batch_call POST "/v1/recharge-lists/$serial/retrieval" "$batch_token" >/dev/null
  times=$(batch_call GET "/v1/recharge-lists/$serial/result" "$batch_token" --output "$work/result.$format" --write-out '%{time_total}')
  read -r check post < <(batch_sql "select round(extract(epoch from \"CheckedAt\" - \"CheckStartedAt\"), 3) || ' '
    || round(extract(epoch from \"FinishedAt\" - \"PostingStartedAt\"), 3) from recharge_lists order by \"Id\" desc limit 1")
  (($(batch_sql "select count(*) from recharge_list_outcomes where \"TransactionId\" is not null and \"ListId\" = $batch_last") == batch_lines)) ||
    die 'not every line was posted'
  peak_rss=$(awk '/VmHWM/ { print int($2 / 1024) }' "/proc/${api_pids[batch]}/status")
  batches=$(jq --compact-output --arg format "$format" --argjson lines "$batch_lines" --argjson check "$check" --argjson post "$post" \
    --argjson result "$times" --argjson rss "$peak_rss" --argjson bytes "$(stat --format=%s "$file")" '. + [{format: $format, lines: $lines,
      fileBytes: $bytes, checkSeconds: $check, checkedPerSecond: ($lines / $check | round), postSeconds: $post,
      postedPerSecond: ($lines / $post | round), resultSeconds: $result, peakMiB: $rss}]' <<<"$batches")
  say "  $format: $(jq --raw-output '.[-1] | "checked \(.checkedPerSecond) /s, posted \(.postedPerSecond) /s, result in \(.resultSeconds) s, "
    + "peak \(.peakMiB) MiB"' <<<"$batches")"
}

batch_limit() {
  local of="\"ListId\" = $batch_last" check post=0 table seconds_of
  local -A rows=([transactions]="\"Id\" in (select \"TransactionId\" from recharge_list_outcomes where $of)"
    [entries]="\"TransactionId\" in (select \"TransactionId\" from recharge_list_outcomes where $of)"
    [audit_records]="\"Id\" in (select \"TransactionId\" from recharge_list_outcomes where $of)" [recharge_list_outcomes]=$of)
  check=$(batch_copy recharge_list_lines "$of")
  for table in "${!rows[@]}"; do
    seconds_of=$(batch_copy "$table" "${rows[$table]}")
    post=$(jq -n "$post + $seconds_of")
  done
  batches=$(jq --compact-output --argjson lines "$batch_lines" --argjson check "$check" --argjson post "$post" '. + [{format: "COPY", lines: $lines,
    checkSeconds: $check, checkedPerSecond: ($lines / $check | round), postSeconds: $post, postedPerSecond: ($lines / $post | round)}]' <<<"$batches")
  say "  bare COPY of the same rows: $(jq --raw-output '.[-1] | "lines \(.checkedPerSecond) /s; "
    + "transactions, entries, audit and outcomes \(.postedPerSecond) /s"' <<<"$batches")"
}

batch() {
  local unit_card paid
  postgres_admin postgres --command='create database batch owner fuel'
  api_start batch PostgreSql "$(connection_to batch)"
  postgres_admin batch --set=cards="$batch_lines" --file=eng/lib/batch.sql >"$work/batch.log" 2>&1 ||
    { tail -n 5 "$work/batch.log" >&2; die 'batch.sql failed'; }
  batch_token=$(<"$work/token-batch")
  read -r batch_unit unit_card < <(batch_sql "select k.\"Code\" || ' ' || c.\"Number\" from customers k join cards c on c.\"CustomerId\" = k.\"Id\"
    where k.\"CertificateNumber\" = 'BATCH0'")
  batch_reviewer=$(curl --silent --fail --header 'Content-Type: application/json' "${api_urls[batch]}/v1/sign-in" \
    --data '{"branchCode":"10100001","login":"manager","password":"Manager2026"}' | jq --raw-output .accessToken)
  postgres_admin batch --no-align --tuples-only --output="$work/list.dat" --command="select \"Number\" || ',10.00,' || k.\"Name\" || ',bench'
    from cards c join customers k on k.\"Id\" = c.\"CustomerId\"
    where k.\"CertificateNumber\" like 'BATCH%' and k.\"Kind\" = 'Person' order by c.\"Id\""
  echo "合计,$batch_lines,$((batch_lines * 10)).00" >>"$work/list.dat"
  dotnet "$generator" --to-xlsx "$work/list.dat" "$work/list.xlsx"
  # 1,000,000.00 yuan each time: what one list takes. One list more, to warm up.
  for ((paid = 0; paid < 2 * runs + 1; paid++)); do
    batch_call POST "/v1/cards/$unit_card/collections" "$batch_token" --header 'Content-Type: application/json' \
      --data '{"amount":100000000,"paymentMethod":"transfer","oilType":"gasoline92"}' >/dev/null
  done
  say 'batch: a list to warm up'
  batch_one dat "$work/list.dat"
  batches='[]'
  for ((run = 1; run <= runs; run++)); do
    batch_one dat "$work/list.dat"
    batch_one xlsx "$work/list.xlsx"
  done
  batch_limit
  api_get batch '/internal/books?full=true' >"$work/books.json"
  jq --exit-status '.sound == true' "$work/books.json" >/dev/null || { cat "$work/books.json" >&2; die 'the books of batch are not sound'; }
  api_stop batch
}
