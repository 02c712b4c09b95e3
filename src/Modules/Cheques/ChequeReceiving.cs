using System.Globalization;
using Access.Branches;
using Access.SystemParameters;
using Counter.Payments;
using Issuance.Cards;
using Issuance.Functions;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;

namespace Cheques;

/// <summary>What both ways to receive a cheque do alike (FC-31).</summary>
internal sealed class ChequeReceiving(AppDb db, Parameters parameters, TimeProvider clock, RequestContext request)
{
    public static readonly ApprovalAction LargeApproval = new(
        "cheque-large-amount",
        "Receive a cheque over the large-amount limit",
        "收取大额支票"
    );

    public async Task<Outcome<Booking<ChequeBooked>>> Receive(
        CardFunction function,
        CardView? found,
        ReceiveChequeRequest given,
        CancellationToken ct
    )
    {
        var body = given with { Bank = Banks.Canonical(given.Bank) };
        if (function.Check(found) is { } refusal)
        {
            return refusal;
        }

        // Before an approver is asked; the index says it for good.
        if (await db.Set<Cheque>().AnyAsync(c => c.Bank == body.Bank && c.Number == body.ChequeNumber, ct))
        {
            return new ChequeKnown();
        }

        var limit = await parameters.Number(ChequeParameters.LargeAmountLimit, request.Caller.BranchId, ct);
        if (body.Amount > limit && !request.IsApproved(LargeApproval))
        {
            return request.ApprovalRequired(
                LargeApproval,
                CardSubject.Of(found!) with
                {
                    Amount = body.Amount,
                    Facts =
                    [
                        new ApprovalFact("Bank", "银行", body.Bank),
                        new ApprovalFact("Cheque number", "支票号", body.ChequeNumber),
                        ApprovalFact.Yuan("Limit", "限额", limit),
                    ],
                }
            );
        }

        var customerId = found!.Customer.Id;
        var mode = await db.Set<CustomerChequeMode>().Where(m => m.CustomerId == customerId).Select(m => m.Mode).SingleOrDefaultAsync(ct);
        return Booking(function, found, body, mode == ChequeMode.OnSight);
    }

    private Booking<ChequeBooked> Booking(CardFunction function, CardView found, ReceiveChequeRequest body, bool onSight)
    {
        var cheque = new Cheque
        {
            Id = Ids.Next(),
            Bank = body.Bank,
            Number = body.ChequeNumber,
            Amount = body.Amount,
            AccountNumber = body.AccountNumber,
            ReceiptNumber = body.ReceiptNumber,
            CustomerId = found.Customer.Id,
            CardId = found.Card.Id,
            BranchId = request.Caller.BranchId,
            OnSight = onSight,
            State = ChequeState.Received,
            ReceivedOn = ChinaCalendar.Today(clock),
        };
        var actor = request.ApprovedActor(LargeApproval);
        var booking = new Booking<ChequeBooked>(
            Ids.Next(),
            actor,
            new AuditNote(function.Action, $"cheque:{cheque.Id}", new { cheque.Amount, cheque.OnSight }),
            p => Answer.Created(ChequeHead.Location(cheque), ChequeBooked.Of(p, cheque, document: Documents.ChequeReceipt.Name))
        )
            .Insert(cheque)
            .IfDuplicate(Cheque.NumberIndex, new ChequeKnown());
        booking.WithHead(ChequeHead.Of(booking, ChequeTransactions.Received, cheque));
        return onSight ? booking.Move(ChequeHead.Held(cheque), cheque.Left, cheque.Amount) : booking;
    }
}

/// <summary>Heads and accounts of what is booked about a cheque.</summary>
internal static class ChequeHead
{
    public static string Location(Cheque cheque) => string.Create(CultureInfo.InvariantCulture, $"/v1/cheques/{cheque.Id}");

    /// <summary>Cheques that the branch holds and has credited on sight: what they are worth is not in its bank yet.</summary>
    public static AccountRef Held(Cheque cheque) => new(ChequeAccounts.Held, cheque.BranchId);

    public static Transaction Of(Booking booking, TransactionType type, Cheque cheque) =>
        new(booking.Id, type, booking.Actor)
        {
            CustomerId = cheque.CustomerId,
            CardId = cheque.CardId,
            Amount = cheque.Amount,
            PaymentMethod = nameof(PaymentMethod.Cheque),
            ReferenceNumber = cheque.Number,
            Details = IdText.Of(cheque.Id),
        };
}

/// <summary>What both routes say alike.</summary>
internal static class ChequeRoutes
{
    public static RouteHandlerBuilder ReceivesCheque(this RouteHandlerBuilder route, CardFunction function) =>
        route
            .ForCards(
                function,
                "Receives a customer's cheque. The cheque is usable after clearing, or immediately if the customer's cheque mode is on "
                    + "sight. A cheque over the large-amount limit needs an approval (action cheque-large-amount)."
            )
            .Books<ChequeBooked>()
            .Refuses(typeof(ChequeKnown))
            .TakesApproval();
}
