using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Platform.Ledger.Seals;

namespace Api.Tests.Platform.Ledger.Tampering;

/// <summary>Somebody with the database and the product's source, but without its vault: changes rows at random, or with care.</summary>
internal sealed class Intruder(SealedBooks books, RawRows rows, Random random)
{
    /// <summary>Tests that share a database and leave it as it was.</summary>
    public const string Collection = "an intruder in the shared database";

    /// <summary>Whose rows an intruder may change and be found.</summary>
    public static readonly IReadOnlyList<string> Tables =
    [
        "audit_records",
        "audit_seals",
        "transactions",
        "entries",
        "accounts",
        "day_ends",
        "day_end_totals",
        "day_end_cash",
        "seals",
        "proven_stretches",
    ];

    /// <summary>Columns that nobody leans on: when a line was drawn, and a line's hash, without which the line is not one.</summary>
    private static readonly string[] s_idle = ["proven_stretches.ProvedAt", "proven_stretches.Mac"];

    /// <summary>Changes something, and says what.</summary>
    public async Task<string> Act()
    {
        Func<Task<string>>[] careful =
        [
            MoveMoneyWithCare,
            TakeLastCollectionWhole,
            CutTheEnd,
            SealAnewWithoutKey,
            RemoveAllSeals,
            RemoveTheTrail,
        ];
        return random.Next(4) == 0 ? await careful[random.Next(careful.Length)]() : await ChangeARow();
    }

    /// <summary>Changes one column of a row to something else that the column may hold.</summary>
    public async Task<string> Alter(string table, RawRow row, string column)
    {
        var changed = new RawRow(row) { [column] = Other(row[column], Property(table, column)) };
        await rows.InTransaction(() => rows.Replace(table, row, changed));
        return $"{table}.{column} from {row[column]} to {changed[column]}";
    }

    /// <summary>The columns of a table that are proved.</summary>
    public IEnumerable<string> Columns(string table) =>
        rows.Entity(table).GetProperties().Select(p => p.GetColumnName()).Where(c => !s_idle.Contains($"{table}.{c}"));

    private async Task<string> ChangeARow()
    {
        var table = Tables[random.Next(Tables.Count)];
        var all = await rows.Read(table);
        // What was proved before the last line is not leaned on any more; a removed line only makes the check read more.
        var row = table == "proven_stretches" ? all[^1] : all[random.Next(all.Count)];
        switch (table == "proven_stretches" ? random.Next(1, 3) : random.Next(3))
        {
            case 0:
                await rows.Delete(table, row);
                return $"a row of {table} removed: {Text(row)}";
            case 1:
                var columns = Columns(table).ToList();
                return await Alter(table, row, columns[random.Next(columns.Count)]);
            default:
                var copy = Copy(table, all[^1], row);
                await rows.Insert(table, copy);
                return $"a row put into {table}: {Text(copy)}";
        }
    }

    /// <summary>Another row of the same kind, under a key that is free and, where rows are dated by their id, not later than the last seal.</summary>
    private RawRow Copy(string table, RawRow last, RawRow row)
    {
        var key = rows.Key(table)[^1];
        var copy = new RawRow(row);
        copy[key] = table switch
        {
            "audit_records" or "transactions" or "day_ends" => (long)row[key] - random.Next(1, 1_000),
            "seals" or "audit_seals" or "proven_stretches" => Convert.ToInt64(last[key], CultureInfo.InvariantCulture) + random.Next(1, 3),
            _ => Other(row[key], Property(table, key)),
        };
        if (table == "transactions")
        {
            copy["CorrectsId"] = DBNull.Value;
        }

        if (table == "day_ends")
        {
            copy["BranchId"] = (long)row["BranchId"] + 1;
        }

        return copy;
    }

    /// <summary>Every number that follows from the amount follows: no rule is broken, only what was sealed is another.</summary>
    public async Task<string> MoveMoneyWithCare()
    {
        var (quota, id) = ("1", books.LastCollection);
        var owner = books.Other.CustomerId;
        await rows.InTransaction(async () =>
        {
            await rows.Run("UPDATE transactions SET \"Amount\" = \"Amount\" + 100 WHERE \"Id\" = @p0", [id]);
            await rows.Run(
                $"UPDATE entries SET \"Amount\" = \"Amount\" + 100, \"BalanceAfter\" = \"BalanceAfter\" + 100 WHERE \"TransactionId\" = @p0 AND \"Kind\" = {quota}",
                [id]
            );
            await rows.Run($"UPDATE entries SET \"Amount\" = \"Amount\" - 100 WHERE \"TransactionId\" = @p0 AND \"Kind\" <> {quota}", [id]);
            await rows.Run($"UPDATE accounts SET \"Balance\" = \"Balance\" + 100 WHERE \"Kind\" = {quota} AND \"Owner\" = @p0", [owner]);
        });
        return "the last collection made larger, with all that follows from it";
    }

