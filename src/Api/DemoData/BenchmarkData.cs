using System.Globalization;
using Access.Branches;
using Access.Operators;
using Access.Roles;
using Access.SigningIn;
using Customers;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Operations;

namespace Api.DemoData;

/// <summary>What eng/bench.sh sends with.</summary>
/// <param name="Token">An access token, good for half an hour.</param>
/// <param name="CardNumbers">The cards to collect on.</param>
internal sealed record BenchmarkAccess(string Token, IReadOnlyList<string> CardNumbers);

/// <summary>
/// A thousand customers with a card each, as a load generator needs them, and an operator for it. Their cards were never on a chip: what is
/// measured is the counter's busiest request, which does not touch one.
/// </summary>
internal sealed class BenchmarkData(
    IDbContextFactory<AppDb> contexts,
    Books books,
    CardKeyRing keys,
    PasswordHashes hashes,
    TimeProvider clock
)
{
    private const string Login = "benchmark";
    private const int Cards = 1_000;

    /// <summary>Far above what the running numbers of real cards and customers reach.</summary>
    private const int FirstCard = 900_000_000;
    private const int FirstCustomer = 190_000_000;

    /// <summary>Runs once; the operator tells that it ran.</summary>
    public async Task Seed(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var branch = await db.Set<Branch>().SingleAsync(b => b.Code == DemoSeeding.EastCode, ct);
        if (await db.Set<Operator>().AnyAsync(o => o.BranchId == branch.Id && o.Login == Login, ct))
        {
            return;
        }

        var cashier = await db.Set<Role>().SingleAsync(r => r.BranchId == Branch.HeadquartersId && r.Name == "cashier", ct);
        var booking = SeedBooking
            .By(await SeedBooking.Administrator(db, ct), "seed-benchmark", $"branch:{branch.Id}")
            .IfDuplicate(Operator.LoginIndex, new SeededBefore())
            .IfDuplicate(Customer.CodeIndex, new SeededBefore())
            .IfDuplicate(Card.NumberIndex, new SeededBefore());
        // Nobody signs in with it: the token comes from the process itself, and the password is thrown away.
        SeedBooking.AddOperator(booking, branch.Id, Login, "压测", hashes.Hash(Secrets.NewToken()), cashier, clock);
        for (var i = 0; i < Cards; i++)
        {
            AddCard(booking, branch.Id, i);
        }

        await SeedBooking.Post(books, booking);
    }

    /// <summary>A new session of the load generator's operator.</summary>
    public async Task<BenchmarkAccess> Open(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var branch = await db.Set<Branch>().SingleAsync(b => b.Code == DemoSeeding.EastCode, ct);
        var person = await db.Set<Operator>().SingleAsync(o => o.BranchId == branch.Id && o.Login == Login, ct);
        var credential = await db.Set<Credential>().SingleAsync(c => c.OperatorId == person.Id, ct);
        var token = Secrets.NewToken();
        var now = clock.GetUtcNow().UtcDateTime;
        var booking = new SilentBooking(
            Ids.Next(),
            new Actor(branch.Id, person.Id),
            new AuditNote("open-benchmark", $"operator:{person.Id}")
        ).Insert(
            new Session
            {
                Id = Ids.Next(),
                OperatorId = person.Id,
                CredentialGeneration = credential.Generation,
                AccessHash = Secrets.Hash(token),
                FamilyHash = Secrets.Hash(Secrets.NewToken()),
                RefreshHash = Secrets.Hash(Secrets.NewToken()),
                AccessExpiresAt = now + Session.AccessGoodFor,
                RefreshExpiresAt = now + Session.AccessGoodFor,
            }
        );
        await SeedBooking.Post(books, booking);
        return new BenchmarkAccess(token, [.. Enumerable.Range(0, Cards).Select(CardNumber)]);
    }

    private void AddCard(Booking booking, long branchId, int index)
    {
        var code = (FirstCustomer + index).ToString(CultureInfo.InvariantCulture);
        var now = clock.GetUtcNow().UtcDateTime;
        var today = ChinaCalendar.Today(clock);
        var customer = new Customer
        {
            Id = Ids.Next(),
            Code = code + Luhn.CheckDigit(code),
            Kind = CustomerKind.Person,
            Use = CustomerUse.SingleUser,
            State = CustomerState.Active,
            BranchId = branchId,
            Name = string.Create(CultureInfo.InvariantCulture, $"压测客户{index + 1:D4}"),
            CertificateType = CertificateType.Other,
            CertificateNumber = string.Create(CultureInfo.InvariantCulture, $"BENCH{index + 1:D6}"),
            Phone = "10000000000",
            OpenedAt = now,
        };
        var card = new Card
        {
            Id = Ids.Next(),
            Number = CardNumber(index),
            Type = CardType.PersonalSingle,
            State = CardState.Active,
            CustomerId = customer.Id,
            BranchId = branchId,
            IssuerCode = IssuerCode,
            Profile = keys.Profile.Issuer,
            ValidFrom = today,
            ValidTo = today.AddYears(10),
            CreatedAt = now,
        };
        booking.Insert(customer).Insert(card);
    }

    private string IssuerCode => keys.Profile.IssuerId[^6..];

    private string CardNumber(int index)
    {
        var digits = IssuerCode + (FirstCard + index).ToString(CultureInfo.InvariantCulture);
        return digits + Luhn.CheckDigit(digits);
    }
}
