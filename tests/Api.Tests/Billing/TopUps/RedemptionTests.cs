// Slices: RedeemCode, ConfirmRedemption, UndoRedemption, ListRedemptions, GetRedemptionTotals, ExportRedemptions.
using System.Globalization;
using System.Net;
using System.Text;
using Billing.TopUps.Redemptions;
using Microsoft.EntityFrameworkCore;

namespace Api.Tests.Billing.TopUps;

public sealed class RedemptionTests
{
    private static int s_code;

    [Theory, EachDatabase("points", "coupon")]
    [Trait("Requirement", "MT-02.1"), Trait("Requirement", "MT-02.2")]
    public async Task A_code_is_authenticated_and_confirmed_when_the_receipt_prints_also_when_the_carrier_is_away(
        Database database,
        string kind
    )
    {
        await using var desk = await TopUpDesk.Open(database);
        var code = await Code(desk, kind, 3_000);
        var redeemed = (await Redeem(desk, kind, code)).Is(HttpStatusCode.Created);
        Assert.Equal(("authenticated", 3_000L, code[..11]), (redeemed["state"], redeemed.Number("amount"), redeemed["codeHead"]));

        await desk.Carrier.Fault("confirmation", "before", times: 3);
        var confirmed = (await Confirm(desk, redeemed.SerialNumber)).Is(HttpStatusCode.Created);
        Assert.Equal("confirmed", confirmed["state"]);
        await Eventually.Holds(() => desk.Carrier.Redemption(redeemed.SerialNumber), s => s == "confirmed");
        // A confirmed one is not undone, and its code is used up.
        (await Undo(desk, redeemed.SerialNumber)).IsRefused(HttpStatusCode.Conflict, "redemption-state-forbids");
        Assert.Equal("authenticationFailed", (await Redeem(desk, kind, code)).Is(HttpStatusCode.Created)["state"]);
        Assert.Equal((1L, 3_000L), await Totals(desk));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-02.1"), Trait("Requirement", "MT-02.3")]
    public async Task An_undone_one_lets_its_code_go_at_once_also_when_the_carrier_is_away(Database database)
    {
        await using var desk = await TopUpDesk.Open(database);
        var code = await Code(desk, "coupon", 3_000);
        var redeemed = (await Redeem(desk, "coupon", code)).Is(HttpStatusCode.Created);
        await desk.Carrier.Fault("undoing", "before", times: 3);

        Assert.Equal("undone", (await Undo(desk, redeemed.SerialNumber)).Is(HttpStatusCode.Created)["state"]);
        (await Confirm(desk, redeemed.SerialNumber)).IsRefused(HttpStatusCode.Conflict, "redemption-state-forbids");
        await Eventually.Holds(() => desk.Carrier.Redemption(redeemed.SerialNumber), s => s == "undone");

        Assert.Equal("authenticated", (await Redeem(desk, "coupon", code)).Is(HttpStatusCode.Created)["state"]);
        Assert.Equal((0L, 0L), await Totals(desk));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-02.3")]
    public async Task A_right_code_without_a_receipt_stays_authenticated_is_released_and_counts_as_nothing(Database database)
    {
        await using var desk = await TopUpDesk.Open(database);
        await Parameter(desk, "redemption-release-minutes", 0);
        var code = await Code(desk, "points", 3_000);
        await desk.Carrier.Fault("undoing", "before", times: 3);

        var redeemed = (await Redeem(desk, "points", code)).Is(HttpStatusCode.Created);
        await Eventually.Holds(() => desk.Carrier.Redemption(redeemed.SerialNumber), s => s == "undone");

        (await Confirm(desk, redeemed.SerialNumber)).IsRefused(HttpStatusCode.Conflict, "redemption-released");
        var shown = Assert.Single(await desk.Till.Walk($"/v1/redemptions?codeHead={code[..11]}&redemptionState=authenticated"));
        Assert.NotNull(shown["releasedAt"]);
        Assert.Equal((0L, 0L), await Totals(desk));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-02.3")]
    public async Task A_check_without_an_answer_redeems_nothing_and_lets_the_code_go(Database database)
    {
        await using var desk = await TopUpDesk.Open(database);
        var code = await Code(desk, "points", 3_000);
        await desk.Carrier.Fault("redemption", "after");

        (await Redeem(desk, "points", code)).IsRefused(HttpStatusCode.ServiceUnavailable, "carrier-silent");

        // Each look from another till: five wrong codes in a row would stop one.
        var till = 10;
        await Eventually.Holds(
            () => Redeem(desk, "points", code, $"T{till++}"),
            a => a.Is(HttpStatusCode.Created)["state"] == "authenticated"
        );
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-02.4")]
    public async Task Five_wrong_codes_in_a_row_stop_a_till_and_no_code_is_kept(Database database)
    {
        await using var desk = await TopUpDesk.Open(database);
        var right = await Code(desk, "coupon", 3_000);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal("authenticationFailed", (await Redeem(desk, "coupon", $"WRONG{i}0000000X")).Is(HttpStatusCode.Created)["state"]);
        }

        // A right one ends the row.
        Assert.Equal("authenticated", (await Redeem(desk, "coupon", right)).Is(HttpStatusCode.Created)["state"]);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(i => Task.Run(() => Retries.Again(() => Redeem(desk, "coupon", $"GUESS{i:D2}0000000X"))))
        );
        Assert.InRange(answers.Count(a => a.Status == HttpStatusCode.Created), 1, 5);
        // Who is released without an answer, since others of the till went on meanwhile, redeemed nothing either.
        Assert.All(
            answers.Where(a => a.Status != HttpStatusCode.Created),
            a => Assert.Contains(a.Code, (string[])["till-stopped", "carrier-silent"])
        );
        var other = await Redeem(desk, "coupon", await Code(desk, "coupon", 1_000), till: "T02");
        Assert.Equal("authenticated", other.Is(HttpStatusCode.Created)["state"]);

        await using var db = await desk.Host.OpenDatabase();
        var kept = await db.Set<Redemption>().Where(r => r.CodeHead == right.Substring(0, 11)).SingleAsync();
        Assert.Equal(32, kept.CodeHash.Length);
        Assert.DoesNotContain(right[11..], Encoding.ASCII.GetString(kept.CodeHash), StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-02.3")]
    public async Task A_confirmation_that_the_carrier_refuses_is_shown(Database database)
    {
        await using var desk = await TopUpDesk.Open(database);
        var redeemed = (await Redeem(desk, "coupon", await Code(desk, "coupon", 3_000))).Is(HttpStatusCode.Created);
        await desk.Carrier.Fault("confirmation", "refused");
        (await Confirm(desk, redeemed.SerialNumber)).Is(HttpStatusCode.Created);

        var shown = await Eventually.Holds(
            async () => (await desk.Till.Walk("/v1/redemptions?redemptionKind=coupon")).Single(),
            r => r["refusedAdvice"] is not null
        );
        Assert.Equal(("confirmed", "released"), (shown["state"]!.GetValue<string>(), shown["refusedAdvice"]!.GetValue<string>()));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "MT-03.3"), Trait("Requirement", "MT-03.4")]
    public async Task List_totals_and_file_of_redemptions_agree(Database database)
    {
        await using var desk = await TopUpDesk.Open(database);
        foreach (var (kind, amount) in (List<(string, long)>)[("points", 1_000), ("points", 2_000), ("coupon", 4_000)])
        {
            var redeemed = (await Redeem(desk, kind, await Code(desk, kind, amount))).Is(HttpStatusCode.Created);
            (await Confirm(desk, redeemed.SerialNumber)).Is(HttpStatusCode.Created);
        }

        await Redeem(desk, "coupon", "WRONG0000000000X");
        var listed = await desk.Till.Walk($"/v1/redemptions?redemptionState=confirmed&from={TopUpDesk.Today:yyyy-MM-dd}");
        Assert.Equal(7_000, listed.Sum(r => r["amount"]!.GetValue<long>()));
        Assert.Equal((3L, 7_000L), await Totals(desk));
        Assert.Equal(2, (await desk.Till.Walk("/v1/redemptions?redemptionKind=points")).Count);
        var (file, _) = await desk.Till.Download("/v1/redemptions/export?format=csv&redemptionState=confirmed");
        var lines = Encoding.UTF8.GetString(file).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).ToList();
        Assert.Equal(70.00m, lines.Sum(l => decimal.Parse(l.Split(',')[7], CultureInfo.InvariantCulture)));
        Assert.NotEmpty((await desk.Till.Download("/v1/redemptions/export?format=xlsx")).File);
        await using var other = await TestCounter.Open(desk.Host);
        Assert.Empty(await other.Cashier.Walk("/v1/redemptions"));
    }

    private static async Task<(long, long)> Totals(TopUpDesk desk)
    {
        var totals = (await desk.Till.Get("/v1/redemption-totals")).Is(HttpStatusCode.OK);
        return (totals.Number("confirmedCount"), totals.Number("confirmedAmount"));
    }

    private static async Task<string> Code(TopUpDesk desk, string kind, long amount)
    {
        var code = $"ZQ{Interlocked.Increment(ref s_code).ToString("D9", CultureInfo.InvariantCulture)}SECRET";
        await desk.Carrier.Code(code, kind, amount);
        return code;
    }

    private static Task<Answered> Redeem(TopUpDesk desk, string kind, string code, string till = "T01") =>
        desk.Till.Post(
            "/v1/redemptions",
            new
            {
                kind,
                code,
                tillNumber = till,
                receiptDate = TopUpDesk.Today,
            }
        );

    private static Task<Answered> Confirm(TopUpDesk desk, string serialNumber) =>
        desk.Till.Post($"/v1/redemptions/{serialNumber}/confirmation", new { receiptNumber = TopUpDesk.Receipt() });

    private static Task<Answered> Undo(TopUpDesk desk, string serialNumber) =>
        desk.Till.Post($"/v1/redemptions/{serialNumber}/undoing", new { });

    private static async Task Parameter(TopUpDesk desk, string name, long value) =>
        (
            await desk.Till.PutApproved(
                $"/v1/parameters/{name}",
                new { branchCode = desk.Store.BranchCode, value },
                "\"0\"",
                desk.Store.Second
            )
        ).Is(HttpStatusCode.OK);
}