    /// <summary>Head, entries, balance and record: nothing is left that says that it ever was.</summary>
    public async Task<string> TakeLastCollectionWhole()
    {
        var id = books.LastCollection;
        await rows.InTransaction(async () =>
        {
            await TakeLastCollection();
            Assert.Equal(1, await rows.Run("DELETE FROM audit_records WHERE \"Id\" = @p0", [id]));
        });
        return "the last collection removed whole";
    }

    /// <summary>Head, entries and balance; the record of the audit trail stays.</summary>
    public async Task TakeLastCollection()
    {
        var id = books.LastCollection;
        Assert.Equal(1, await rows.Run("DELETE FROM transactions WHERE \"Id\" = @p0", [id]));
        Assert.Equal(2, await rows.Run("DELETE FROM entries WHERE \"TransactionId\" = @p0", [id]));
        await rows.Run(
            "UPDATE accounts SET \"Balance\" = \"Balance\" - 900, \"Version\" = \"Version\" - 1 WHERE \"Kind\" = 1 AND \"Owner\" = @p0",
            [books.Other.CustomerId]
        );
    }

    /// <summary>The newest seals and the records under them.</summary>
    public async Task<string> CutTheEnd()
    {
        var seals = await rows.Read("seals");
        var cut = random.Next(1, seals.Count - 1);
        await rows.InTransaction(async () =>
        {
            await rows.Run("DELETE FROM seals WHERE \"Number\" > @p0", [(long)seals.Count - cut]);
            await rows.Run("DELETE FROM audit_records WHERE \"Id\" > @p0", [(long)seals[^(cut + 1)]["ToId"]]);
        });
        return $"the last {cut} seals and their records removed";
    }

    /// <summary>A record is changed, and each seal gets the contents and the plain hash that its rows now give.</summary>
    public async Task<string> SealAnewWithoutKey()
    {
        var records = await rows.Read("audit_records");
        var victim = records[random.Next(records.Count)];
        await rows.InTransaction(() => rows.Replace("audit_records", victim, new RawRow(victim) { ["Action"] = "forged" }));
        var seals = await rows.Db.Set<Seal>().OrderBy(s => s.Number).ToListAsync();
        var before = Array.Empty<byte>();
        foreach (var seal in seals)
        {
            var lines = new List<string>();
            foreach (var table in books.Host.Services.GetServices<ISealedTable>().OrderBy(t => t.Name, StringComparer.Ordinal))
            {
                var found = (await table.Digest(rows.Db, [seal.FromId, seal.ToId], CancellationToken.None))[0];
                lines.Add(string.Create(CultureInfo.InvariantCulture, $"{table.Name} {found.Rows} {found.Digest}"));
            }

            var contents = string.Join('\n', lines);
            before = SHA256.HashData([.. Encoding.UTF8.GetBytes($"seal|{seal.Number}|{contents}|"), .. before]);
            Assert.Equal(
                1,
                await rows.Run(
                    "UPDATE seals SET \"Contents\" = @p0, \"Hash\" = @p1 WHERE \"Number\" = @p2",
                    [contents, before, seal.Number]
                )
            );
        }

        return $"record {victim["Id"]} changed and all sealed anew without the key";
    }

    public async Task<string> RemoveAllSeals()
    {
        await rows.Run("DELETE FROM seals", []);
        return "all seals removed";
    }

    public async Task<string> RemoveTheTrail()
    {
        foreach (var table in (string[])["seals", "audit_seals", "audit_records"])
        {
            await rows.Run($"DELETE FROM {table}", []);
        }

        return "all records and seals removed";
    }

    private IProperty Property(string table, string column) => rows.Entity(table).GetProperties().Single(p => p.GetColumnName() == column);

    /// <summary>Another value of the column, as the database writes it.</summary>
    private object Other(object value, IProperty property)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        return value switch
        {
            _ when type.IsEnum && value is string or DBNull => Enum.GetNames(type).First(n => n != value as string),
            DBNull when type == typeof(string) => "x",
            DBNull when type == typeof(byte[]) => new byte[] { 1 },
            DBNull => 7L,
            short number => (short)(number + random.Next(1, 5)),
            int number => number + random.Next(1, 1_000),
            long number => number + random.Next(1, 1_000),
            byte[] bytes => (byte[])[.. bytes[..^1], (byte)(bytes[^1] ^ 1)],
            DateTime time => time.AddDays(1),
            DateOnly date => date.AddDays(1),
            string text when type == typeof(DateTime) => Day(text).ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
            string text when type == typeof(DateOnly) => Day(text).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            string text => text.Length == 0 ? "x" : text[..^1] + (text[^1] == 'x' ? 'y' : 'x'),
            _ => throw new InvalidOperationException($"{property.Name} holds a {value.GetType().Name}."),
        };

        static DateTime Day(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture).AddDays(1);
    }

    private static string Text(RawRow row) => string.Join(' ', row.Select(c => $"{c.Key}={c.Value}"));
}
