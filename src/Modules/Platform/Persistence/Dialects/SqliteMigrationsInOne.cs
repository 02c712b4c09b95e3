using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace Platform.Persistence.Dialects;

/// <summary>
/// Each migration of SQLite in one transaction, so that a process killed in the middle leaves nothing of it. EF turns foreign keys off around a table
/// that it makes anew, which no transaction may hold; this model has no foreign keys, and nothing needs to be turned off.
/// </summary>
internal sealed class SqliteMigrationsInOne(MigrationsSqlGeneratorDependencies dependencies, IRelationalAnnotationProvider annotations)
    : SqliteMigrationsSqlGenerator(dependencies, annotations)
{
    public override IReadOnlyList<MigrationCommand> Generate(
        IReadOnlyList<MigrationOperation> operations,
        IModel? model = null,
        MigrationsSqlGenerationOptions options = MigrationsSqlGenerationOptions.Default
    ) => [.. base.Generate(operations, model, options).Where(c => !IsOfForeignKeys(c))];

    private static bool IsOfForeignKeys(MigrationCommand command) =>
        command.TransactionSuppressed && command.CommandText.StartsWith("PRAGMA foreign_keys", StringComparison.Ordinal);
}
