using Cheques;
using Counter.Payments;
using Customers;
using Funding.Invoices;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;
using Platform.Languages;

namespace Funding.Collections;

/// <summary>
/// What void and reversal do alike: find the collection, hold it against what the caller says of it, show every obstacle before an approver is
/// asked.
/// </summary>
internal abstract class CorrectCollectionHandler<TCommand>(
    CorrectionKind kind,
    ApprovalAction action,
    AppDb db,
    TransactionTypes types,
    ChequePayments cheques,
    IEnumerable<ICorrectionGuard> guards,
    RequestContext request
) : BookingHandler<TCommand, CollectionCorrectionResponse>
    where TCommand : CorrectCollectionCommand
{
    protected override async Task<Outcome<Booking<CollectionCorrectionResponse>>> Decide(TCommand command, CancellationToken ct)
    {
        var read = await CorrectionFacts.Read(db, types, command.SerialNumber, request.Caller.BranchId, ct);
        if (read.Refusal is { } notFound)
        {
            return notFound;
        }

        var facts = read.Value;
        if (Mismatch(command.Body, facts) is { } mismatch)
        {
            return mismatch;
        }

        if (CorrectionDecision.Obstacles(kind, facts, request.Actor) is [var obstacle, ..])
        {
            return obstacle;
        }

        foreach (var guard in guards)
        {
            if (await guard.Obstacle(db, facts.Collection, ct) is { } held)
            {
                return held;
            }
        }

        var actor = request.ApprovedActor(action);
        var (cheque, account) = ((Cheque?)null, facts.Collection.PaidBy()?.AccountAt(actor));
        if (CollectionDetails.Of(facts.Collection).ChequeId is { } chequeId)
        {
            var back = await cheques.GiveBackTo(chequeId, facts.Collection.Amount, ct);
            if (back.Refusal is { } paid)
            {
                return paid;
            }

            (cheque, account) = back.Value;
        }

        if (account is not { } receivedIn)
        {
            return new PaymentMethodNotAvailable(Json.Name(facts.Collection.PaidBy() ?? PaymentMethod.Cheque));
        }

        if (!request.IsApproved(action))
        {
            return request.ApprovalRequired(
                action,
                CardSubject.Of(facts.Card, facts.Customer) with
                {
                    Amount = facts.Collection.Amount,
                    Facts =
                    [
                        new ApprovalFact("Collection", "原收款流水号", SerialNumber.Of(facts.Collection.Id)),
                        new ApprovalFact("Payment method", "收款方式", facts.Collection.PaidBy() is { } paidBy ? Json.Name(paidBy) : "-"),
                        new ApprovalFact("Booked", "入账时间", Figures.Time(facts.Collection.BookedAt)),
                    ],
                }
            );
        }

        var collectionId = facts.Collection.Id;
        var invoice = await db.Set<Invoice>()
            .SingleOrDefaultAsync(i => i.TransactionId == collectionId && i.State == InvoiceState.Issued, ct);
        var correction = CorrectionDecision.Decide(Ids.Next(), kind, actor, facts, receivedIn, invoice);
        foreach (var guard in guards)
        {
            if (await guard.Add(correction, db, facts.Collection, ct) is { } held)
            {
                return held;
            }
        }

        return cheque is null ? correction : correction.Update(cheque);
    }

    private static CollectionMismatch? Mismatch(CorrectCollectionRequest body, CorrectionFacts facts)
    {
        var fields = new List<string>();
        if (body.CardNumber != facts.Card.Number)
        {
            fields.Add("cardNumber");
        }

        if (body.PaymentMethod != facts.Collection.PaidBy())
        {
            fields.Add("paymentMethod");
        }

        if (body.Amount != facts.Collection.Amount)
        {
            fields.Add("amount");
        }

        return fields.Count == 0 ? null : new CollectionMismatch(fields);
    }
}
