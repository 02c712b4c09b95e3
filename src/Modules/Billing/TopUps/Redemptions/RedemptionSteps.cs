using Billing.TopUps.Line;
using Billing.TopUps.Sales;
using Microsoft.Extensions.Configuration;

namespace Billing.TopUps.Redemptions;

/// <summary>
/// Checks codes, tells the carrier of confirmations and releases until it has them, and lets codes go whose receipt never came (MT-02.3). Each step
/// is one booking guarded by the row's version; nothing is sent inside one.
/// </summary>
internal sealed class RedemptionSteps(
    AppDb db,
    Books books,
    CarrierClient client,
    Parameters parameters,
    TimeProvider clock,
    IConfiguration configuration
)
{
    private const int Tries = 8;

    private readonly AskingSchedule _schedule = new(configuration.GetValue("TopUps:AskEvery", TimeSpan.FromSeconds(5)));

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Asks the carrier for a code, and books what it says.</summary>
    public async Task<Redemption> Check(Redemption redemption, string code)
    {
        var answer = await client.Check(IdText.Of(redemption.Id), Json.Name(redemption.Kind), code, CancellationToken.None);
        switch (answer.Value?.State)
        {
            case CarrierRedemption.Authenticated:
                var minutes = await parameters.Number(TopUpParameters.ReleaseMinutes, redemption.BranchId, CancellationToken.None);
                return await Apply(
                    redemption,
                    r => r.State == RedemptionState.Checking && r.Advice == RedemptionAdvice.None,
                    r => (r.State, r.Amount, r.AskAt) = (RedemptionState.Authenticated, answer.Value.Amount, Now.AddMinutes(minutes)),
                    till => till.Wrong = 0
                );
            case CarrierRedemption.Wrong:
                var stop = await parameters.Number(TopUpParameters.StopMinutes, redemption.BranchId, CancellationToken.None);
                return await Apply(
                    redemption,
                    r => r.State == RedemptionState.Checking && r.Advice == RedemptionAdvice.None,
                    r => (r.State, r.AskAt) = (RedemptionState.AuthenticationFailed, Redemption.Never),
                    till =>
                    {
                        if (till.Wrong >= RedemptionTill.Most)
                        {
                            (till.Wrong, till.StoppedUntil) = (0, Now.AddMinutes(stop).Ticks);
                        }
                    }
                );
            default:
                return await LetGo(redemption, till => till.Wrong = Math.Max(0, till.Wrong - 1));
        }
    }

    /// <summary>Takes one that is due a step on: an advice, a release, a check that a killed process left.</summary>
    public Task<Redemption> GoOn(Redemption redemption) =>
        redemption.Advice != RedemptionAdvice.None ? Tell(redemption)
        : redemption.State == RedemptionState.Checking ? LetGo(redemption, till => till.Wrong = Math.Max(0, till.Wrong - 1))
        : redemption is { State: RedemptionState.Authenticated, ReleasedAt: null }
            ? Apply(
                redemption,
                r => r is { State: RedemptionState.Authenticated, ReleasedAt: null },
                r => (r.ReleasedAt, r.Advice, r.AskAt, r.Asked) = (Now, RedemptionAdvice.Undo, Now, 0)
            )
        : Task.FromResult(redemption);

    private Task<Redemption> LetGo(Redemption redemption, Action<RedemptionTill> till) =>
        Apply(
            redemption,
            r => r.State == RedemptionState.Checking && r.Advice == RedemptionAdvice.None,
            r => (r.Advice, r.AskAt, r.Asked) = (RedemptionAdvice.Undo, Now, 0),
            till
        );

    private async Task<Redemption> Tell(Redemption redemption)
    {
        var (id, advice) = (IdText.Of(redemption.Id), redemption.Advice);
        var answer =
            advice == RedemptionAdvice.Confirm
                ? await client.Confirm(id, Receipt(redemption), CancellationToken.None)
                : await client.Undo(id, CancellationToken.None);
        var wanted = advice == RedemptionAdvice.Confirm ? CarrierRedemption.Confirmed : CarrierRedemption.Undone;
        return await Apply(
            redemption,
            r => r.Advice == advice,
            r =>
            {
                if (answer.Value?.State == wanted || answer.Value?.State == CarrierRedemption.Wrong)
                {
                    (r.Advice, r.AskAt) = (RedemptionAdvice.None, Redemption.Never);
                }
                else if (answer.No is { } no)
                {
                    (r.Advice, r.AskAt, r.RefusedAdvice) = (RedemptionAdvice.None, Redemption.Never, no);
                }
                else
                {
                    r.AskAt = Now + _schedule.After(r.Asked, Now - r.BookedAt);
                    r.Asked++;
                }
            }
        );
    }

    private static string Receipt(Redemption redemption) =>
        $"{redemption.TillNumber}-{redemption.ReceiptNumber?.ToString(System.Globalization.CultureInfo.InvariantCulture)}";

    private async Task<Redemption> Apply(
        Redemption redemption,
        Func<Redemption, bool> mayBe,
        Action<Redemption> change,
        Action<RedemptionTill>? changeTill = null
    )
    {
        for (var i = 0; i < Tries && mayBe(redemption); i++)
        {
            change(redemption);
            var booking = new SilentBooking(
                Ids.Next(),
                new Actor(redemption.BranchId, redemption.OperatorId),
                new AuditNote("redemption-step", $"redemption:{redemption.Id}", new { to = Json.Name(redemption.State) })
            ).Update(redemption);
            if (changeTill is not null)
            {
                var till = await db.Set<RedemptionTill>()
                    .AsNoTracking()
                    .SingleAsync(t => t.BranchId == redemption.BranchId && t.TillNumber == redemption.TillNumber);
                changeTill(till);
                booking.Update(till);
            }

            var booked = await books.Post(booking) is BookingResult.Answered;
            redemption = await db.Set<Redemption>().AsNoTracking().SingleAsync(r => r.Id == redemption.Id);
            if (booked)
            {
                break;
            }
        }

        return redemption;
    }
}
