namespace Funding.BatchRecharges;

/// <summary>The booking of a step that somebody takes with a list: its head, the list's changed row, and the list as the answer.</summary>
internal static class RechargeListBooking
{
    /// <param name="id">Of the step's transaction, which the changed list names.</param>
    /// <param name="actor">Who takes it.</param>
    /// <param name="action">The audit's name for it.</param>
    /// <param name="type">The transaction's type.</param>
    /// <param name="list">The list, changed.</param>
    /// <param name="amount">Fen that it moves.</param>
    /// <param name="view">The list as it is after it.</param>
    public static Booking<RechargeListView> Step(
        long id,
        Actor actor,
        string action,
        TransactionType type,
        RechargeList list,
        long amount,
        RechargeListView view
    ) =>
        new Booking<RechargeListView>(
            id,
            actor,
            new AuditNote(action, $"recharge-list:{list.Id}"),
            _ => Answer.Created($"/v1/recharge-lists/{list.SerialNumber}", view)
        )
            .WithHead(
                new Transaction(id, type, actor)
                {
                    CustomerId = list.CustomerId,
                    Amount = amount,
                    ReferenceNumber = list.SerialNumber,
                }
            )
            .Update(list);
}
