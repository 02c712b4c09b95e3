namespace Counter.BlankInvoices;

/// <summary>An entry of the register.</summary>
/// <param name="MovementId" example="150224112025602">Its id.</param>
/// <param name="Move" example="issue">What was done.</param>
/// <param name="State" example="done">offered until the receiver has signed.</param>
/// <param name="Range">The numbers.</param>
/// <param name="Count" example="100">How many.</param>
/// <param name="Giver" example="150224112025602">The operator who gave; null where it is somebody of the supplier.</param>
/// <param name="Receiver" example="150224112025603">The operator who received; null where it is somebody of the supplier.</param>
/// <param name="OtherName" example="王芳">The supplier's person.</param>
/// <param name="Remark" example="库存">备注.</param>
/// <param name="At">When the giver signed.</param>
/// <param name="AcceptedAt">When the receiver signed; null before.</param>
public sealed record BlankMovementResponse(
    string MovementId,
    BlankMove Move,
    BlankMoveState State,
    BlankRange Range,
    int Count,
    string? Giver,
    string? Receiver,
    string? OtherName,
    string? Remark,
    DateTimeOffset At,
    DateTimeOffset? AcceptedAt
)
{
    internal static BlankMovementResponse Of(BlankMovement m) =>
        new(
            IdText.Of(m.Id),
            m.Move,
            m.State,
            new BlankRange(m.Code, m.From, m.To),
            m.Count,
            m.GiverId is { } giver ? IdText.Of(giver) : null,
            m.ReceiverId is { } receiver ? IdText.Of(receiver) : null,
            m.OtherName,
            m.Remark,
            m.At.AtUtc(),
            m.AcceptedAt.AtUtc()
        );
}

/// <summary>A blank invoice.</summary>
/// <param name="Code" example="137010900001">发票代码.</param>
/// <param name="Number" example="00000001">发票号码.</param>
/// <param name="State" example="issued">Its state.</param>
/// <param name="Holder" example="150224112025602">The operator who holds it; null in stock.</param>
/// <param name="Reason" example="打印机故障">Why it is void or lost.</param>
/// <param name="HandedIn">A void paper is back.</param>
public sealed record BlankItem(string Code, string Number, BlankState State, string? Holder, string? Reason, bool HandedIn)
{
    internal static BlankItem Of(BlankInvoice b) =>
        new(b.Code, b.Number, b.State, b.HolderId is { } holder ? IdText.Of(holder) : null, b.Reason, b.HandedIn);
}

internal static class BlankBookings
{
    public static BlankMovement Movement(
        RequestContext request,
        TimeProvider clock,
        BlankMove move,
        BlankRange range,
        long? giver,
        long? receiver,
        string? other = null,
        string? remark = null,
        BlankMoveState state = BlankMoveState.Done
    ) =>
        new()
        {
            Id = Ids.Next(),
            Move = move,
            State = state,
            BranchId = request.Caller.BranchId,
            Code = range.Code,
            From = range.From,
            To = range.To,
            Count = range.Count,
            GiverId = giver,
            ReceiverId = receiver,
            OtherName = other,
            Remark = remark,
            At = clock.GetUtcNow().UtcDateTime,
            AcceptedAt = state == BlankMoveState.Done ? clock.GetUtcNow().UtcDateTime : null,
        };

    public static Booking<BlankMovementResponse> Booking(Actor actor, string action, BlankMovement movement) =>
        new(
            Ids.Next(),
            actor,
            new AuditNote(
                action,
                $"blank-movement:{movement.Id}",
                new
                {
                    movement.Code,
                    movement.From,
                    movement.To,
                }
            ),
            _ => Answer.Created($"/v1/blank-invoices/movements/{IdText.Of(movement.Id)}", BlankMovementResponse.Of(movement))
        );

    public static BlanksNotMovable NotMovable(IReadOnlyList<string> numbers) => new([.. numbers.Take(20)]);
}
