using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Access.Branches;
using Access.Operators;
using Access.Roles;
using Customers;
using Issuance;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;

namespace Api.Tests.Harness;

/// <summary>A card that a counter issued, with its customer.</summary>
public sealed record IssuedCard(long Id, string Number, long CustomerId, string CustomerCode);

/// <summary>
/// A branch of its own with two signed-in operators who have every right, on a host that other tests share: what a test books touches no other test's
/// balances. Branch, operators, customers and cards are inserted as rows; from signing in on everything goes through the API.
/// </summary>
public sealed class TestCounter : IAsyncDisposable
{
    private static int s_branch = 30_000_000;
    private static long s_number = 100_000;

    private readonly TestHost _host;
    private readonly List<(long CustomerId, List<long> Cards)> _customers = [];

    private TestCounter(TestHost host, long branchId, string branchCode)
    {
        _host = host;
        BranchId = branchId;
        BranchCode = branchCode;
    }

    public TestHost Host => _host;

    public long BranchId { get; }

    public string BranchCode { get; }

    public Clerk Cashier { get; private set; } = null!;

    /// <summary>A second operator of the branch: may approve, and do all else too.</summary>
    public Clerk Second { get; private set; } = null!;

    public static async Task<TestCounter> Open(Database database, bool headquarters = false) =>
        await Open(await TestHost.Shared(database), headquarters);

    public static async Task<TestCounter> Open(TestHost host, bool headquarters = false)
    {
        ArgumentNullException.ThrowIfNull(host);
        var branchId = headquarters ? Branch.HeadquartersId : Ids.Next();
        var code = headquarters ? TestHost.AdminBranch : Interlocked.Increment(ref s_branch).ToString(CultureInfo.InvariantCulture);
        var counter = new TestCounter(host, branchId, code);
        await using var db = await host.OpenDatabase();
        if (!headquarters)
        {
            db.Add(NewBranch(branchId, code));
            db.Add(new BranchDay { BranchId = branchId, BusinessDate = ChinaCalendar.Today(TimeProvider.System) });
        }

        var role = new Role
        {
            Id = Ids.Next(),
            BranchId = branchId,
            Name = $"all-{Ids.Next()}",
            AllRights = true,
        };
        db.Add(role);
        counter.Cashier = counter.Hire(db, role);
        counter.Second = counter.Hire(db, role);
        await db.SaveChangesAsync();
        await counter.Cashier.SignIn();
        await counter.Second.SignIn();
        return counter;
    }

    /// <summary>A branch that a database holds already, with two of its operators.</summary>
    public static async Task<TestCounter> Reopen(
        TestHost host,
        string branchCode,
        (string Login, long Id) cashier,
        (string Login, long Id) second
    )
    {
        ArgumentNullException.ThrowIfNull(host);
        await using var db = await host.OpenDatabase();
        var branch = await db.Set<Branch>().SingleAsync(b => b.Code == branchCode);
        var counter = new TestCounter(host, branch.Id, branchCode)
        {
            Cashier = new Clerk(host.Client, branchCode, cashier.Login, cashier.Id),
            Second = new Clerk(host.Client, branchCode, second.Login, second.Id),
        };
        await counter.Cashier.SignIn();
        await counter.Second.SignIn();
        return counter;
    }

    /// <summary>The same branch's operators at another host on the same database.</summary>
    public async Task<Clerk> CashierAt(TestHost other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var clerk = new Clerk(other.Client, BranchCode, Cashier.Login, Cashier.Id);
        await clerk.SignIn();
        return clerk;
    }

    /// <summary>A valid card of a new customer.</summary>
    public async Task<IssuedCard> IssuedCard(
        CardType type = CardType.PersonalSingle,
        InvoiceType invoices = InvoiceType.Ordinary,
        Action<Card>? change = null
    )
    {
        var organisation = type is CardType.OrganisationSingle or CardType.OrganisationMain or CardType.OrganisationSub;
        var customer = new Customer
        {
            Id = Ids.Next(),
            Code = WithCheck("1", 9),
            State = CustomerState.Active,
            Kind = organisation ? CustomerKind.Organisation : CustomerKind.Person,
            Use = type is CardType.PersonalMain or CardType.OrganisationMain ? CustomerUse.MultiUser : CustomerUse.SingleUser,
            BranchId = BranchId,
            Name = "王小明",
            CertificateNumber = "11010519491231002X",
            Phone = "13800138000",
            InvoiceType = invoices,
            OpenedAt = TimeProvider.System.GetUtcNow().UtcDateTime,
        };
        _customers.Add((customer.Id, []));
        return await AddCard(customer.Id, customer.Code, type, change, customer);
    }

