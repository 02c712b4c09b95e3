namespace Billing.TopUps.Sales;

/// <summary>What a step of a top-up books: the row, and its money as the table says.</summary>
internal static class TopUpBookings
{
    /// <summary>Adds a step to a booking of this id, and takes the top-up to its new state.</summary>
    public static TBooking Step<TBooking>(this TBooking booking, TopUp topUp, TopUpStep step)
        where TBooking : Booking
    {
        topUp.State = step.To;
        if (TopUpStates.IsEnd(step.To))
        {
            topUp.Hold = TopUpHold.None;
            topUp.EndedById = booking.Id;
            booking.Raise(TopUpEvents.Ended.Of(topUp.Id, new TopUpEnded(topUp.SerialNumber, Json.Name(step.To), topUp.Amount)));
        }

        (TransactionType? Type, AccountRef From, AccountRef To) move = step.Money switch
        {
            TopUpMoney.DoubtToFloat => (TopUpTransactions.Succeeded, topUp.InDoubt, topUp.Float),
            TopUpMoney.DoubtToRefund => (TopUpTransactions.Failed, topUp.InDoubt, topUp.RefundDue),
            TopUpMoney.RefundToFloat => (TopUpTransactions.Settled, topUp.RefundDue, topUp.Float),
            TopUpMoney.FloatToRefund => (TopUpTransactions.Settled, topUp.Float, topUp.RefundDue),
            _ => (null, topUp.InDoubt, topUp.InDoubt),
        };
        if (move.Type is { } type)
        {
            booking.WithHead(Head(booking, type, topUp)).Move(move.From, move.To, topUp.Amount);
        }

        return booking.Update(topUp);
    }

    /// <summary>The head of a transaction about a top-up.</summary>
    public static Transaction Head(Booking booking, TransactionType type, TopUp topUp) =>
        new(booking.Id, type, booking.Actor) { Amount = topUp.Amount, ReferenceNumber = topUp.SerialNumber };

    /// <summary>What failed does not count for the number's limits.</summary>
    public static async Task<PhoneDay?> DayToGiveBack(this AppDb db, TopUp topUp, CancellationToken ct)
    {
        var date = DateOnly.FromDateTime(topUp.BookedAt.AddHours(8));
        var day = await db.Set<PhoneDay>().AsNoTracking().SingleOrDefaultAsync(d => d.Phone == topUp.Phone && d.Date == date, ct);
        if (day is not null)
        {
            (day.Count, day.Amount) = (day.Count - 1, day.Amount - topUp.Amount);
        }

        return day;
    }
}
