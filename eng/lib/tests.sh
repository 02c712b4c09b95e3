# shellcheck shell=bash
# Runs test projects and adds up what they say. Sourced by eng/test.sh and eng/openapi.sh.

TESTS_PASSED=0 TESTS_FAILED=0 TESTS_SKIPPED=0 TESTS_TOTAL=0

# Prints the test projects under tests/, those that end soonest first.
test_projects() {
  local project
  for project in Architecture.Tests Simulation Hardware.Agent.Tests Api.Tests; do
    if [[ -e $ROOT/tests/$project/$project.csproj ]]; then echo "$project"; fi
  done
  for project in "$ROOT"/tests/*/*.csproj; do
    project=$(basename "$project" .csproj)
    if [[ $project =~ ^(Architecture.Tests|Simulation|Hardware.Agent.Tests|Api.Tests)$ ]]; then continue; fi
    if grep -q 'Include="xunit.v3"' "$ROOT/tests/$project/$project.csproj"; then echo "$project"; fi
  done
}

# test_project NAME RESULTS_FILE [FILTER]   the project is built already (Release); each result is a line, so that a run that hangs shows
test_project() {
  local name=$1 results=$2 filter=${3:-}
  dotnet test "$ROOT/tests/$name/$name.csproj" --configuration Release --no-build --nologo \
    --logger "trx;LogFileName=$results" --logger 'console;verbosity=normal' ${filter:+--filter "$filter"}
}

# count_tests RESULTS_FILE   adds a project's counts to the sums; answers 1 when the run left no results
count_tests() {
  local counters total executed passed
  TESTS_TOTAL=0
  [[ -s $1 ]] || return 1
  counters=$(grep -o '<Counters [^>]*>' "$1") || return 1
  total=$(counter total "$counters") executed=$(counter executed "$counters") passed=$(counter passed "$counters")
  TESTS_TOTAL=$total
  TESTS_PASSED=$((TESTS_PASSED + passed))
  TESTS_FAILED=$((TESTS_FAILED + executed - passed)) # an error, a time-out or an abort is a failure too
  TESTS_SKIPPED=$((TESTS_SKIPPED + total - executed))
}

counter() { sed -E "s/.* $1=\"([0-9]+)\".*/\1/" <<<"$2"; }

# slowest_tests NUMBER RESULTS_FILE ...   prints the tests that took longest, with their seconds; nothing for a file that is not there
slowest_tests() {
  local number=$1 file files=(); shift
  for file in "$@"; do if [[ -s $file ]]; then files+=("$file"); fi; done
  ((${#files[@]})) || return 0
  grep --no-filename --only-matching '<UnitTestResult [^>]*' "${files[@]}" |
    sed -nE 's/.* testName="([^"]*)".* duration="([0-9]+):([0-9]+):([0-9.]+)".*/\2 \3 \4 \1/p' |
    awk '{ took = ($1 * 60 + $2) * 60 + $3; sub(/^[^ ]+ [^ ]+ [^ ]+ /, ""); printf "%9.1f s  %s\n", took, $0 }' |
    sort --reverse --numeric-sort | sed -n -e 's/&quot;/"/g' -e "1,${number}p" | cut -c 1-180
}