    /// <summary>Another card of the same customer.</summary>
    public Task<IssuedCard> AnotherCard(IssuedCard first, CardType type = CardType.PersonalSub, Action<Card>? change = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        return AddCard(first.CustomerId, first.CustomerCode, type, change, null);
    }

    /// <summary>A body that collects cash.</summary>
    public static JsonObject Payment(long fen, string method = "cash") =>
        new()
        {
            ["amount"] = fen,
            ["paymentMethod"] = method,
            ["oilType"] = "gasoline92",
        };

    public Task<Answered> Collect(IssuedCard card, long fen, string? key = null, string method = "cash")
    {
        ArgumentNullException.ThrowIfNull(card);
        return Cashier.Post($"/v1/cards/{card.Number}/collections", Payment(fen, method), key);
    }

    /// <summary>Collects and gives the serial number.</summary>
    public async Task<string> Collected(IssuedCard card, long fen, string method = "cash") =>
        (await Collect(card, fen, method: method)).Is(HttpStatusCode.Created).SerialNumber;

    /// <summary>Sets aside for a card; the main card of a multi-user customer is present.</summary>
    public async Task<Answered> Allocate(IssuedCard card, long fen, long points = 0)
    {
        ArgumentNullException.ThrowIfNull(card);
        var body = new
        {
            cardSessionId = await PresentMain(card),
            lines = new[]
            {
                new
                {
                    cardNumber = card.Number,
                    amount = fen,
                    points,
                },
            },
        };
        return await Cashier.Post($"/v1/customers/{card.CustomerCode}/allocations", body);
    }

    /// <summary>A session of the customer's main card; null where it has none.</summary>
    public async Task<string?> PresentMain(IssuedCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        await using var db = await _host.OpenDatabase();
        var main = await db.Set<Card>().SingleOrDefaultAsync(c => c.MainOf == card.CustomerId);
        return main is null ? null : await this.Present(new IssuedCard(main.Id, main.Number, card.CustomerId, card.CustomerCode));
    }

    /// <summary>What a void or reversal repeats of its collection.</summary>
    public static object Correction(IssuedCard card, long fen, string method = "cash")
    {
        ArgumentNullException.ThrowIfNull(card);
        return new
        {
            cardNumber = card.Number,
            paymentMethod = method,
            amount = fen,
        };
    }

    public Task<Answered> Void(IssuedCard card, string serialNumber, long fen, string? key = null) =>
        Cashier.PostApproved($"/v1/transactions/{serialNumber}/void", Correction(card, fen), Second, key);

    public Task<Answered> Reverse(IssuedCard card, string serialNumber, long fen, string? key = null) =>
        Cashier.PostApproved($"/v1/transactions/{serialNumber}/reversal", Correction(card, fen), Second, key);

    /// <summary>The certificate of every holder whom a counter's tests open, as requests carry it.</summary>
    public static readonly object Holder = new
    {
        certificateType = "residentIdentity",
        certificateNumber = "11010519491231002X",
        name = "王小明",
    };

    /// <summary>Closes the open date, with cash counted as booked; a date after the calendar's as the second operator approves.</summary>
    public async Task<Answered> CloseDay(string? key = null)
    {
        var now = (await Cashier.Get("/v1/branch-days/current")).Is(HttpStatusCode.OK).Body;
        var body = new
        {
            businessDate = now["businessDate"]!.GetValue<string>(),
            countedCash = now["cash"]!
                .AsArray()
                .Select(c => new { @operator = c!["operator"]!.GetValue<string>(), amount = c["booked"]!.GetValue<long>() }),
        };
        return await Cashier.PostApproved("/v1/branch-days/current/close", body, Second, key);
    }

