using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Platform.Idempotency;

namespace Platform.Persistence.Dialects;

/// <summary>
/// What the model says on SQL Server alone. Texts compare by their code units, as in the other databases, and not by what the database's default
/// takes for equal (case, width, kana, trailing blanks, rare characters without weight): a name that is unique in one database is so in all.
/// Idempotency records lie in the order they came, not by the hash that is their key.
/// </summary>
internal sealed class SqlServerModel(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
{
    public const string Collation = "Latin1_General_100_BIN2";

    public override void Customize(ModelBuilder modelBuilder, DbContext context)
    {
        base.Customize(modelBuilder, context);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
        {
            if ((property.GetProviderClrType() ?? property.GetValueConverter()?.ProviderClrType ?? property.ClrType) == typeof(string))
            {
                property.SetCollation(Collation);
            }
        }

        var records = modelBuilder.Entity<IdempotencyRecord>();
        records.HasKey(r => r.Id).IsClustered(false);
        records.HasIndex(r => r.CreatedAt).IsClustered();
    }
}
