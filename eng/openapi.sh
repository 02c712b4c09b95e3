#!/usr/bin/env bash
# Rewrites openapi/*.json from the services, after a change of the API that is meant. See --help.
set -euo pipefail

usage() {
  cat <<'HELP'
Usage: eng/openapi.sh [--help]

Runs the tests that hold openapi/*.json against the running services, with UPDATE_OPENAPI=1: they then write the files
instead of comparing. Look at the difference with git before committing it.

Exit code: 0 the files were written; 1 a build or test failed, or a file was not written; 2 wrong usage.
HELP
}

case ${1:-} in
  '') ;;
  --help) usage; exit 0 ;;
  *) echo "eng/openapi.sh: unknown option $1 (see --help)" >&2; exit 2 ;;
esac

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"
# shellcheck source=eng/lib/tests.sh
source eng/lib/tests.sh

work=$(mktemp -d "${TMPDIR:-/tmp}/fuel-openapi.XXXXXX")
trap 'rm -rf "$work"' EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 UPDATE_OPENAPI=1

# rewrite FILE TEST_PROJECT   the test's class has OpenApi in its name
rewrite() {
  local file=$1 project=$2 results=$work/$2.trx
  dotnet build "tests/$project/$project.csproj" --configuration Release --nologo --verbosity quiet
  touch "$work/before"
  test_project "$project" "$results" 'FullyQualifiedName~OpenApi' >"$work/log" 2>&1 || { cat "$work/log"; return 1; }
  if ! count_tests "$results" || ((TESTS_TOTAL == 0)); then echo "tests/$project has no test with OpenApi in its name" >&2; return 1; fi
  [[ $file -nt $work/before ]] || { echo "$file was not written by tests/$project" >&2; return 1; }
}

rewrite openapi/counter.v1.json Api.Tests
rewrite openapi/hardware-agent.v1.json Hardware.Agent.Tests
git --no-pager diff --stat -- openapi