    /// <summary>Fen in the customer's quota account.</summary>
    public Task<long> Quota(IssuedCard card) =>
        Balance(IssuanceAccounts.Quota, (card ?? throw new ArgumentNullException(nameof(card))).CustomerId);

    public Task<long> Reserve(IssuedCard card) =>
        Balance(IssuanceAccounts.Reserve, (card ?? throw new ArgumentNullException(nameof(card))).Id);

    /// <summary>The sum of an account's entries, credit positive: for accounts of the company too, which keep no balance.</summary>
    public async Task<long> Balance(AccountType type, long owner)
    {
        await using var db = await _host.OpenDatabase();
        return await db.Set<Entry>().Where(e => e.Kind == type.Number && e.Owner == owner).SumAsync(e => e.Amount);
    }

    public async Task<int> Transactions()
    {
        await using var db = await _host.OpenDatabase();
        return await db.Set<Transaction>().CountAsync(t => t.BranchId == BranchId);
    }

    /// <summary>
    /// Holds every booking of this branch and every account of its customers against each other, and asks the API for its own proof (PL-03.1,
    /// PL-03.8).
    /// </summary>
    public async Task BooksAreSound()
    {
        await using var db = await _host.OpenDatabase();
        long[] owners = [.. _customers.Select(c => c.CustomerId), .. _customers.SelectMany(c => c.Cards)];
        var types = _host.Services.GetRequiredService<AccountTypes>();
        await BooksCheck.Transactions(db, types, BranchId);
        await BooksCheck.Accounts(db, types, owners);
        var proof = (await Answered.Of(await _host.Client.GetAsync("/internal/books"))).Is(HttpStatusCode.OK);
        Assert.True(proof.Body["sound"]!.GetValue<bool>(), proof.Text);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<IssuedCard> AddCard(long customerId, string customerCode, CardType type, Action<Card>? change, Customer? opened)
    {
        var today = ChinaCalendar.Today(TimeProvider.System);
        var card = new Card
        {
            Id = Ids.Next(),
            Number = WithCheck("100011", 15),
            Type = type,
            State = CardState.Active,
            CustomerId = customerId,
            BranchId = BranchId,
            IssuerCode = "100011",
            Profile = "demo",
            ValidFrom = today.AddDays(-30),
            ValidTo = today.AddYears(10),
            CreatedAt = TimeProvider.System.GetUtcNow().UtcDateTime,
        };
        change?.Invoke(card);
        await using var db = await _host.OpenDatabase();
        if (opened is not null)
        {
            db.Add(opened);
        }

        db.Add(card);
        await db.SaveChangesAsync();
        _customers.Find(c => c.CustomerId == customerId).Cards.Add(card.Id);
        return new IssuedCard(card.Id, card.Number, customerId, customerCode);
    }

    private Clerk Hire(AppDb db, Role role)
    {
        var id = Ids.Next();
        var login = $"c{id}";
        db.Add(
            new Operator
            {
                Id = id,
                BranchId = BranchId,
                Login = login,
                Name = "李娜",
            }
        );
        db.Add(
            new Credential
            {
                OperatorId = id,
                Hash = QuickHashes.Of(Clerk.Password),
                ChangedAt = TimeProvider.System.GetUtcNow().UtcDateTime,
            }
        );
        db.Add(new OperatorRole { OperatorId = id, RoleId = role.Id });
        return new Clerk(_host.Client, BranchCode, login, id);
    }

    private static Branch NewBranch(long id, string code) =>
        new()
        {
            Id = id,
            Code = code,
            Name = "测试网点",
            ParentId = Branch.HeadquartersId,
            Path = $"/{Branch.HeadquartersId}/{id}/",
            Level = BranchLevel.Branch,
        };

    private static string WithCheck(string prefix, int digits)
    {
        var number = Interlocked.Increment(ref s_number).ToString(CultureInfo.InvariantCulture);
        var body = prefix + number.PadLeft(digits - prefix.Length, '0');
        return body + Luhn.CheckDigit(body);
    }
}
