using System.Net;
using System.Text.Json.Nodes;
using Access.Branches;
using Api.Tests.Platform.Documents;
using Counter.BusinessDay;
using Counter.Payments;
using Platform;
using Platform.Approvals;
using Platform.Problems;

namespace Api.Tests.Counter;

/// <summary>What a module that the day-end has never heard of brings to it: what holds the date, what is booked with it, its section.</summary>
public sealed class DayEndContributionsTests
{
    private const string Path = "/v1/branch-days/current/close";

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-04.2")]
    public async Task What_holds_the_date_is_refused_and_one_approval_carries_all_of_it_over(Database database)
    {
        var (boxes, meters) = (new Check("boxes"), new Check("meters"));
        await using var host = await TestHost.Start(
            database,
            services: s => s.AddSingleton<IDayEndCheck>(boxes).AddSingleton<IDayEndCheck>(meters)
        );
        await using var counter = await TestCounter.Open(host);
        var body = new JsonObject { ["businessDate"] = await Open(counter), ["countedCash"] = new JsonArray() };

        boxes.Holds = true;
        var refused = (await counter.Cashier.Post(Path, body)).IsRefused(HttpStatusCode.Conflict, "held-by-a-test");
        Assert.Equal("boxes", refused["where"]);
        body["carryOver"] = true;
        var alone = (await counter.Cashier.Post(Path, body)).IsRefused(HttpStatusCode.Forbidden, "approval-required");
        Assert.Equal("carry-over-boxes", alone["action"]);
        meters.Holds = true;
        var both = (await counter.Cashier.Post(Path, body)).IsRefused(HttpStatusCode.Forbidden, "approval-required");
        Assert.Equal("carry-over-unresolved", both["action"]);

        (await counter.Cashier.PostApproved(Path, body, counter.Second)).Is(HttpStatusCode.Created);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-04.1")]
    public async Task What_a_module_does_at_the_closing_is_booked_with_it_or_leaves_the_date_open(Database database)
    {
        var step = new Step { Refuses = true };
        await using var host = await TestHost.Start(database, services: s => s.AddSingleton<IDayEndStep>(step));
        await using var counter = await TestCounter.Open(host);
        var date = await Open(counter);

        (await counter.CloseDay()).IsRefused(HttpStatusCode.Conflict, "held-by-a-test");
        Assert.Equal(date, await Open(counter));
        Assert.Equal(0, await counter.Balance(CounterAccounts.Surplus, counter.BranchId));
        step.Refuses = false;
        (await counter.CloseDay()).Is(HttpStatusCode.Created);

        Assert.NotEqual(date, await Open(counter));
        Assert.Equal(Step.Fen, await counter.Balance(CounterAccounts.Surplus, counter.BranchId));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-05.5")]
    public async Task A_type_of_transaction_stands_in_the_section_that_its_module_declares_and_in_one_of_its_own_without_any(
        Database database
    )
    {
        var section = new DayEndSectionType("boxes", 1, "自助终端");
        TransactionType[] boxes = [Box("filled"), Box("emptied"), Box("moved"), Box("forgotten")];
        DayEndLineType[] lines = [new(boxes[0], section), new(boxes[1], section, GivesBack: true), DayEndLineType.Within(boxes[2])];
        await using var host = await TestHost.Start(
            database,
            services: s =>
                s.AddSingleton(
                        new TransactionTypes([.. ModuleList.All.OfType<ILedgerModule>().SelectMany(m => m.TransactionTypes), .. boxes])
                    )
                    .AddDayEndLines(lines)
        );
        await using var counter = await TestCounter.Open(host);
        foreach (var (type, fen) in boxes.Zip([700L, 200L, 50L, 30L]))
        {
            await Book(counter, type, fen);
        }

        var closed = (await counter.CloseDay()).Is(HttpStatusCode.Created);
        var clerk = await PaperClerk.At(counter);

        var sections = (await clerk.Show(closed.SerialNumber, "day-end-sheet")).Data["sections"]!.AsArray();
        Assert.Equal(["boxes 2 500", "other 1 30"], sections.Select(s => $"{s!["kind"]} {s["total"]!["count"]} {s["total"]!["amount"]}"));
        var page = (await clerk.Show(closed.SerialNumber, "day-end-sheet", PaperClerk.Html)).Text;
        Assert.Contains("<caption>一、自助终端</caption>", page, StringComparison.Ordinal);
        Assert.Contains("<caption>二、其他业务</caption>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_of_transaction_with_two_places_on_the_sheet_refuses_the_start()
    {
        var filled = Box("filled");
        var services = new ServiceCollection().AddDayEndLines([new(filled, DayEndSectionType.Received)]);

        var refused = Assert.Throws<StartRefusedException>(() => services.AddDayEndLines([DayEndLineType.Within(filled)]));

        Assert.Contains("box-filled has two places", refused.Message, StringComparison.Ordinal);
    }

    private static TransactionType Box(string what) => new($"box-{what}", $"Box {what}", "钱箱");

    private static async Task<string> Open(TestCounter counter) =>
        (await counter.Cashier.Get("/v1/branch-days/current")).Is(HttpStatusCode.OK)["businessDate"];

    private static async Task Book(TestCounter counter, TransactionType type, long fen)
    {
        var (id, actor) = (Ids.Next(), new Actor(counter.BranchId, counter.Cashier.Id));
        var booking = new SilentBooking(id, actor, new AuditNote("test", type.Name))
            .WithHead(new Transaction(id, type, actor) { Amount = fen })
            .Move(new AccountRef(CounterAccounts.Vault, counter.BranchId), new AccountRef(CounterAccounts.Surplus, counter.BranchId), fen);
        Assert.IsType<BookingResult.Answered>(await counter.Host.Services.GetRequiredService<Books>().Post(booking));
    }

    public sealed record HeldByATest(string Where)
        : Refusal("held-by-a-test", 409, "A test holds the date open.", "测试使营业日保持开放。");

    private sealed class Check(string name) : IDayEndCheck
    {
        public bool Holds { get; set; }

        public string What => "Test things";

        public Type Refusal => typeof(HeldByATest);

        public ApprovalAction CarryOver { get; } = new($"carry-over-{name}", "Carry test things over", "结转测试事项");

        public Task<DayEndFinding> Find(AppDb db, long branchId, CancellationToken ct) =>
            Task.FromResult(new DayEndFinding(new ApprovalFact("Test things", "测试事项", name), Holds ? new HeldByATest(name) : null));
    }

    private sealed class Step : IDayEndStep
    {
        public const long Fen = 5;

        public bool Refuses { get; set; }

        public Task<Refusal?> Add(Booking booking, AppDb db, BranchDay day, CancellationToken ct)
        {
            booking.Move(new AccountRef(CounterAccounts.Vault, day.BranchId), new AccountRef(CounterAccounts.Surplus, day.BranchId), Fen);
            return Task.FromResult<Refusal?>(Refuses ? new HeldByATest("step") : null);
        }
    }
}
