using System.Globalization;
using Issuance;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Platform.Idempotency;
using Platform.Ledger.Batches;
using Platform.Persistence.Dialects;

namespace Api.Tests.Platform.Ledger;

/// <summary>What SQL Server is sent, held by its text: no server of that kind is at hand where these tests run.</summary>
public sealed class SqlServerStatementsTests
{
    private const string Binary = "Latin1_General_100_BIN2";

    [Fact]
    [Trait("Requirement", "PL-08.7")]
    public void A_writers_session_waits_three_seconds_for_a_lock_and_counts_rows_whatever_the_servers_options_are() =>
        Assert.Equal("SET LOCK_TIMEOUT 3000; SET NOCOUNT OFF", SqlServerDialect.SessionText);

    [Fact]
    [Trait("Requirement", "PL-08.7")]
    public void Accounts_are_locked_and_moved_by_seeks_in_the_order_of_their_keys()
    {
        var server = new RecordedServer();
        Write(server, rows: 3);
        var ask = server.Sent.Single(s => s.Contains("UPDLOCK", StringComparison.Ordinal));
        Assert.Contains("INNER LOOP JOIN accounts AS a WITH (UPDLOCK, ROWLOCK, FORCESEEK)", ask, StringComparison.Ordinal);
        var move = server.Sent.Single(s => s.StartsWith("UPDATE", StringComparison.Ordinal));
        Assert.Contains("INNER LOOP JOIN accounts AS a WITH (ROWLOCK, FORCESEEK)", move, StringComparison.Ordinal);
        Assert.All([ask, move], s => Assert.Contains("OPTION (FORCE ORDER, LOOP JOIN, MAXDOP 1)", s, StringComparison.Ordinal));
        Assert.All(
            server.Sent.Where(s => s.StartsWith("SELECT", StringComparison.Ordinal)),
            s => Assert.Contains("FORCESEEK", s, StringComparison.Ordinal)
        );
    }

    /// <summary>Each text, and each size that a parameter is declared with, is compiled by the server on its own.</summary>
    [Fact]
    public void Texts_and_declared_sizes_are_few_however_many_rows_and_however_long_their_values()
    {
        var server = new RecordedServer();
        for (var rows = 1; rows <= Books.BatchLimit; rows++)
        {
            Write(server, rows);
        }

        var tables = server.Sent.Distinct().GroupBy(s => s[..Math.Min(40, s.IndexOf('(', StringComparison.Ordinal))]).ToList();
        Assert.All(tables, t => Assert.InRange(t.Count(), 1, 9));
        Assert.InRange(server.Sent.Count, 7 * Books.BatchLimit, 12 * Books.BatchLimit);
        Assert.All(server.Commands, c => Assert.InRange(c.Parameters.Count, 1, 2_050));
        Assert.Equal(["varbinary(8000)", "nvarchar(4000)"], server.Declared.Order(StringComparer.Ordinal).Reverse());
    }

    [Fact]
    public void A_text_longer_than_four_thousand_characters_is_declared_as_one_without_limit()
    {
        var server = new RecordedServer();
        Write(server, rows: 2, details: new string('长', 4_001));
        Assert.Contains("nvarchar(max)", server.Declared);
    }

    [Fact]
    public void A_filled_up_row_does_not_count()
    {
        var server = new RecordedServer();
        Write(server, rows: 5);
        var insert = server.Commands.Last(c => c.CommandText.StartsWith("INSERT INTO transactions", StringComparison.Ordinal));
        Assert.EndsWith("WHERE v.number <= @rows", insert.CommandText, StringComparison.Ordinal);
        Assert.Contains("(8,@p", insert.CommandText, StringComparison.Ordinal);
        Assert.Equal(5, insert.Parameters["@rows"].Value);
        Assert.Equal(insert.Parameters["@p76"].Value, insert.Parameters[$"@p{7 * 19}"].Value);
    }

    [Fact]
    public void A_text_compares_by_its_characters_whatever_the_databases_default_is()
    {
        using var db = Model();
        var texts = db.GetService<IDesignTimeModel>()
            .Model.GetRelationalModel()
            .Tables.SelectMany(t => t.Columns)
            .Where(c => c.StoreType.StartsWith("nvarchar", StringComparison.Ordinal))
            .ToList();
        Assert.True(texts.Count > 100);
        Assert.All(texts, c => Assert.True(c.Collation == Binary, $"{c.Table.Name}.{c.Name} has {c.Collation}"));
    }

