# shellcheck shell=bash disable=SC2034,SC2154 # variables are shared with eng/bench.sh
# The servers that eng/bench.sh measures: API processes by name, and haproxy. Sourced by it; needs $work, $api, $PG_* and say, die.
declare -A api_pids=() api_urls=()
proxy_pid='' proxy_one='' proxy_three=''

# api_get NAME PATH
api_get() { curl --silent --show-error --fail --max-time 600 "${api_urls[$1]}$2"; }

# connection_to DATABASE
connection_to() { echo "${PG_CONNECTION/Database=postgres/Database=$1};Maximum Pool Size=64"; }

# api_start NAME PROVIDER CONNECTION [SETTING=VALUE ...]
api_start() {
  local name=$1 provider=$2 connection=$3 deadline=$((SECONDS + 60)); shift 3
  api_urls[$name]=http://127.0.0.1:$(free_port)
  env DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 ASPNETCORE_ENVIRONMENT=Testing ASPNETCORE_URLS="${api_urls[$name]}" Demo__Seed=Benchmark \
    Database__Provider="$provider" Database__ConnectionString="$connection" "$@" \
    setpriv --pdeathsig=TERM dotnet "$api" </dev/null >>"$work/api-$name.log" 2>&1 &
  api_pids[$name]=$!
  until api_get "$name" /health/ready >/dev/null 2>&1; do
    if ! kill -0 "${api_pids[$name]}" 2>/dev/null || ((SECONDS > deadline)); then
      tail -n 30 "$work/api-$name.log" >&2
      die 'the API did not start'
    fi
    sleep 0.2
  done
  : "${answered[$name]:=0}"
  # Who may collect, and on which cards: {"token":"...","cardNumbers":["...", ...]}
  api_get "$name" /internal/benchmark >"$work/seed-$name.json" || die '/internal/benchmark did not answer'
  jq --exit-status --raw-output .token "$work/seed-$name.json" >"$work/token-$name"
  jq --exit-status --raw-output '.cardNumbers[]' "$work/seed-$name.json" >"$work/cards-$name"
  (($(wc -l <"$work/cards-$name") >= 1000)) || die 'fewer than 1,000 cards in the seed'
}

api_stop() {
  local pid=${api_pids[$1]}
  unset "api_pids[$1]"
  kill -TERM "$pid" 2>/dev/null || true
  wait "$pid" 2>/dev/null || true
}

# proxy_start NAME1 NAME2 NAME3   haproxy before the first alone ($proxy_one) and before all three ($proxy_three)
proxy_start() {
  local one three name deadline=$((SECONDS + 10))
  one=$(free_port) three=$(free_port)
  proxy_one=http://127.0.0.1:$one proxy_three=http://127.0.0.1:$three
  {
    printf '%s\n' global '  maxconn 2000' '  nbthread 1' defaults '  mode http' '  balance roundrobin' '  http-reuse always' '  timeout connect 5s' \
      '  timeout client 60s' '  timeout server 60s' 'listen one' "  bind 127.0.0.1:$one" "  server $1 ${api_urls[$1]#http://}" 'listen three' \
      "  bind 127.0.0.1:$three"
    for name in "$@"; do echo "  server $name ${api_urls[$name]#http://}"; done
  } >"$work/haproxy.cfg"
  setpriv --pdeathsig=TERM "$(haproxy_binary)" -db -f "$work/haproxy.cfg" </dev/null >"$work/haproxy.log" 2>&1 &
  proxy_pid=$!
  until ! port_is_free "$three"; do
    if ! kill -0 "$proxy_pid" 2>/dev/null || ((SECONDS > deadline)); then tail -n 10 "$work/haproxy.log" >&2; die 'haproxy did not start'; fi
    sleep 0.1
  done
}

servers_stop() {
  local name
  if [[ -n $proxy_pid ]]; then kill -TERM "$proxy_pid" 2>/dev/null || true; wait "$proxy_pid" 2>/dev/null || true; fi
  for name in "${!api_pids[@]}"; do api_stop "$name"; done
  postgres_stop
}
