#!/usr/bin/env bash
# Shows a whole counter day against the real API and the real agent. See --help.
set -euo pipefail

usage() {
  cat <<'HELP'
Usage: eng/demo.sh [--serve] [--port N] [--provider NAME --connection STRING] [--pcsc] [--keep] [--help]

Builds, starts the API (SQLite in a temporary folder) and the hardware agent with a virtual chip card, and runs a counter
day as a front end would: signing in, issuing a card with an approval, collecting, retrying, allocating, loading the chip,
also with the card pulled in the middle and read again, voiding, collecting an electricity bill from a stand-in power company whose
answer is lost, selling to a prepaid meter that takes the purchase (not with --pcsc), closing and paying out an account, printing,
closing the days, reversing on the day after. Needs the .NET SDK and nothing else (but for --pcsc).

  --serve    leaves both running afterwards, and prints addresses and sign-ins; Ctrl-C stops them
  --pcsc     by the real PC/SC service: starts a pcscd of its own with a virtual reader, and the chip as a process of its own that
             is the card in it. Wants root and Debian's pcscd, vsmartcard-vpcd and opensc, and no other pcscd running; what is
             missing of the packages is installed by apt
  --provider NAME --connection STRING
             on an empty database of yours: PostgreSql, SqlServer or Sqlite, and its connection string; it keeps what the day booked
  --port N   the API listens on port N and the agent on N+1 (default: free ports)
  --keep     leaves the folder with database, logs and documents, and says where it is
  --help     this text

Exit code: 0 every step answered as expected and the books are sound; 1 something did not; 2 wrong usage; 130 interrupted.
HELP
}

pcsc=false
given=("$@") # the program reads them, too; here they are only held against the usage, before anything is built
while (($#)); do
  case $1 in
    --serve | --keep) ;;
    --pcsc) pcsc=true ;;
    --port)
      shift
      if ! [[ ${1:-} =~ ^[1-9][0-9]{0,4}$ ]] || (($1 >= 65535)); then
        echo 'eng/demo.sh: --port needs a number from 1 to 65534' >&2
        exit 2
      fi ;;
    --provider | --connection)
      if (($# < 2)); then echo "eng/demo.sh: $1 needs a value (see --help)" >&2; exit 2; fi
      shift ;;
    --help) usage; exit 0 ;;
    *) echo "eng/demo.sh: unknown option $1 (see --help)" >&2; exit 2 ;;
  esac
  shift
done

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
command -v dotnet >/dev/null || { echo 'eng/demo.sh: the .NET SDK 10 is missing: see https://dot.net' >&2; exit 1; }
dotnet --version >/dev/null || { echo 'eng/demo.sh: the .NET SDK that global.json asks for is missing (see above)' >&2; exit 1; }

# Two demos at once must not write the same build; where flock is missing, the second build waits for nothing.
mkdir -p artifacts
exec 9>artifacts/demo.lock
if command -v flock >/dev/null && ! flock --nonblock 9; then
  echo 'Waiting for another demo to finish building …'
  flock 9
fi

# Says what is built while it is built: the lines "Project -> file" that dotnet prints, in any language it speaks.
show_progress() {
  local line
  while IFS= read -r line; do
    if [[ $line =~ ^\ +([A-Za-z0-9.]+)\ -\>\  ]]; then printf '  %3d s  %s\n' "$SECONDS" "${BASH_REMATCH[1]}"; fi
  done
}

echo 'Restoring packages and building; the first time takes minutes:'
log=artifacts/demo-build.log
if ! dotnet build eng/Demo/Demo.csproj --configuration Release --nologo --verbosity minimal 2>&1 9>&- | tee "$log" | show_progress; then
  tail -n 40 "$log" >&2
  echo 'eng/demo.sh: the build failed' >&2
  exit 1
fi
exec 9>&-

if $pcsc; then
  # shellcheck source=eng/lib/pcsc.sh
  source eng/lib/pcsc.sh
  echo 'Starting pcscd with a virtual reader …'
  service=$(mktemp -d "${TMPDIR:-/tmp}/fuel-demo-pcsc.XXXXXX")
  if ! pcsc_start "$service/pcsc" >"$service/start.log" 2>&1; then
    tail -n 20 "$service/start.log" >&2
    rm -rf "$service"
    echo 'eng/demo.sh: --pcsc is not possible here (see above and --help); without it the demo needs the .NET SDK alone' >&2
    exit 1
  fi
  # The program takes this process's place, so the service ends with it, however it ends; its folder goes a moment later.
  (exec {PCSC_LOCK}>&-; trap '' INT HUP; while kill -0 $$ 2>/dev/null; do sleep 0.5; done; sleep 1; rm -rf "$service") </dev/null >/dev/null 2>&1 &
fi

exec dotnet eng/Demo/bin/Release/net10.0/Demo.dll ${given[@]+"${given[@]}"}
