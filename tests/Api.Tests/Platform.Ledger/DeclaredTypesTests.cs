using System.Reflection;
using Counter.Payments;
using Funding;
using Issuance;
using Microsoft.EntityFrameworkCore;
using Platform;
using Platform.Documents;
using Platform.Problems;

namespace Api.Tests.Platform.Ledger;

/// <summary>Types of account and of transaction are what the modules declare: each once, and nothing else is booked.</summary>
public sealed class DeclaredTypesTests
{
    private static readonly AccountOwner s_owner = new("kiosk");

    [Theory]
    [InlineData(21, "box", "drawer and box have the same number 21")]
    [InlineData(99, "drawer", "have the name drawer")]
    [InlineData(0, "box", "a number above zero")]
    [InlineData(99, "Kiosk-Box", "a name in camelCase")]
    public void An_account_type_whose_number_or_name_is_taken_or_unusable_refuses_the_start(int number, string name, string says)
    {
        var refused = Assert.Throws<StartRefusedException>(() => new AccountTypes([.. CounterAccounts.All, Box((short)number, name)]));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.Contains("账户类型", refused.Zh, StringComparison.Ordinal);
        Assert.Same(CounterAccounts.Drawer, new AccountTypes([.. CounterAccounts.All, Box(99, "box")]).Of(CounterAccounts.Drawer.Number));
    }

    [Theory]
    [InlineData("collection", "have the name collection")]
    [InlineData("Refund", "kebab-case")]
    [InlineData("a-name-that-no-column-would-ever-take", "30 characters")]
    public void A_transaction_type_whose_name_is_taken_or_unusable_refuses_the_start(string name, string says)
    {
        var type = new TransactionType(name, "Refund", "退款");
        var refused = Assert.Throws<StartRefusedException>(() => new TransactionTypes([.. FundingTransactions.All, type]));
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
        Assert.Contains("交易类型", refused.Zh, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transaction_type_with_a_paper_that_nobody_brings_refuses_the_start()
    {
        var types = new TransactionTypes([new TransactionType("refund", "Refund", "退款", "refund-slip")]);
        var refused = Assert.Throws<StartRefusedException>(() => new DocumentKinds([], types));
        Assert.Contains("refund-slip", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_module_declares_in_a_field_it_also_lists()
    {
        foreach (var module in ModuleList.All.OfType<ILedgerModule>())
        {
            Assert.Equal(Fields<AccountType>(module).ToHashSet(), module.AccountTypes.ToHashSet());
            Assert.Equal(Fields<TransactionType>(module).ToHashSet(), module.TransactionTypes.ToHashSet());
        }
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.1")]
    public async Task Nothing_is_booked_by_a_type_that_no_module_declares(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 1_000);
        var books = counter.Host.Services.GetRequiredService<Books>();
        var before = await counter.Transactions();

        // One that only looks like a declared one: its number is the drawer's.
        foreach (var box in new[] { Box(99, "box"), Box(CounterAccounts.Drawer.Number, "drawer") })
        {
            var undeclared = await Assert.ThrowsAsync<InvalidOperationException>(() =>
                books.Post(Spend(counter, card, FundingTransactions.Reversal, box))
            );
            Assert.Contains($"the account type {box.Name}", undeclared.Message, StringComparison.Ordinal);
        }

        var type = new TransactionType("gift", "Gift", "赠与");
        var unknown = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            books.Post(Spend(counter, card, type, CounterAccounts.Drawer))
        );
        Assert.Contains("the transaction type gift", unknown.Message, StringComparison.Ordinal);
        var underLock = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            books.PostUnderDayLock(
                counter.BranchId,
                (_, _, _) => Task.FromResult<Outcome<Booking>>(Spend(counter, card, type, CounterAccounts.Drawer)),
                null
            )
        );
        Assert.Contains("the transaction type gift", underLock.Message, StringComparison.Ordinal);

        Assert.Equal((before, 1_000), (await counter.Transactions(), await counter.Quota(card)));
        Assert.IsType<BookingResult.Answered>(await books.Post(Spend(counter, card, FundingTransactions.Reversal, CounterAccounts.Drawer)));
        Assert.Equal(900, await counter.Quota(card));
        await counter.BooksAreSound();
    }

    private static AccountType Box(short number, string name) =>
        new(number, name, s_owner, Keeping.None, "Notes in a kiosk.", "自助终端钱箱");

    private static SilentBooking Spend(TestCounter counter, IssuedCard card, TransactionType type, AccountType into)
    {
        var id = Ids.Next();
        var actor = new Actor(counter.BranchId, counter.Cashier.Id);
        return new SilentBooking(id, actor, new AuditNote("spend", "test"))
            .WithHead(new Transaction(id, type, actor) { Amount = 100 })
            .Move(new AccountRef(IssuanceAccounts.Quota, card.CustomerId), new AccountRef(into, actor.OperatorId), 100);
    }

    private static IEnumerable<T> Fields<T>(IModule module) =>
        module
            .GetType()
            .Assembly.GetTypes()
            // A project may hold several modules, each in a namespace of its own.
            .Where(t => t.Namespace?.StartsWith(module.GetType().Namespace!, StringComparison.Ordinal) == true)
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(f => f.FieldType == typeof(T))
            .Select(f => (T)f.GetValue(null)!);
}
