# shellcheck shell=bash
# A generated client works a whole counter day against a real API and a real agent. Sourced by eng/test.sh; needs the types of
# openapi_typescript and a build.

# client_day CONFIGURATION FOLDER   FOLDER takes database, journal and logs
client_day() {
  local configuration=$1 folder=$2 api agent reader='Virtual reader 1' page='http://localhost:5173'
  mkdir -p "$folder"
  CLIENT_FOLDER=$folder # the trap runs when this function's own variables are gone
  trap client_stop EXIT
  export ASPNETCORE_ENVIRONMENT=Sandbox
  api=$(client_address Api "$configuration" "$folder" --Database:Provider=Sqlite "--Database:ConnectionString=Data Source=$folder/counter.db" \
    --Demo:Seed=Demo --Bootstrap:AdminPassword=Admin2026x)
  agent=$(client_address Hardware.Agent "$configuration" "$folder" "--Agent:DataFolder=$folder/agent" "--Agent:VirtualReaders:0=$reader" \
    "--Agent:AllowedOrigins:0=$page" "--Api:Address=$api")
  openapi_tool tsc --project "$ROOT/openapi/tsconfig.json"
  cd "$ROOT/openapi" || return
  node generated/js/day/day.js "$api" "$agent"
}

# client_address PROJECT CONFIGURATION FOLDER SETTING ...   Starts a service on a free port; prints where it listens.
client_address() {
  local project=$1 configuration=$2 folder=$3 log=$3/$1.log tries address
  shift 3
  cd "$folder" || return
  : >"$log"
  dotnet "$ROOT/src/$project/bin/$configuration/net10.0/$project.dll" --urls=http://127.0.0.1:0 "$@" >"$log" 2>&1 &
  echo $! >>"$folder/pids"
  for ((tries = 0; tries < 600; tries++)); do
    address=$(sed -n 's/.*Now listening on: \(http:[^"]*\).*/\1/p' "$log" | head -n 1)
    if [[ -n $address ]]; then echo "$address"; return 0; fi
    kill -0 $! 2>/dev/null || break
    sleep 0.1
  done
  echo "$project did not start: $(tail -n 5 "$log")" >&2
  return 1
}

client_stop() {
  local pid
  [[ -e $CLIENT_FOLDER/pids ]] || return 0
  while read -r pid; do kill "$pid" 2>/dev/null || true; done <"$CLIENT_FOLDER/pids"
  rm -f "$CLIENT_FOLDER/pids"
}
