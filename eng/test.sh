#!/usr/bin/env bash
# Checks everything that can be checked without a person; .ci/run calls it. See --help.
set -euo pipefail

usage() {
  cat <<'HELP'
Usage: eng/test.sh [options]

Installs what is missing (Debian: PostgreSQL, WeasyPrint, a Chinese font, Node, pcscd with a virtual reader; the .NET tools; the
npm packages of the OpenAPI checks), starts a PostgreSQL server and a PC/SC service of its own, checks the formatting, builds
with warnings as errors, runs the tests on SQLite and PostgreSQL, lints the OpenAPI files, compiles a generated TypeScript client
and works a counter day with it against a real API and agent.

  --filter EXPRESSION   run only these tests (of dotnet test: FullyQualifiedName~Collect, Requirement=FC-11.1)
  --project NAME        run only this test project (Api.Tests); may be given several times
  --only-unit           without PostgreSQL and pcscd (their tests are reported as skipped) and without the OpenAPI checks
  --long                try the random histories and properties 20 times as often (FUEL_TEST_TIMES=20; another number by that
                        variable)
  --keep                keep logs and results, and say where they are
  --help                this text

A step may take as long as it needs. It is ended when it hangs: a test run that has no result for ten minutes, any other step
that says nothing for an hour.

Ends with the ten slowest tests and one line: N passed, N failed, N skipped. A step that fails counts as one failure.
Exit code: 0 all passed; 1 something failed; 2 wrong usage; 130, 143 interrupted.
HELP
}

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"
# shellcheck source=eng/lib/postgres.sh
source eng/lib/postgres.sh
# shellcheck source=eng/lib/install.sh
source eng/lib/install.sh
# shellcheck source=eng/lib/steps.sh
source eng/lib/steps.sh
# shellcheck source=eng/lib/tests.sh
source eng/lib/tests.sh
# shellcheck source=eng/lib/openapi.sh
source eng/lib/openapi.sh
# shellcheck source=eng/lib/client.sh
source eng/lib/client.sh
# shellcheck source=eng/lib/pcsc.sh
source eng/lib/pcsc.sh

filter='' only_unit=false keep=false projects=()
while (($#)); do
  case $1 in
    --filter) filter=${2:?--filter needs an expression}; shift 2 ;;
    --project) projects+=("${2:?--project needs a name}"); shift 2 ;;
    --only-unit) only_unit=true; shift ;;
    --long) export FUEL_TEST_TIMES=20; shift ;;
    --keep) keep=true; shift ;;
    --help) usage; exit 0 ;;
    *) echo "eng/test.sh: unknown option $1 (see --help)" >&2; exit 2 ;;
  esac
