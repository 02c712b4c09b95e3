namespace Billing.Electricity.Reconciliation;

/// <summary>What somebody does with a difference.</summary>
public enum DifferenceAction
{
    /// <summary>Both sides were looked at. An amount must be looked at before it is asked for.</summary>
    LookAt,

    /// <summary>The power side is asked to put it right, in the way of its kind.</summary>
    Ask,

    /// <summary>A settled difference is open again, with an approval.</summary>
    Reopen,

    /// <summary>A superior branch writes it off, with an approval.</summary>
    WriteOff,
}

/// <summary>A step with a difference.</summary>
/// <param name="Evidence" example="电力方回函 2010-01-06">Evidence or reason, 1 to 200 characters.</param>
public sealed record SettleDifferenceRequest(string Evidence);

/// <summary>A line of one side. Amounts are in fen.</summary>
/// <param name="WorkDate" example="2010-01-05">工作日.</param>
/// <param name="BankSerial" example="00150224112025602057">The bank's serial number.</param>
/// <param name="PowerSerial" example="DL2010010500000001">The power company's serial number.</param>
/// <param name="CustomerNumber" example="0123456789">用电客户编号.</param>
/// <param name="ReceivableId" example="YS20091200000123">应收标识.</param>
/// <param name="Total" example="40000">Fen.</param>
/// <param name="State" example="S">S is done, C reversed.</param>
public sealed record DifferenceLine(
    DateOnly WorkDate,
    string BankSerial,
    string PowerSerial,
    string CustomerNumber,
    string ReceivableId,
    long Total,
    string State
)
{
    internal static DifferenceLine? Of(CollectionLine? l) =>
        l is null ? null : new(l.WorkDate, l.BankSerial, l.PowerSerial, l.Customer, l.Receivable, l.Total, l.State.ToString());
}

/// <summary>A difference.</summary>
/// <param name="DifferenceId" example="150224112025602">Its id.</param>
/// <param name="WorkDate" example="2010-01-05">The work date on which it was found.</param>
/// <param name="UnitCode" example="37010">核算单位.</param>
/// <param name="Kind" example="bankOnly">Its kind.</param>
/// <param name="State" example="open">Its state.</param>
/// <param name="Bank">The bank's line; null where it has none.</param>
/// <param name="Power">The power company's line; null where it has none.</param>
/// <param name="AgeDays" example="1">Days since its work date, while it is not settled.</param>
/// <param name="Settlement" example="powerAdds">How it is settled.</param>
/// <param name="Answer" example="done">What the power company said last; null before.</param>
/// <param name="SettledAt">When it was settled; null before.</param>
public sealed record DifferenceResponse(
    string DifferenceId,
    DateOnly WorkDate,
    string UnitCode,
    DifferenceKind Kind,
    DifferenceState State,
    DifferenceLine? Bank,
    DifferenceLine? Power,
    int AgeDays,
    string Settlement,
    string? Answer,
    DateTimeOffset? SettledAt
)
{
    internal static DifferenceResponse Of(ReconciliationDifference d, string unitCode, DateOnly today) =>
        new(
            IdText.Of(d.Id),
            d.WorkDate,
            unitCode,
            d.Kind,
            d.State,
            DifferenceLine.Of(d.BankLine),
            DifferenceLine.Of(d.PowerLine),
            d.SettledAt is null ? Math.Max(0, today.DayNumber - d.WorkDate.DayNumber) : 0,
            DifferenceTable.Of(d).Name,
            d.Answer,
            d.SettledAt.AtUtc()
        );
}

/// <summary>There is no such difference.</summary>
public sealed record DifferenceUnknown() : Refusal("difference-unknown", 404, "There is no such difference.", "无此对账差错。");

/// <summary>The step is not allowed for this kind and state.</summary>
/// <param name="State">The state of the difference.</param>
public sealed record DifferenceStateForbids(DifferenceState State)
    : Refusal(
        "difference-state-forbids",
        409,
        $"The difference is {Json.Name(State)}; this step is not allowed.",
        "差错的状态不允许此操作。"
    );

internal static class DifferenceBookings
{
    /// <summary>Moves a difference to a state, with a note of it.</summary>
    public static void Move(Booking booking, ReconciliationDifference d, DifferenceState to, string evidence, TimeProvider clock)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        booking.Insert(
            new DifferenceNote
            {
                Id = Ids.Next(),
                DifferenceId = d.Id,
                From = d.State,
                To = to,
                Evidence = evidence,
                OperatorId = booking.Actor.OperatorId,
                ApproverId = booking.Actor.ApproverId,
                At = now,
            }
        );
        d.State = to;
        d.SettledAt = to is DifferenceState.Settled or DifferenceState.WrittenOff ? now : null;
        if (to == DifferenceState.Asked)
        {
            (d.AskAt, d.Round) = (now, d.Round + 1);
        }

        booking.Update(d);
    }
}
