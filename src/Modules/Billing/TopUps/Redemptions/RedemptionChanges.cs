namespace Billing.TopUps.Redemptions;

/// <summary>What confirming and undoing have in common: at the store of the redemption, while the code is held.</summary>
internal static class RedemptionChanges
{
    /// <summary>The redemption, or why it cannot become that.</summary>
    public static async Task<Outcome<Redemption>> Held(
        this AppDb db,
        string serialNumber,
        RedemptionState to,
        RequestContext request,
        CancellationToken ct
    )
    {
        var id = SerialNumber.Parse(serialNumber);
        var redemption = await db.Set<Redemption>().AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct);
        if (redemption is null || redemption.State == RedemptionState.Checking)
        {
            return new RedemptionUnknown();
        }

        return redemption.BranchId != request.Caller.BranchId ? new RedemptionOfOtherBranch()
            : RedemptionStates.Advice(redemption.State, to) is null ? new RedemptionStateForbids(redemption.State)
            : redemption.ReleasedAt is not null ? new RedemptionReleased()
            : redemption;
    }

    /// <summary>The booking that takes it there, and leaves the carrier to be told.</summary>
    public static Booking<RedemptionResponse> Become(
        this Redemption redemption,
        RedemptionState to,
        RequestContext request,
        TimeProvider clock
    )
    {
        redemption.Advice = RedemptionStates.Advice(redemption.State, to)!.Value;
        redemption.State = to;
        (redemption.AskAt, redemption.Asked) = (clock.GetUtcNow().UtcDateTime, 0);
        var response = RedemptionResponse.Of(redemption, request.Caller.BranchCode);
        return new Booking<RedemptionResponse>(
            Ids.Next(),
            request.Actor,
            new AuditNote("change-redemption", $"redemption:{redemption.Id}", new { to = Json.Name(to) }),
            _ => Answer.Created(RedemptionResponse.Location(redemption), response)
        ).Update(redemption);
    }
}
