using System.Net;
using Issuance;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;

namespace Api.Tests.Platform.Ledger.Tampering;

/// <summary>What an insider with the database would do, case by case, and that it is found (PL-03.9, PL-06.32).</summary>
[Collection(Intruder.Collection)]
public sealed class TamperingTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.9")]
    public async Task A_changed_column_of_a_booked_transaction_is_found_whichever_it_is(Database database)
    {
        var books = await SealedBooks.Shared(database);
        await using var rows = await RawRows.Open(books);
        var intruder = new Intruder(books, rows, new Random(1));
        var head = (await rows.Read("transactions")).Single(r => (long)r["Id"] == books.LastCollection);

        foreach (var column in intruder.Columns("transactions"))
        {
            var done = await intruder.Alter("transactions", head, column);
            // The newest seals are read by the running check, too.
            var (full, running) = (await books.BooksFlaws(), await books.BooksFlaws(full: false));
            await books.Restore();
            Assert.True(full.Count > 0, $"not found: {done}");
            Assert.True(running.Count > 0, $"not found by the running check: {done}");
        }

        await books.MustBeSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.8"), Trait("Requirement", "PL-06.32")]
    public async Task A_sealed_record_that_was_altered_is_found(Database database) =>
        await Found(database, audit: "sealed-rows-changed", books: "sealed-rows-changed", rows => Forge(rows, "\"Outcome\" = 'undone'"));

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.8"), Trait("Requirement", "PL-06.32")]
    public async Task The_last_seals_and_their_records_removed_are_found(Database database) =>
        await Found(database, audit: "anchored-seal-missing", books: "anchored-seal-missing", (intruder, _) => intruder.CutTheEnd());

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.32")]
    public async Task A_chain_that_was_computed_anew_without_the_key_is_found(Database database) =>
        await Found(database, audit: "seals-of-another-key", books: "seals-of-another-key", (intruder, _) => intruder.SealAnewWithoutKey());

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.32")]
    public async Task The_whole_trail_removed_is_found(Database database) =>
        await Found(database, audit: "seals-missing", books: "head-differs-from-record", (intruder, _) => intruder.RemoveTheTrail());

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.9")]
    public async Task A_changed_balance_is_found(Database database) =>
        await Found(
            database,
            audit: null,
            books: "balance-differs-from-entries",
            rows => rows.Run("UPDATE accounts SET \"Balance\" = \"Balance\" + 100 WHERE \"Kind\" = 1", [])
        );

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.9")]
    public async Task The_last_collection_removed_whole_is_found(Database database) =>
        await Found(database, audit: null, books: "sealed-rows-changed", (intruder, _) => intruder.TakeLastCollectionWhole());

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.9")]
    public async Task A_collection_made_larger_with_all_that_follows_from_it_is_found(Database database) =>
        await Found(database, audit: null, books: "sealed-rows-changed", (intruder, _) => intruder.MoveMoneyWithCare());

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.9")]
    public async Task A_card_moved_to_another_customer_is_found(Database database)
    {
        var books = await SealedBooks.Shared(database);
        await using var rows = await RawRows.Open(books);
        await rows.Run("UPDATE cards SET \"CustomerId\" = @p0 WHERE \"Id\" = @p1", [books.Other.CustomerId, books.Card.Id]);

        var flaws = await books.BooksFlaws();
        await books.Restore();
        Assert.Contains("card-of-another-customer", flaws);
    }

    /// <summary>Before a seal stands on it, the audit trail still says that it was.</summary>
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.9")]
    public async Task A_transaction_removed_before_it_was_sealed_is_found(Database database)
    {
        await using var host = await TestHost.Start(database, settings: SealedBooks.Quiet);
        var counter = await TestCounter.Open(host);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 100);
        var id = SerialNumber.Parse(await counter.Collected(card, 900))!.Value;
        await using var db = await host.OpenDatabase();
        await db.Set<Entry>().Where(e => e.TransactionId == id).ExecuteDeleteAsync();
        await db.Set<Transaction>().Where(t => t.Id == id).ExecuteDeleteAsync();
        await db.Set<Account>()
            .Where(a => a.Owner == card.CustomerId && a.Kind == IssuanceAccounts.Quota.Number)
            .ExecuteUpdateAsync(u => u.SetProperty(a => a.Balance, 100).SetProperty(a => a.Version, 1));

        var proof = await host.Client.GetStringAsync("/internal/books");

        Assert.Contains("record-without-transaction", proof, StringComparison.Ordinal);
        Assert.Contains("\"unsealed\":1", proof, StringComparison.Ordinal);
    }

    /// <summary>A booking that lands on a date after its day-end froze the totals, before anything is sealed or proved.</summary>
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.9"), Trait("Requirement", "PL-04.1")]
    public async Task Frozen_totals_that_miss_a_transaction_of_their_date_are_found_by_both_checks(Database database)
    {
        await using var host = await TestHost.Start(database, settings: SealedBooks.Quiet);
        var counter = await TestCounter.Open(host);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 100, "transfer");
        var closed = (await counter.CloseDay()).Is(HttpStatusCode.Created);
        var id = SerialNumber.Parse(await counter.Collected(card, 900))!.Value;
        await counter.BooksAreSound();
        await using var db = await host.OpenDatabase();
        var date = DateOnly.Parse(closed["businessDate"], null);

        await db.Set<Transaction>().Where(t => t.Id == id).ExecuteUpdateAsync(u => u.SetProperty(t => t.BusinessDate, date));
        await db.Set<Entry>().Where(e => e.TransactionId == id).ExecuteUpdateAsync(u => u.SetProperty(e => e.BusinessDate, date));

        foreach (var full in (string[])["true", "false"])
        {
            var proof = await host.Client.GetStringAsync($"/internal/books?full={full}");
            Assert.Contains("day-end-totals-differ", proof, StringComparison.Ordinal);
            Assert.Contains("day-end-cash-differs", proof, StringComparison.Ordinal);
        }
    }

    private static Task<int> Forge(RawRows rows, string change) =>
        rows.Run($"UPDATE audit_records SET {change} WHERE \"Id\" = (SELECT MAX(\"Id\") FROM audit_records)", []);

    private static Task Found(Database database, string? audit, string? books, Func<RawRows, Task<int>> act) =>
        Found(
            database,
            audit,
            books,
            async (_, rows) =>
            {
                Assert.True(await act(rows) > 0);
                return "";
            }
        );

    private static async Task Found(Database database, string? audit, string? books, Func<Intruder, RawRows, Task<string>> act)
    {
        var tampered = await SealedBooks.Shared(database);
        await tampered.MustBeSound();
        await using var rows = await RawRows.Open(tampered);
        await act(new Intruder(tampered, rows, new Random(1)), rows);

        var (found, inBooks) = (await tampered.AuditFlaws(), await tampered.BooksFlaws());
        await tampered.Restore();
        Assert.Contains(audit ?? "", found.Prepend(""));
        Assert.Contains(books ?? "", inBooks.Prepend(""));
    }
}
