using System.Text.Json;
using Billing.Electricity.Days;
using Billing.Electricity.Merchants;
using Billing.Electricity.PayerAccounts;
using Billing.Electricity.Quotes;

namespace Billing.Electricity.Payments;

/// <summary>Opens payments: checks them, and books the intent with its money.</summary>
internal sealed class PaymentIntents(
    AppDb db,
    IntentBooks intents,
    BranchTree tree,
    Parameters parameters,
    Admissions admissions,
    IPayerAccounts accounts,
    WorkDates workDates,
    RequestContext request,
    TimeProvider clock
)
{
    /// <summary>The payment of this request: the one that it opened before, or a new one.</summary>
    public Task<Outcome<ElectricityPayment>> Open(string requestKey, CollectBillRequest body, CancellationToken ct) =>
        intents.Open(requestKey, () => Decide(requestKey, body, ct), ct);

    private async Task<Outcome<Intent>> Decide(string requestKey, CollectBillRequest body, CancellationToken ct)
    {
        var quote = await db.Set<BillQuote>().SingleOrDefaultAsync(q => q.Reference == body.Reference, ct);
        if (quote is null)
        {
            return new QuoteUnknown();
        }

        var unit = await db.Set<AccountingUnit>().AsNoTracking().SingleAsync(u => u.Id == quote.UnitId, ct);
        if (!await tree.IsSameOrSuperior(unit.UnionId, request.Caller.BranchId, ct))
        {
            return new UnitNotServed();
        }

        var admission = await admissions.Admit(unit, BusinessMode.Online, ct);
        if (admission.Refusal is { } closed)
        {
            return closed;
        }

        if (quote.ValidUntil <= clock.GetUtcNow().UtcDateTime)
        {
            return new QuoteExpired();
        }

        var allotted = BillAllotment.Of(quote, body.Receivables, body.Amount);
        if (allotted.Refusal is { } notAllotted)
        {
            return notAllotted;
        }

        if (body.Method == CollectionMethod.Cash && !ChannelTable.TakesCash(body.Channel))
        {
            return new ChannelMethod();
        }

        var limit = await parameters.Number(ElectricityParameters.LimitOf(body.Channel), request.Caller.BranchId, ct);
        if (body.Amount > limit)
        {
            return new ChannelLimit(limit);
        }

        var ids = allotted.Value.Items.Select(r => r.Receivable).ToArray();
        if (await db.Set<TakenReceivable>().AnyAsync(r => r.UnitId == unit.Id && ids.Contains(r.Receivable), ct))
        {
            return new ReceivableTaken();
        }

        if (await workDates.Open(ct) is not { } day)
        {
            return new WorkDateNotOpen();
        }

        var payer = body.AccountNumber is { } number ? await accounts.Find(number, ct) : null;
        if (body.AccountNumber is not null)
        {
            if (payer is null)
            {
                return new PayerAccountUnknown();
            }

            if (payer.State != PayerAccountState.Usable)
            {
                return new PayerAccountNotUsable(payer.State);
            }
        }

        var payment = New(requestKey, body, quote, allotted.Value, payer, day);
        return new Intent(Booking(payment, unit, payer), IntentBooks.Premises(unit, admission.Value, day, payer));
    }

    private ElectricityPayment New(
        string requestKey,
        CollectBillRequest body,
        BillQuote quote,
        AllottedBill bill,
        PayerAccountView? payer,
        WorkDate day
    ) =>
        new()
        {
            Id = Ids.Next(),
            RequestKey = requestKey,
            UnitId = quote.UnitId,
            BranchId = request.Caller.BranchId,
            OperatorId = request.Caller.OperatorId,
            Customer = quote.Customer,
            CustomerName = quote.CustomerName,
            Reference = quote.Reference,
            Items = JsonSerializer.Serialize(bill.Items),
            Principal = bill.Principal,
            LateFee = bill.LateFee,
            Prepaid = bill.Prepaid,
            Total = body.Amount,
            Method = body.Method,
            PayerAccountId = payer?.Id,
            Channel = body.Channel,
            Mode = ChannelTable.Mode(body.Channel, body.Method),
            State = PaymentState.Sending,
            Place = PaymentPlace.InDoubt,
            WorkDate = day.Date,
            ValidUntil = quote.ValidUntil,
            AskAt = intents.FirstAsked,
        };

    private SilentBooking Booking(ElectricityPayment payment, AccountingUnit unit, PayerAccountView? payer)
    {
        var actor = request.Actor;
        var from = payer?.Money ?? new AccountRef(CounterAccounts.Drawer, actor.OperatorId);
        var booking = new SilentBooking(
            payment.Id,
            actor,
            new AuditNote("collect-bill-intent", $"electricity-payment:{payment.Id}", new { payment.Total, payment.Channel })
        )
            .WithHead(
                new Transaction(payment.Id, ElectricityTransactions.Collection, actor)
                {
                    Amount = payment.Total,
                    PaymentMethod = payer is null ? nameof(PaymentMethod.Cash) : nameof(PaymentMethod.Transfer),
                    ReferenceNumber = payment.Customer,
                }
            )
            .Move(from, unit.InDoubt, payment.Total)
            .Insert(payment)
            .IfDuplicate(TakenReceivable.Index, new ReceivableTaken())
            .IfShort(from, b => new PayerAccountTooSmall(b));
        foreach (var row in TakenReceivable.Of(payment))
        {
            booking.Insert(row);
        }

        return booking;
    }
}
