# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with eng/bench.sh
# What is refundable, for eng/bench.sh: a customer with few entries beside one with a million, in turns. Sourced by it.
readonly refund_calls=40 refund_most_times=3
refunds_asked='[]'

# refundable_of CODE   prints the milliseconds of one answer
refundable_of() {
  curl --silent --show-error --fail-with-body --max-time 300 --output "$work/refundable.json" --write-out '%{time_total}' \
    --header "Authorization: Bearer $(<"$work/token-refunds")" "${api_urls[refunds]}/v1/customers/$1/refundable" |
    awk '{ print $1 * 1000 }' || die "GET refundable of $1 failed: $(<"$work/refundable.json")"
}

# refundable_agrees CODE FEN
refundable_agrees() {
  jq --exit-status --argjson fen "$2" '.refundable == $fen and (.lines | map(.left) | add // 0) == $fen' "$work/refundable.json" >/dev/null ||
    die "what is refundable of $1 is not $2 fen: $(<"$work/refundable.json")"
}

refunds() {
  local few many few_first many_first call
  postgres_admin postgres --command='create database refunds owner fuel'
  api_start refunds PostgreSql "$(connection_to refunds)"
  postgres_admin refunds --set=entries="$refund_entries" --file=eng/lib/refunds.sql >"$work/refunds.log" 2>&1 ||
    { tail -n 5 "$work/refunds.log" >&2; die 'refunds.sql failed'; }
  read -r few many < <(postgres_admin refunds --no-align --tuples-only --command="select string_agg(\"Code\", ' ' order by number) from (
    select k.\"Code\", c.\"Number\" as number from customers k join cards c on c.\"CustomerId\" = k.\"Id\"
    where k.\"CertificateNumber\" like 'BENCH%' order by c.\"Number\" limit 2) as two")
  # The first answer counts what nobody has counted yet, and leaves marks; the second finds the plans made.
  few_first=$(refundable_of "$few") many_first=$(refundable_of "$many")
  for ((call = 0; call < 10; call++)); do refundable_of "$few" >/dev/null; refundable_of "$many" >/dev/null; done
  : >"$work/refundable-few"; : >"$work/refundable-many"
  # In turns, so that a machine that is slower for a while is slower for both.
  for ((call = 0; call < refund_calls; call++)); do
    refundable_of "$few" >>"$work/refundable-few"
    refundable_of "$many" >>"$work/refundable-many"
  done
  refundable_agrees "$many" $((refund_entries / 10))
  refunds_asked=$(jq --null-input --compact-output --slurpfile few "$work/refundable-few" --slurpfile many "$work/refundable-many" \
    --argjson entries "$refund_entries" --argjson fewFirst "$few_first" --argjson manyFirst "$many_first" '
    def median: sort | .[length / 2 | floor];
    [{entries: 100, first: $fewFirst, median: ($few | median), most: ($few | max)},
     {entries: $entries, first: $manyFirst, median: ($many | median), most: ($many | max), ratio: (($many | median) / ($few | median))}]')
  api_get refunds '/internal/books?full=true' >"$work/books.json"
  jq --exit-status '.sound == true' "$work/books.json" >/dev/null || { cat "$work/books.json" >&2; die 'the books of refunds are not sound'; }
  api_stop refunds
  jq --exit-status --argjson most $refund_most_times '.[1].ratio <= $most' <<<"$refunds_asked" >/dev/null ||
    die "a customer with $refund_entries entries is answered slower than $refund_most_times times: $refunds_asked"
}

print_refunds() {
  jq --raw-output '
    def ms: . * 10 | round / 10;
    .[] | "refundable of \(.entries) entries: median \(.median | ms) ms, most \(.most | ms) ms, first answer \(.first | ms) ms" +
      (if .ratio then "; \(.ratio * 100 | round / 100) times the time of 100 entries" else "" end)' <<<"$1"
}
