using System.Globalization;
using System.Net;
using Counter.Payments;
using Hardware.Simulators.Chip;
using Issuance;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Cryptography.Profiles;

namespace Api.Tests.Issuance;

/// <summary>Fees and deposits against an obvious reference: what lies on the counter, what was set, and who had to say yes.</summary>
public sealed class IssueFeesTests
{
    private const string Kind = "personal-single";

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-01.3")]
    public async Task Any_received_amounts_are_booked_as_they_were_and_those_that_differ_need_an_approval(Database database)
    {
        var given = Environment.GetEnvironmentVariable("ISSUE_FEES_SEED");
        var seed = given is null ? Environment.TickCount & 0xFFFFFF : int.Parse(given, CultureInfo.InvariantCulture);
        var random = new Random(seed);
        await using var counter = await TestCounter.Open(database);
        var (fee, deposit, service) = (random.Next(0, 5_000), random.Next(0, 3_000), random.Next(1, 900));
        await counter.Set(IssuanceParameters.CardFee(CardType.PersonalSingle), fee);
        await counter.Set(IssuanceParameters.Deposit(CardType.PersonalSingle), deposit);
        await counter.Set(IssuanceParameters.ServiceFee, service);
        (long Drawer, long Income) expected = (0, 0);
        foreach (var (feeBy, depositBy) in new[] { (0, 0), (1, 0), (0, 1), (random.Next(1, 500), random.Next(1, 500)), (-fee, -deposit) })
        {
            var waived = random.Next(2) == 0;
            var body = ChipCards.OpeningBody(fee + feeBy, deposit + depositBy, waived);
            var what = $"seed {seed}: set {fee} and {deposit}, received {fee + feeBy} and {deposit + depositBy}";

            var asked = await counter.Cashier.Post($"/v1/issuances/{Kind}", body);
            var differs = feeBy != 0 || depositBy != 0;
            Assert.True(asked.Status == (differs ? HttpStatusCode.Forbidden : HttpStatusCode.Accepted), $"{what}: {asked.Text}");
            var started = differs ? (await counter.StartIssue(body)).Is(HttpStatusCode.Accepted) : asked;
            Assert.True(started.Number("serviceFee") == (waived ? 0 : service), $"{what}: {started.Text}");
            var outcome = await counter.Run(VirtualChip.CreateBlank(IssuerProfile.Demo), started);
            Assert.True(CardBooks.State(outcome) == "confirmed", $"{what}: {outcome.ToJsonString()}");

            var charge = fee + feeBy + (waived ? 0 : service);
            expected = (expected.Drawer + charge + deposit + depositBy, expected.Income + charge);
            var booked = await Booked(counter, started["cardNumber"]);
            Assert.True(booked == (expected.Drawer, expected.Income, deposit + depositBy), $"{what}: booked {booked}, not {expected}");
        }

        await counter.BooksAreSound();
    }

    private static async Task<(long Drawer, long Income, long Deposit)> Booked(TestCounter counter, string cardNumber)
    {
        await using var db = await counter.Host.OpenDatabase();
        var card = await db.Set<global::Issuance.Cards.Card>().SingleAsync(c => c.Number == cardNumber);
        return (
            -await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id),
            await counter.Balance(CounterAccounts.FeeIncome, counter.BranchId),
            await counter.Balance(IssuanceAccounts.Deposit, card.Id)
        );
    }
}