    [Fact]
    public void Idempotency_records_lie_in_the_order_they_came_and_not_by_their_hash()
    {
        using var db = Model();
        var records = db.GetService<IDesignTimeModel>().Model.FindEntityType(typeof(IdempotencyRecord))!;
        Assert.False(records.FindPrimaryKey()!.IsClustered());
        Assert.True(records.GetIndexes().Single().IsClustered());
    }

    /// <summary>SQL Server refuses to change the collation of a column that an index or a key holds.</summary>
    [Fact]
    public void An_index_or_key_on_a_text_is_away_while_its_collation_changes()
    {
        using var db = Model();
        var model = db.GetService<IDesignTimeModel>().Model;
        var columns = model.GetRelationalModel().Tables.SelectMany(t => t.Columns).Where(c => c.Collation == Binary).ToList();
        MigrationOperation[] changes = [.. columns.Select(Change)];
        var script = db.GetService<IMigrationsSqlGenerator>().Generate(changes, model).Select(c => c.CommandText).ToList();

        var held = 0;
        foreach (var column in columns)
        {
            var alter = script.FindIndex(s =>
                s.Contains($"ALTER TABLE [{column.Table.Name}] ALTER COLUMN [{column.Name}]", StringComparison.Ordinal)
                && s.Contains($"COLLATE {Binary}", StringComparison.Ordinal)
            );
            Assert.True(alter >= 0, $"{column.Table.Name}.{column.Name}");
            var indexes = ((ITable)column.Table).Indexes.Where(i => i.Columns.Contains(column)).Select(i => (i.Name, Made: "INDEX"));
            var keys = ((ITable)column.Table)
                .UniqueConstraints.Where(k => k.Columns.Contains(column))
                .Select(k => (k.Name, Made: "CONSTRAINT"));
            foreach (var (name, _) in indexes.Concat(keys))
            {
                held++;
                var naming = Enumerable
                    .Range(0, script.Count)
                    .Where(i => script[i].Contains($"[{name}]", StringComparison.Ordinal))
                    .ToList();
                var (drop, make) = (naming.Find(i => script[i].Contains("DROP", StringComparison.Ordinal)), naming[^1]);
                Assert.True(drop < alter && alter < make, $"{name}: dropped {drop}, altered {alter}, made {make}");
                Assert.DoesNotContain("DROP", script[make], StringComparison.Ordinal);
            }
        }

        Assert.True(held > 10, $"{held}");
    }

    private static AlterColumnOperation Change(IColumn column) =>
        new()
        {
            Table = column.Table.Name,
            Name = column.Name,
            ClrType = typeof(string),
            ColumnType = column.StoreType,
            IsNullable = column.IsNullable,
            Collation = column.Collation,
            OldColumn = new AddColumnOperation
            {
                ClrType = typeof(string),
                ColumnType = column.StoreType,
                IsNullable = column.IsNullable,
            },
        };

    private static AppDb Model()
    {
        var services = Harness.TestModel.Services(new SqlServerDialect(), "Server=none;Database=none");
        return services.GetRequiredService<IDbContextFactory<AppDb>>().CreateDbContext();
    }

    /// <summary>Reads and writes a batch of so many bookings, with values of changing length.</summary>
    private static void Write(RecordedServer server, int rows, string? details = null)
    {
        var batch = server.Batch ??= SqlServerBatch.On(server);
        var wants = new BatchWants();
        var written = new BatchRows();
        wants.Branches.Add(1);
        for (var i = 0; i < rows; i++)
        {
            var text = new string('文', (i % 60) + 1);
            wants.Accounts.Add(new AccountRef(IssuanceAccounts.Quota, i));
            wants.Keys.Add(i);
            wants.Stamps.Add(text);
            var moved = new LockedAccount(wants.Accounts[i].Key, 5, 1, exists: true);
            moved.Move(7);
            written.Moved.Add(moved);
            var actor = new Actor(1, 2);
            written.Heads.Add(
                new Transaction(i + 1, IssuanceTransactions.Issue, actor)
                {
                    Amount = i,
                    Remark = text,
                    Details = details,
                }
            );
            written.Answers.Add(
                new IdempotencyRecord
                {
                    Id = i,
                    Key = text[..((i % 20) + 1 > text.Length ? text.Length : (i % 20) + 1)],
                    Operation = "Test",
                    RequestHash = new byte[32],
                    Body = new byte[(i * 7) + 1],
                }
            );
        }

        using var transaction = new RecordedServer.Transaction(server);
        batch.Read(transaction, wants);
        batch.WriteAndCommit(transaction, written);
    }
}
