using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Platform.Requests;

namespace Platform.Persistence;

/// <summary>The assemblies whose entity configurations make up the model, in module order.</summary>
public sealed record ModelAssemblies(IReadOnlyList<Assembly> Items);

/// <summary>
/// The one context of the whole product. It has no DbSets: each module brings its entities as <see cref="IEntityTypeConfiguration{TEntity}"/> and
/// asks for them by <c>db.Set&lt;T&gt;()</c>, so that no module sees another's tables by accident. Reads are untracked; all writes go through
/// the books.
/// </summary>
public sealed class AppDb(DbContextOptions<AppDb> options) : DbContext(options)
{
    public const int DefaultTextLength = 200;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        foreach (var assembly in this.GetService<ModelAssemblies>().Items.Distinct())
        {
            modelBuilder.ApplyConfigurationsFromAssembly(assembly);
        }

        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                // Portable means the same on every provider: ids come from the application, versions are plain integers under a token.
                property.ValueGenerated = Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never;
                if (property.Name == nameof(IVersioned.Version) && typeof(IVersioned).IsAssignableFrom(entity.ClrType))
                {
                    property.IsConcurrencyToken = true;
                }
            }
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        configurationBuilder.Properties<string>().HaveMaxLength(DefaultTextLength);
    }

    /// <summary>Every instant is UTC: SQLite cannot order DateTimeOffset, and a local time in a row is a bug that shows in summer.</summary>
    private sealed class UtcConverter()
        : ValueConverter<DateTime, DateTime>(
            v => v.Kind == DateTimeKind.Utc ? v : v.ToUniversalTime(),
            v => DateTime.SpecifyKind(v, DateTimeKind.Utc)
        );
}

/// <summary>A row that is changed under a version token: a second writer with the old version loses, and decides again.</summary>
public interface IVersioned
{
    int Version { get; set; }
}

/// <summary>A row that belongs to a business date, which the books stamp while they hold the branch's day open (PL-04.3).</summary>
public interface IDated
{
    DateOnly BusinessDate { get; set; }

    /// <summary>When it was booked, UTC.</summary>
    DateTime BookedAt { get; set; }
}
