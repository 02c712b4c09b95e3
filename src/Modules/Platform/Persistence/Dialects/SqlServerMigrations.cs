using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Update;
using Platform.Requests;

namespace Platform.Persistence.Dialects;

/// <summary>
/// SQL Server changes no column's collation while an index or a primary key holds it, and EF does not take them away for that: here they go before
/// the first such change and come back after the last one.
/// </summary>
internal sealed class SqlServerMigrations(MigrationsSqlGeneratorDependencies dependencies, ICommandBatchPreparer preparer)
    : SqlServerMigrationsSqlGenerator(dependencies, preparer)
{
    public override IReadOnlyList<MigrationCommand> Generate(
        IReadOnlyList<MigrationOperation> operations,
        IModel? model = null,
        MigrationsSqlGenerationOptions options = MigrationsSqlGenerationOptions.Default
    ) => base.Generate(model is null ? operations : WithoutHolders(operations, model), model, options);

    internal static List<MigrationOperation> WithoutHolders(IReadOnlyList<MigrationOperation> operations, IModel model)
    {
        var all = operations.ToList();
        var changed = operations.OfType<AlterColumnOperation>().Where(o => o.Collation != o.OldColumn.Collation).ToList();
        if (changed.Count == 0)
        {
            return all;
        }

        var columns = changed.Select(o => (o.Table, o.Name)).ToHashSet();
        var made = operations.OfType<CreateIndexOperation>().Select(o => (o.Table, o.Name)).ToHashSet();
        var keyed = operations.OfType<AddPrimaryKeyOperation>().Select(o => o.Table).ToHashSet(StringComparer.Ordinal);
        var tables = model.GetRelationalModel().Tables.ToList();
        var indexes = tables
            .SelectMany(t => t.Indexes)
            .Where(i => !made.Contains((i.Table.Name, i.Name)) && Holds(columns, i.Table.Name, i.Columns))
            .ToList();
        var keys = tables
            .Select(t => t.PrimaryKey)
            .OfType<IPrimaryKeyConstraint>()
            .Where(k => !keyed.Contains(k.Table.Name) && Holds(columns, k.Table.Name, k.Columns))
            .ToList();

        var (first, last) = (all.IndexOf(changed[0]), all.IndexOf(changed[^1]));
        all.InsertRange(last + 1, [.. keys.Select(AddPrimaryKeyOperation.CreateFrom), .. indexes.Select(CreateIndexOperation.CreateFrom)]);
        all.InsertRange(first, [.. indexes.Select(Drop), .. keys.Select(Drop)]);
        return all;
    }

    private static bool Holds(HashSet<(string, string)> changed, string table, IReadOnlyList<IColumn> columns) =>
        columns.Any(c => changed.Contains((table, c.Name)));

    private static MigrationOperation Drop(ITableIndex index) =>
        new DropIndexOperation
        {
            Name = index.Name,
            Table = index.Table.Name,
            Schema = index.Table.Schema,
        };

    private static MigrationOperation Drop(IPrimaryKeyConstraint key) =>
        new DropPrimaryKeyOperation
        {
            Name = key.Name,
            Table = key.Table.Name,
            Schema = key.Table.Schema,
        };
}
