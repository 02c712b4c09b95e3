# shellcheck shell=bash
# Keeps models that nothing reads out of the migrations. Sourced by eng/add-migration.sh.
#
# dotnet-ef writes the whole model of its day beside each migration. EF reads of it only the tables that it builds anew (SQLite, whose
# ALTER TABLE can do little), and on every database the tables whose columns it alters and whose rows it writes: for the steps forward in
# the migration's own model, for the steps back in the one before. Only those stay. The whole of the newest model is the snapshot.

readonly READ_EVERYWHERE='^(AlterColumn|AlterTable|InsertData|UpdateData|DeleteData)$'
readonly REBUILD_NOTHING='^(CreateTable|DropTable|RenameTable|CreateIndex|DropIndex|Sql)$'
readonly REBUILD_ON_ADDING='(computedColumnSql|defaultValueSql|comment|collation): ' # a plain AddColumn is an ALTER TABLE

# tables_read MIGRATION Up|Down   Prints, one a line, the tables whose model EF reads for these steps.
tables_read() {
  awk -v way="$2" -v everywhere="$READ_EVERYWHERE" -v nothing="$REBUILD_NOTHING" -v adding="$REBUILD_ON_ADDING" \
    -v sqlite="$([[ $1 == *.Sqlite/* ]] && echo 1)" '
    function end_step(   table) {
      if (name ~ everywhere || (sqlite && name != "" && name !~ nothing && (name != "AddColumn" || step ~ adding))) {
        table = step
        if (sub(/.*[( ]table: "/, "", table)) { sub(/".*/, "", table); print table }
      }
      name = ""
    }
    / protected override void / { end_step(); inside = index($0, " " way "(") }
    inside && /migrationBuilder\./ {
      end_step()
      name = $0; sub(/.*migrationBuilder\./, "", name); sub(/[^A-Za-z].*/, "", name)
      step = ""
    }
    inside { step = step " " $0 }
    END { end_step() }
  ' "$1" | sort --unique
}

# keep_tables DESIGNER MODEL TABLES   Rewrites the designer: of the entities of MODEL (a snapshot, or the designer itself) only those in TABLES.
keep_tables() {
  local designer=$1 kept
  kept=$(awk -v tables="$3" '
    BEGIN { split(tables, lines, "\n"); for (i in lines) wanted[lines[i]] }
    /^            modelBuilder\.Entity\(/ { block = ""; inside = 1; keep = 0 }
    inside {
      block = block $0 "\n"
      if (match($0, /ToTable\("[^"]*"/)) keep = keep || substr($0, RSTART + 9, RLENGTH - 10) in wanted
    }
    inside && /^                }\);/ { inside = 0; if (keep) printf "\n%s", block }
  ' "$2"; echo .)
  # By the environment: a value of -v would lose the backslashes before quotation marks.
  KEPT=${kept%.} awk '
    /^            modelBuilder\.Entity\(/ { inside = 1; blank = 0 }
    /^#pragma warning restore/ { inside = 0; printf "%s", ENVIRON["KEPT"] }
    inside { next }
    blank { print ""; blank = 0 }
    /^$/ { blank = 1; next }
    { print }
  ' "$designer" >"$designer.new"
  mv "$designer.new" "$designer"
}

# drop_unread_models FOLDER BEFORE   After a migration was added to FOLDER; BEFORE is the snapshot that it was added to.
drop_unread_models() {
  local designers newest previous
  designers=("$1"/*.Designer.cs) # in the order of their dates
  newest=${designers[-1]}
  keep_tables "$newest" "$1/AppDbModelSnapshot.cs" "$(tables_read "${newest%.Designer.cs}.cs" Up)"
  ((${#designers[@]} > 1)) || return 0
  previous=${designers[-2]}
  keep_tables "$previous" "$2" "$(tables_read "${previous%.Designer.cs}.cs" Up; tables_read "${newest%.Designer.cs}.cs" Down)"
}
