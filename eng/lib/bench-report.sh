# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with eng/bench.sh
# Puts the runs of eng/bench.sh together. Sourced by it.

# The steps with medians and ranges, ratios run by run, every run, and the checks of the books, as JSON.
report() {
  jq --slurp --argjson idle "$idle" --argjson checks "$checks" --argjson batches "$batches" --argjson cards "$cards" \
    --argjson refundable "$refunds_asked" --argjson electricity "$electricity" --argjson sales "$sales" \
    --argjson seconds "$seconds" --argjson runs "$runs" '
    def median: sort | if length == 0 then null elif length % 2 == 1 then .[length / 2 | floor] else (.[length / 2] + .[length / 2 - 1]) / 2 end;
    # The step among the others that is named, of the same run: a machine that is slow for a while is slow for both.
    def beside($all; $name; $connections): . as $s
      | ($all[] | select(.name == $name and .connections == $connections and .run == $s.run) | $s.perSecond / .perSecond) // null;
    . as $all
    | {seconds: $seconds, runs: $runs, idleWorkingSetBytes: $idle, booksSound: true, booksChecks: $checks, cards: $cards, batches: $batches,
       refundable: $refundable, electricity: $electricity, sales: $sales,
       steps: [group_by([.name, .connections]) | sort_by(.[0] as $f | $all | index($f)) | .[] | . as $g | {
         name: .[0].name, connections: .[0].connections,
         perSecond: (map(.perSecond) | {median: median, least: min, greatest: max}),
         p50: (map(.p50) | median), p99: (map(.p99) | median), p999: (map(.p999) | median), max: (map(.max) | max),
         cpuMicroseconds: {api: (map(.cpuMicroseconds.api) | median), postgresql: (map(.cpuMicroseconds.postgresql) | median),
           proxy: (map(.cpuMicroseconds.proxy) | median), load: (map(.cpuMicroseconds.load) | median)},
         allocatedBytes: (map(.allocatedBytes) | median),
         ratioToTpcb: (map(beside($all; "tpcb"; $g[0].connections)) | map(select(. != null)) | median),
         ratioTo10k: (if .[0].name | startswith("earlier-") then map(beside($all; "earlier-10000"; 32)) | median else null end)}],
       measurements: $all}' "$results"
}

print_table() {
  jq --raw-output '
    def at(n): if . == null then "-" else . * pow(10; n) | round / pow(10; n) | tostring end;
    (["step", "conns", "per-s", "least", "greatest", "p50-ms", "p99-ms", "p99.9", "API-us", "PG-us", "load-us", "bytes/op", "tpcb", "10k"] | @tsv),
    (.steps[] | [.name, .connections, (.perSecond.median | at(0)), (.perSecond.least | at(0)), (.perSecond.greatest | at(0)), (.p50 | at(2)),
      (.p99 | at(2)), (.p999 | at(2)), (.cpuMicroseconds | (.api | at(0)), (.postgresql | at(0)), (.load | at(0))),
      (if .allocatedBytes > 0 then .allocatedBytes | at(0) else "-" end), (.ratioToTpcb | at(2)), (.ratioTo10k | at(2))] | @tsv)' <<<"$1" |
    awk -F'\t' '{ printf "%-17s %5s %7s %7s %8s %7s %7s %7s %6s %6s %7s %8s %5s %5s\n", $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14 }'
  jq --raw-output '
    (.batches[] | "list of \(.lines) lines, \(.format): checked \(.checkedPerSecond) /s, posted \(.postedPerSecond) /s"
      + if .peakMiB then ", result in \(.resultSeconds) s, peak \(.peakMiB) MiB" else " (the limit)" end),
    (.booksChecks[] | "books of \(.name)" + if .when
      then ", \(.when): running check \(.runningCheckSeconds) s (\(.entriesChecked) entries, \(.entriesProven) proved before)"
      else ": sound, as many entries as answered for; all \(.entries) checked in \(.fullCheckSeconds) s" end),
    (if .idleWorkingSetBytes then "idle working set: \(.idleWorkingSetBytes / 1048576 | round) MiB" else empty end)' <<<"$1"
}
