using Access.Branches;
using Access.Companies;
using Access.Operators;
using Access.Roles;
using Funding.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Api.DemoData;

/// <summary>
/// Fills a database for demonstrations, once, as one booking: whole or not at all, audited, and refused to the second of two processes that start at
/// once. No money: opening balances would have to come from somewhere.
/// </summary>
internal sealed class DemoSeeding(
    IDbContextFactory<AppDb> contexts,
    Books books,
    PasswordHashes hashes,
    IReadOnlyList<Right> rights,
    TimeProvider clock,
    IServiceProvider services
) : IHostedService
{
    public const string CityCode = "10100000";
    public const string EastCode = "10100001";
    public const string WestCode = "10100002";
    public const string ContractCode = "DEMO-2026";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!await db.Set<Branch>().AnyAsync(b => b.Code == CityCode, cancellationToken))
        {
            await SeedBooking.Post(books, await Demonstration(db, cancellationToken));
        }

        if (services.GetService<BenchmarkData>() is { } benchmark)
        {
            await benchmark.Seed(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<Booking> Demonstration(AppDb db, CancellationToken ct)
    {
        var headquarters = await db.Set<Branch>().SingleAsync(b => b.Id == Branch.HeadquartersId, ct);
        var booking = SeedBooking
            .By(await SeedBooking.Administrator(db, ct), "seed-demo", $"branch:{headquarters.Id}")
            .IfDuplicate(Branch.CodeIndex, new SeededBefore())
            .IfDuplicate(Role.NameIndex, new SeededBefore())
            .IfDuplicate(DiscountContract.CodeIndex, new SeededBefore());
        var city = NewBranch(CityCode, "示范市分公司", BranchLevel.City, headquarters);
        var east = NewBranch(EastCode, "城东网点", BranchLevel.Branch, city);
        var west = NewBranch(WestCode, "城西网点", BranchLevel.Branch, city);
        booking.Insert(
            new CompanyDetails
            {
                BranchId = headquarters.Id,
                Name = "示范能源有限公司",
                Address = "示范市城东区建设路 1 号",
                Phone = "028-5555 0100",
                TaxNumber = "91510100MA00000000",
            }
        );
        var roles = DemoPeople.Roles(rights);
        foreach (var role in roles)
        {
            booking.Insert(role);
        }

        foreach (var branch in new[] { city, east, west })
        {
            booking.Insert(branch).Insert(new BranchDay { BranchId = branch.Id, BusinessDate = ChinaCalendar.Today(clock) });
        }

        AddPeople(booking, headquarters, DemoPeople.AtHeadquarters, ["钱进", "吴敏"], roles);
        AddPeople(booking, east, DemoPeople.AtEachBranch, ["张敏", "李强", "王芳", "陈静", "刘洋"], roles);
        AddPeople(booking, west, DemoPeople.AtEachBranch, ["赵丽", "孙伟", "周军", "郑洁", "冯涛"], roles);
        return booking.Insert(Contract());
    }

    private static Branch NewBranch(string code, string name, BranchLevel level, Branch above)
    {
        var id = Ids.Next();
        return new Branch
        {
            Id = id,
            Code = code,
            Name = name,
            ParentId = above.Id,
            Path = Branch.PathBelow(above.Path, id),
            Level = level,
        };
    }

    /// <summary>A password is hashed once: the same people work at every branch, and hashing is slow on purpose.</summary>
    private readonly Dictionary<string, string> _hashes = [];

    private string Hash(string password) =>
        _hashes.TryGetValue(password, out var known) ? known : _hashes[password] = hashes.Hash(password);

    private void AddPeople(Booking booking, Branch branch, IReadOnlyList<DemoPerson> people, string[] names, IReadOnlyList<Role> roles)
    {
        foreach (var (person, name) in people.Zip(names))
        {
            var role = roles.Single(r => r.Name == person.Role);
            SeedBooking.AddOperator(booking, branch.Id, person.Login, name, Hash(person.Password), role, clock);
        }
    }

    private DiscountContract Contract()
    {
        var year = ChinaCalendar.Today(clock).Year;
        return new DiscountContract
        {
            Id = Ids.Next(),
            Code = ContractCode,
            Name = "充值满 500 元赠 1%，每元 1 积分",
            ValidFrom = new DateOnly(year, 1, 1),
            ValidTo = new DateOnly(year + 5, 12, 31),
            Terms = new ContractTerms(
                [],
                [],
                [new ContractTier(FromAmount: 50_000, BonusBasisPoints: 100, PointsPerYuan: 1)],
                BonusCap: 10_000
            ),
        };
    }
}
