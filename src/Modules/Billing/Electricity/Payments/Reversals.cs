namespace Billing.Electricity.Payments;

/// <summary>A payment that may be reversed now, and the step that asks for it.</summary>
internal sealed record ReversiblePayment(ElectricityPayment Payment, PaymentStep Step);

/// <summary>What all reversals ask and book alike: at the branch of the payment, on its day, from a state that allows it.</summary>
internal sealed class Reversals(AppDb db, PaymentViews views, Days.WorkDates workDates, RequestContext request, TimeProvider clock)
{
    /// <summary>The payment of that kind, or why it cannot be reversed.</summary>
    public async Task<Outcome<ReversiblePayment>> Find(string serialNumber, PaymentKind kind, CancellationToken ct)
    {
        var id = SerialNumber.Parse(serialNumber);
        var payment = await db.Set<ElectricityPayment>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct);
        if (payment is null || payment.Kind != kind)
        {
            return new PaymentUnknown();
        }

        if (payment.BranchId != request.Caller.BranchId)
        {
            return new PaymentOfOtherBranch();
        }

        // A batch's payments are taken back by the batch.
        if (PaymentStates.Step(payment.State, PaymentEvent.ReversalAsked) is not { } step || payment.Channel == CollectionChannel.Batch)
        {
            return new PaymentStateForbids(payment.State);
        }

        if (await workDates.Open(ct) is not { } day || day.Date != payment.WorkDate)
        {
            return new ReversalTooLate();
        }

        request.GoesBy(day.Held);
        return new ReversiblePayment(payment, step);
    }

    /// <summary>The booking that asks for it: the row alone, since the money goes back when the power side has reversed.</summary>
    public async Task<Booking<PaymentResponse>> Book(ReversiblePayment found, ApprovalAction action, string reason, CancellationToken ct)
    {
        var (payment, step) = found;
        var response = await views.Of(payment, ct) with { State = step.To };
        var (actor, now) = (request.ApprovedActor(action), clock.GetUtcNow().UtcDateTime);
        payment.State = step.To;
        payment.ReversalReason = reason;
        payment.ReverserId = actor.OperatorId;
        payment.ReversalApproverId = actor.ApproverId;
        payment.ReversalAskedTicks = now.Ticks;
        (payment.AskAt, payment.Asked, payment.Unknowns, payment.RefusalCode) = (now, 0, 0, null);
        var booking = new Booking<PaymentResponse>(
            Ids.Next(),
            actor,
            new AuditNote("reverse-electricity", $"electricity-payment:{payment.Id}"),
            _ => Answer.Accepted(PaymentResponse.Location(payment), response)
        )
            .Update(payment)
            .IfDuplicate(TakenReceivable.Index, new ReceivableTaken())
            .RefuseOn(date => date == payment.BusinessDate ? null : new ReversalTooLate());
        // A part that is being reversed is open again: nobody may pay its receivable meanwhile, and it stands once the rest was paid.
        foreach (var row in TakenReceivable.Of(payment, partsAlone: true).Where(_ => step.From == PaymentState.Paid))
        {
            booking.Insert(row);
        }

        return booking;
    }
}
