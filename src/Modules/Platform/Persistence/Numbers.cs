using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Persistence.Dialects;

namespace Platform.Persistence;

/// <summary>A named counter from which processes take blocks.</summary>
public sealed class NumberSeries
{
    public required string Name { get; init; }

    public long Next { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<NumberSeries>
    {
        public void Configure(EntityTypeBuilder<NumberSeries> builder)
        {
            builder.ToTable("number_series");
            builder.HasKey(s => s.Name);
            builder.Property(s => s.Name).HasMaxLength(40);
        }
    }
}

/// <summary>
/// Short running numbers for customers and cards. A process takes a block at a time in a transaction of its own: numbers are unique, nobody queues
/// for them, and a stopped process leaves a gap.
/// </summary>
public sealed class Numbers(IDbContextFactory<AppDb> contexts, Dialect dialect) : IDisposable
{
    private const int Block = 50;
    private const int Tries = 100;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<string, (long Next, long End)> _blocks = [];

    /// <summary>The next number of a series, from 1.</summary>
    public async Task<long> Next(string series, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            if (!_blocks.TryGetValue(series, out var block) || block.Next >= block.End)
            {
                block = await TakeBlock(series, ct);
            }

            _blocks[series] = (block.Next + 1, block.End);
            return block.Next;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private async Task<(long Next, long End)> TakeBlock(string series, CancellationToken ct)
    {
        for (var i = 0; i < Tries; i++)
        {
            try
            {
                await using var db = await contexts.CreateDbContextAsync(ct);
                var row = await db.Set<NumberSeries>().AsNoTracking().SingleOrDefaultAsync(s => s.Name == series, ct);
                if (row is null)
                {
                    db.Add(new NumberSeries { Name = series, Next = 1 + Block });
                    await db.SaveChangesAsync(ct);
                    return (1, 1 + Block);
                }

                var end = row.Next + Block;
                if (
                    await db.Set<NumberSeries>()
                        .Where(s => s.Name == series && s.Next == row.Next)
                        .ExecuteUpdateAsync(u => u.SetProperty(s => s.Next, end), ct) == 1
                )
                {
                    return (row.Next, end);
                }
            }
            catch (Exception e) when (dialect.IsUniqueViolation(e) || dialect.IsTransient(e))
            {
                // Another process opened the series in the same moment; its row is there now.
            }
        }

        throw new InvalidOperationException($"No block of {series} could be taken in {Tries} tries.");
    }
}