done
((${#projects[@]})) || mapfile -t projects < <(test_projects)
for project in "${projects[@]}"; do
  [[ -e tests/$project/$project.csproj ]] || { echo "eng/test.sh: there is no tests/$project/$project.csproj" >&2; exit 2; }
done

# No process outlives this script: build servers end with the build, or are ended with their step.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 MSBUILDDISABLENODEREUSE=1
export UseSharedCompilation=true SharedCompilationId="fuel-test-$$" # a compiler server of our own
# What runs here lives for seconds or minutes: neither measuring code for later nor mapping it twice pays.
export DOTNET_TieredPGO=0 DOTNET_EnableWriteXorExecute=0

work=$(mktemp -d "${TMPDIR:-/tmp}/fuel-test.XXXXXX")
chmod 755 "$work" # the server's user passes through it
STEP_FOLDER=$work
export TMPDIR=$work/tmp # what builds and tests leave behind goes with it
mkdir "$TMPDIR"

finish() {
  local code=$?
  trap - EXIT INT TERM
  steps_end
  postgres_stop
  pcsc_stop
  if $keep; then echo "Logs and results: $work"; else rm -rf "$work"; fi
  exit "$code"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Seconds without a sign of life after which a step hangs: a test run says each result, the others may say nothing until they end.
readonly HANGS=3600 TESTS_HANG=600

# Everything that is not there yet on a bare machine.
install() {
  if $only_unit; then install_missing pdf; else install_missing postgresql pdf npm; fi
  if ! $only_unit; then install_npm_packages "$ROOT/openapi"; fi
}

# NU1603 and its likes would mean that another version is tested than the one that is pinned.
restore() {
  require_dotnet
  dotnet restore Api.sln --verbosity quiet | tee "$work/restore.txt"
  if grep -qi warn "$work/restore.txt"; then echo 'restore must print no warning'; return 1; fi
  dotnet tool restore
}

build() { dotnet build Api.sln --configuration Release --no-restore --nologo --verbosity quiet -warnaserror; }

count_run() {
  local project=$1 results=$work/$1.trx
  if step_ok "tests: $project"; then
    if ! count_tests "$results"; then TESTS_TOTAL=0; fi
    if [[ -z $filter ]] && ((TESTS_TOTAL == 0)); then fail_step "tests: $project" 'ran no test'; fi
    return 0
  fi
  # The failures are in the results; a run that died leaves none, or says that all passed: then the step itself is the failure.
  local failed_before=$TESTS_FAILED
  if count_tests "$results" && ((TESTS_FAILED > failed_before)); then STEPS_FAILED=$((STEPS_FAILED - 1)); fi
}

fail_step() {
  STEPS_FAILED=$((STEPS_FAILED + 1))
  printf '%-44s          FAILED: %s\n' "$1" "$2"
}

check_openapi() {
  local name files=()
  for name in "${OPENAPI_NAMES[@]}"; do
    files+=("$ROOT/openapi/$name.json")
    [[ -s openapi/$name.json ]] || { fail_step 'OpenAPI files' "openapi/$name.json is not there (eng/openapi.sh writes it)"; return 0; }
  done
  step 'OpenAPI: Spectral' $HANGS openapi_lint_spectral "${files[@]}"
  step 'OpenAPI: Redocly' $HANGS openapi_lint_redocly "${files[@]}"
  step 'OpenAPI: TypeScript client' $HANGS openapi_typescript "${files[@]}"
}

# What needs no build goes on beside it: compiling module after module leaves a processor idle.
prepare() {
  step_begin 'install what is missing' $HANGS install
  step 'restore' $HANGS restore
  if step_ok 'restore'; then
    step_begin 'build' $HANGS build
    step 'formatting' $HANGS dotnet csharpier check .
  fi
  step_await 'install what is missing'
  if step_ok 'install what is missing' && ! $only_unit; then check_openapi; fi
  step_await 'build'
  prepared=false
  if step_ok 'install what is missing' && step_ok 'build'; then prepared=true; fi
}

begin_tests() { step_begin "tests: $1" $TESTS_HANG test_project "$1" "$work/$1.trx" "$filter"; }

# While the file is there, the tests of the API that need the PC/SC service wait: the agent's stop and start it.
agent_tests() {
  if [[ -n ${PCSC_TEST:-} ]]; then trap 'rm -f "$PCSC_TEST/agent-tests"' EXIT; fi
  test_project Hardware.Agent.Tests "$work/Hardware.Agent.Tests.trx" "$filter"
}

# The agent's tests mostly wait for cards, and Api.Tests takes longest: the others run beside them.
run_tests() {
  local project beside=()
  for project in "${projects[@]}"; do
    if [[ $project != Api.Tests && $project != Hardware.Agent.Tests ]]; then beside+=("$project"); fi
  done
  if [[ " ${projects[*]} " == *' Hardware.Agent.Tests '* ]]; then
    if [[ -n ${PCSC_TEST:-} ]]; then : >"$PCSC_TEST/agent-tests"; fi
    step_begin 'tests: Hardware.Agent.Tests' $TESTS_HANG agent_tests
  fi
  if [[ " ${projects[*]} " == *' Api.Tests '* ]]; then begin_tests Api.Tests; fi
  for project in ${beside[@]+"${beside[@]}"}; do begin_tests "$project"; step_await "tests: $project"; done
  if ! $only_unit; then step 'counter day by a generated client' $HANGS client_day Release "$work/client"; fi
  step_await 'tests: Hardware.Agent.Tests'
  step_await 'tests: Api.Tests'
  for project in "${projects[@]}"; do count_run "$project"; done
}

prepare
if $prepared; then
  if ! $only_unit; then
    # Tests kill processes, never the machine: nothing has to be on the disk. Commits still reach the server's files before they are answered.
    # A hundred databases of a minute each need no vacuum and no checkpoint.
    postgres_start "$work/postgres" fsync=off full_page_writes=off wal_level=minimal max_wal_senders=0 \
      autovacuum_naptime=1h checkpoint_timeout=1h max_wal_size=2GB
    export FUEL_TEST_POSTGRES=$PG_CONNECTION
    # Where it cannot be (no root, no package), the tests that need it are reported as skipped.
    pcsc_start "$work/pcsc" >"$work/pcsc.txt" 2>&1 || tail -n 3 "$work/pcsc.txt"
  fi
  run_tests
  if ((TESTS_PASSED + TESTS_FAILED == 0)); then fail_step 'tests' 'no test ran at all'; fi
fi

TESTS_FAILED=$((TESTS_FAILED + STEPS_FAILED))
printf '%-44s %5d s\n' 'all' "$SECONDS"
results=("${projects[@]/#/$work/}")
echo 'slowest tests:'
slowest_tests 10 "${results[@]/%/.trx}"
echo "$TESTS_PASSED passed, $TESTS_FAILED failed, $TESTS_SKIPPED skipped"
((TESTS_FAILED == 0))
