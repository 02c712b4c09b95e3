#!/usr/bin/env bash
# Adds a migration to the project of each database, or to none. See --help.
set -Eeuo pipefail # -E: an error in a function puts back, too

usage() {
  cat <<'HELP'
Usage: eng/add-migration.sh NAME

Adds the migration NAME (like AddCheques) to src/Modules/Platform.Migrations.{Sqlite,PostgreSql,SqlServer}, from what the
model has and the last migration has not. When one of the three fails, all are put back as they were.

dotnet-ef writes the whole model of its day beside each migration; of that only the tables stay that its steps, or the next
migration's steps back, read (eng/lib/migrations.sh; a test holds it). So take a migration away again with git: `dotnet ef
migrations remove` would make the snapshot anew from the model before, which is not whole.

  --help   this text

Exit code: 0 added to all three; 1 failed, nothing added; 2 wrong usage.
HELP
}

name=${1:-}
case $name in
  --help) usage; exit 0 ;;
  '' | -*) usage >&2; exit 2 ;;
esac
[[ $# == 1 && $name =~ ^[A-Z][A-Za-z0-9]{2,80}$ ]] || { echo "eng/add-migration.sh: not a name for a class: $*" >&2; exit 2; }

cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=eng/lib/migrations.sh
source eng/lib/migrations.sh
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
readonly projects=src/Modules/Platform.Migrations
folders=("$projects.Sqlite" "$projects.PostgreSql" "$projects.SqlServer")

# Putting back is only safe while there is nothing of anybody's to lose.
if [[ -n $(git status --porcelain -- "${folders[@]}") ]]; then
  echo "eng/add-migration.sh: commit or remove your changes in $projects.* first" >&2
  exit 1
fi

before=$(mktemp -d "${TMPDIR:-/tmp}/fuel-migration.XXXXXX") # the snapshots that the migration is added to
trap 'rm -rf "$before"' EXIT

put_back() {
  git restore -- "${folders[@]}"
  git clean --force --quiet -d -- "${folders[@]}"
  echo "eng/add-migration.sh: failed; nothing was added" >&2
  exit 1
}

dotnet tool restore >/dev/null
dotnet build src/Api/Api.csproj --nologo --verbosity quiet
trap put_back ERR INT TERM
for folder in "${folders[@]}"; do
  cp "$folder/Migrations/AppDbModelSnapshot.cs" "$before/${folder##*.}.cs"
  dotnet ef migrations add "$name" --no-build --context AppDb --project "$folder" --startup-project src/Api \
    -- --Database:Provider="${folder##*.}"
  drop_unread_models "$folder/Migrations" "$before/${folder##*.}.cs"
done
trap - ERR INT TERM
git status --short -- "${folders[@]}"
