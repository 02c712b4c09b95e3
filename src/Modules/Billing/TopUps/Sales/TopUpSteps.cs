using Billing.TopUps.Carriers;
using Billing.TopUps.Credit;
using Billing.TopUps.Exceptions;
using Billing.TopUps.Line;
using Microsoft.Extensions.Configuration;

namespace Billing.TopUps.Sales;

/// <summary>
/// Takes top-ups from state to state as the table has it (<see cref="TopUpStates"/>): each step is one booking of the row and its money, guarded by
/// the row's version, so that of two who know the answer one books it. Nothing is sent inside a booking.
/// </summary>
internal sealed class TopUpSteps(
    AppDb db,
    Books books,
    CarrierClient client,
    CarrierLine line,
    CarrierCredit credit,
    TimeProvider clock,
    IConfiguration configuration
)
{
    private const int Tries = 8;

    /// <summary>Answers that say for good that the phone is not credited.</summary>
    private static readonly string[] s_definite = ["number-unknown", "not-allowed", "no-credit", "expired", "maintenance"];

    private readonly AskingSchedule _schedule = new(configuration.GetValue("TopUps:AskEvery", TimeSpan.FromSeconds(5)));

    private readonly TimeSpan _sending = configuration.GetValue("TopUps:Sending", TimeSpan.FromSeconds(30));

    /// <summary>How long after its validity an unknown top-up may still turn up at the carrier.</summary>
    private readonly TimeSpan _grace = configuration.GetValue("TopUps:UnknownGrace", TimeSpan.FromMinutes(5));

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Takes a top-up one step on: hands it over, or asks what became of it.</summary>
    public Task<TopUp> GoOn(TopUp topUp) =>
        topUp.State switch
        {
            TopUpState.Unprocessed or TopUpState.Unfinished => HandOver(topUp),
            TopUpState.Applying => Ask(topUp),
            _ => Task.FromResult(topUp),
        };

    /// <summary>Books what the carrier said of its own accord.</summary>
    public Task<TopUp> Told(TopUp topUp, CarrierTopUpState said) => Hear(topUp, new CarrierAnswer<CarrierTopUpState>(said, null));

    private async Task<TopUp> HandOver(TopUp topUp)
    {
        if (Now >= topUp.ValidUntil)
        {
            return (await Apply(topUp, TopUpEvent.NotSentInTime, t => t.FailureCode = "not-sent-in-time")).TopUp;
        }

        var carrier = await db.Set<TopUpCarrier>().AsNoTracking().SingleAsync(c => c.Id == topUp.CarrierId);
        if (!carrier.IsOpen)
        {
            return (await Apply(topUp, TopUpEvent.RefusedHere, t => t.FailureCode = "carrier-closed")).TopUp;
        }

        if (await HoldOf(carrier) is var hold and not TopUpHold.None)
        {
            return (await Apply(topUp, TopUpEvent.HeldBack, t => (t.Hold, t.AskAt) = (hold, Now + _schedule.Held))).TopUp;
        }

        var (handed, booked) = await Apply(
            topUp,
            TopUpEvent.HandedOver,
            t => (t.Hold, t.Asked, t.AskAt) = (TopUpHold.None, 0, Now + _sending)
        );
        if (!booked)
        {
            // Somebody else sends it, or it has an end.
            return handed;
        }

        var store = await db.Set<Branch>().Where(b => b.Id == handed.BranchId).Select(b => b.Code).SingleAsync();
        var answer = await client.TopUp(
            new CarrierTopUp(
                IdText.Of(handed.Id),
                handed.Phone,
                handed.Amount,
                carrier.Code,
                Json.Name(handed.Kind),
                store,
                handed.ValidUntil.AtUtc()
            ),
            CancellationToken.None
        );
        return await Hear(handed, answer);
    }

    private async Task<TopUpHold> HoldOf(TopUpCarrier carrier) =>
        line.IsAway ? TopUpHold.CarrierAway
        : !carrier.IsOpenAt(clock.GetUtcNow()) ? TopUpHold.OutsideHours
        : await credit.IsUsedUp(carrier.Id, CancellationToken.None) ? TopUpHold.CreditUsedUp
        : TopUpHold.None;

    private async Task<TopUp> Ask(TopUp topUp)
    {
        var answer = await client.Ask(IdText.Of(topUp.Id), CancellationToken.None);
        if (answer.Value?.State != CarrierTopUpState.Unknown || Now <= topUp.ValidUntil + _grace)
        {
            return await Hear(topUp, answer);
        }

        // Said twice, since the first may have been said while the top-up was still on its way.
        return topUp.Unknowns >= 1
            ? (await Apply(topUp, TopUpEvent.NeverKnown, t => t.FailureCode = "never-known")).TopUp
            : (
                await Apply(
                    topUp,
                    TopUpEvent.NoAnswer,
                    t =>
                    {
                        t.Unknowns++;
                        AskLater(t);
                    }
                )
            ).TopUp;
    }

    private async Task<TopUp> Hear(TopUp topUp, CarrierAnswer<CarrierTopUpState> answer)
    {
        var happened = answer switch
        {
            { Value.State: CarrierTopUpState.Succeeded } => TopUpEvent.Credited,
            { Value.State: CarrierTopUpState.Failed } => TopUpEvent.Declined,
            { No: { } no } when s_definite.Contains(no) => TopUpEvent.Declined,
            _ => TopUpEvent.NoAnswer,
        };
        var creditedBy = happened == TopUpEvent.Credited ? await CreditedBy(topUp, answer.Value!.Carrier) : 0;
        var (heard, _) = await Apply(
            topUp,
            happened,
            t =>
            {
                switch (happened)
                {
                    case TopUpEvent.Credited:
                        (t.CarrierSerial, t.CreditedById) = (answer.Value!.Serial, creditedBy);
                        t.CreditedOn = answer.Value.Day ?? t.ReceiptDate;
                        break;
                    case TopUpEvent.Declined:
                        t.FailureCode = answer.Value?.Code ?? answer.No ?? "refused";
                        break;
                    default:
                        AskLater(t);
                        break;
                }
            }
        );
        await Contradictions.Keep(db, books, clock, heard, happened, answer.Value);
        return heard;
    }

    /// <summary>The carrier's own answer counts, since numbers move; one that we do not know leaves the till's choice.</summary>
    private async Task<long> CreditedBy(TopUp topUp, string? code) =>
        await db.Set<TopUpCarrier>().Where(c => c.Code == code).Select(c => (long?)c.Id).SingleOrDefaultAsync() ?? topUp.CarrierId;

    /// <summary>Books one step. Where somebody else took the top-up on meanwhile, his step stands and is given back.</summary>
    private async Task<(TopUp TopUp, bool Booked)> Apply(TopUp topUp, TopUpEvent happened, Action<TopUp> change)
    {
        for (var i = 0; i < Tries; i++)
        {
            if (TopUpStates.Step(topUp.State, happened) is not { } step)
            {
                return (topUp, false);
            }

            change(topUp);
            var booking = new SilentBooking(
                Ids.Next(),
                new Actor(topUp.BranchId, topUp.OperatorId),
                new AuditNote("top-up-step", $"top-up:{topUp.Id}", new { step = Json.Name(happened), to = Json.Name(step.To) })
            ).Step(topUp, step);
            if (step.To == TopUpState.Failed && await db.DayToGiveBack(topUp, CancellationToken.None) is { } day)
            {
                booking.Update(day);
            }

            var result = await books.Post(booking);
            topUp = await db.Set<TopUp>().AsNoTracking().SingleAsync(t => t.Id == topUp.Id);
            if (result is BookingResult.Answered)
            {
                return (topUp, true);
            }

            if (topUp.State != step.From)
            {
                return (topUp, false);
            }
        }

        return (topUp, false);
    }

    private void AskLater(TopUp topUp)
    {
        topUp.AskAt = Now + _schedule.After(topUp.Asked, clock.GetUtcNow().UtcDateTime - topUp.BookedAt);
        topUp.Asked++;
    }
}

/// <summary>
/// When a top-up is taken up again: 5, 15, 30 s, 1, 2, 5, 10, 30 min, hourly for a day, then daily, as multiples of the first pause.
/// </summary>
internal sealed class AskingSchedule(TimeSpan first)
{
    private const int Hour = 720;
    private const int Day = 24 * Hour;
    private static readonly int[] s_times = [1, 3, 6, 12, 24, 60, 120, 360];

    /// <summary>For one that is held back: certainly not sent, and tried as long as it is valid.</summary>
    public TimeSpan Held => first * 2;

    public TimeSpan After(int asked, TimeSpan age) =>
        first
        * (
            asked < s_times.Length ? s_times[asked]
            : age < first * Day ? Hour
            : Day
        );

    public bool IsDaily(TimeSpan age) => age >= first * Day;
}
