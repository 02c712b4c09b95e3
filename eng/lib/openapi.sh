# shellcheck shell=bash
# Checks of the OpenAPI files: each function is one step. Sourced by eng/test.sh; needs openapi/node_modules.
export REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true

readonly OPENAPI_NAMES=(counter.v1 hardware-agent.v1)

openapi_tool() { local tool=$1; shift; "$ROOT/openapi/node_modules/.bin/$tool" "$@"; }

openapi_lint_spectral() { openapi_tool spectral lint --quiet --fail-severity=warn --ruleset "$ROOT/openapi/.spectral.yaml" "$@"; }

openapi_lint_redocly() { openapi_tool redocly lint --config "$ROOT/openapi/redocly.yaml" "$@"; }

# openapi_typescript FILE ...   generates a client's types from each file and compiles them with the examples
openapi_typescript() {
  local file name
  rm -rf "$ROOT/openapi/generated"
  for file in "$@"; do
    name=$(basename "$file" .json)
    openapi_tool openapi-typescript "$file" --output "$ROOT/openapi/generated/$name.ts"
  done
  openapi_tool tsc --project "$ROOT/openapi/tsconfig.json" --noEmit --strict
}
