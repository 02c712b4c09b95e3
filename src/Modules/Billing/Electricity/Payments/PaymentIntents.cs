using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Billing.Electricity.Days;
using Billing.Electricity.Merchants;
using Billing.Electricity.PayerAccounts;
using Billing.Electricity.Quotes;
using Microsoft.Extensions.Configuration;

namespace Billing.Electricity.Payments;

/// <summary>A request that books on its way finds what it has booked again by its caller's key.</summary>
internal static class RequestKeys
{
    public static string Of(IdempotencyClaim claim)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(BitConverter.GetBytes(claim.CallerId));
        hash.AppendData(Encoding.ASCII.GetBytes(claim.Operation));
        hash.AppendData(Encoding.ASCII.GetBytes(claim.Key));
        hash.AppendData(claim.RequestHash);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>Opens payments: checks them, and books the intent with its money.</summary>
internal sealed class PaymentIntents(
    AppDb db,
    Books books,
    BranchTree tree,
    Parameters parameters,
    Admissions admissions,
    IPayerAccounts accounts,
    WorkDates workDates,
    RequestContext request,
    TimeProvider clock,
    IConfiguration configuration
)
{
    private const int Tries = 5;

    /// <summary>Longer than all attempts to send it take: only a killed process leaves a payment that nobody sends.</summary>
    private static readonly TimeSpan s_sending = TimeSpan.FromSeconds(30);

    /// <summary>The payment of this request: the one that it opened before, or a new one.</summary>
    public async Task<Outcome<ElectricityPayment>> Open(string requestKey, CollectBillRequest body, CancellationToken ct)
    {
        for (var i = 0; i < Tries; i++)
        {
            if (await db.Set<ElectricityPayment>().AsNoTracking().SingleOrDefaultAsync(p => p.RequestKey == requestKey, ct) is { } known)
            {
                return known;
            }

            var decided = await Decide(requestKey, body, ct);
            if (decided.Refusal is { } refusal)
            {
                return refusal;
            }

            var (booking, payment, premises) = decided.Value;
            switch (await books.Post(booking, premises: premises))
            {
                case BookingResult.Answered:
                    return await db.Set<ElectricityPayment>().AsNoTracking().SingleAsync(p => p.Id == payment.Id, ct);
                case BookingResult.Refused refused:
                    return refused.Refusal;
            }
        }

        return new ConcurrentChange();
    }

    private async Task<Outcome<(SilentBooking, ElectricityPayment, IReadOnlyList<Premise>)>> Decide(
        string requestKey,
        CollectBillRequest body,
        CancellationToken ct
    )
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

        if (await admissions.Refuse(unit, BusinessMode.Online, ct) is { } closed)
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

        List<Premise> premises = [Premise.Of<AccountingUnit>(unit.Id, unit.Version), Premise.Of<WorkDate>(day.Id, day.Version)];
        if (payer is not null)
        {
            premises.Add(payer.Premise);
        }

        var payment = New(requestKey, body, quote, allotted.Value, payer, day);
        return (Booking(payment, unit, payer), payment, premises);
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
            AskAt = clock.GetUtcNow().UtcDateTime + configuration.GetValue("Electricity:Sending", s_sending),
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
        foreach (var item in payment.AllItems.Where(i => i.IsWhole))
        {
            booking.Insert(
                new TakenReceivable
                {
                    PaymentId = payment.Id,
                    Receivable = item.Receivable,
                    UnitId = unit.Id,
                }
            );
        }

        return booking;
    }
}
