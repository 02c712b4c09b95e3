using Counter.Payments;
using Funding.BatchRecharges;
using Funding.Invoices;
using Issuance;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;
using Refunds.Credit;
using Refunds.Refundable;

namespace Refunds.Refunding;

/// <summary>Reads what a refund needs, and puts its rows and moves into a booking.</summary>
internal sealed class RefundBooks(AppDb db, RefundableReader reader, RequestContext request)
{
    /// <summary>The refund by one way, or the reason against it.</summary>
    public async Task<Outcome<RefundDraft>> Draft(RefundOrder order, CancellationToken ct)
    {
        var facts = await reader.Read(order.Customer, ct);
        return RefundDraft.Check(order, facts, await Outstanding(facts.Money, ct));
    }

    /// <summary>The invoices of these recharges that the customer has.</summary>
    public async Task<IReadOnlyList<Invoice>> Outstanding(RefundableMoney money, CancellationToken ct)
    {
        var ids = money.Lines.Select(l => l.Recharge.Id).ToArray();
        return await db.Set<Invoice>()
            .Where(i => ids.Contains(i.TransactionId) && i.State == InvoiceState.Issued)
            .OrderBy(i => i.Id)
            .ToListAsync(ct);
    }

    /// <summary>Books a refund by its one way.</summary>
    public async Task<Booking<RefundView>> Book(RefundDraft draft, TransactionType type, ApprovalAction action, CancellationToken ct)
    {
        var order = draft.Order;
        var id = Ids.Next();
        var actor = request.ApprovedActor(action);
        var refund = new Refund
        {
            Id = id,
            Kind = order.Kind,
            Way = order.Way,
            State = RefundStates.First(order.Way),
            CustomerId = order.Customer.Id,
            CardId = order.Card?.Id,
            BranchId = actor.BranchId,
            OperatorId = actor.OperatorId,
            Amount = draft.Taken,
            ReferenceNumber = order.ReferenceNumber,
            RefundInvoice = order.Invoices.RefundInvoice,
            OilType = order.Invoices.OilType,
            FeeDue = order.FeeDue,
            FeeWaived = order.FeeWaived,
        };
        var booking = new Booking<RefundView>(
            id,
            actor,
            new AuditNote(action.Name, $"customer:{order.Customer.Id}", new { order.Way, draft.Taken }),
            p => Answer.Created($"/v1/refunds/{p.SerialNumber}", RefundViews.Of(refund, draft, p))
        ).WithHead(
            new Transaction(id, type, actor)
            {
                CustomerId = order.Customer.Id,
                CardId = order.Card?.Id,
                Amount = draft.Taken,
                PaymentMethod = order.Way.Method()?.ToString(),
                ReferenceNumber = order.ReferenceNumber,
                Remark = order.Remark,
            }
        );
        await Move(booking, refund, draft, ct);
        AddRows(booking, refund, draft);
        return booking
            // What can be paid back was worked out from the entries up to this one.
            .DecidedOn(order.Customer.Quota, draft.Facts.Has.QuotaVersion)
            // Debts, fees that are due and the closing show on no account that the refund moves.
            .Holding(order.Customer)
            .IfShort(order.Customer.Quota, _ => new ConcurrentChange());
    }

    /// <summary>The rows of a refund: itself, its lines, the recharges that it lessens, and the invoices that come back.</summary>
    public static void AddRows(Booking booking, Refund refund, RefundDraft draft)
    {
        booking.Insert(refund);
        foreach (var line in draft.Lines)
        {
            booking.Insert(
                new RefundLine
                {
                    RefundId = refund.Id,
                    RechargeId = line.Recharge.Id,
                    Amount = line.Amount,
                }
            );
        }

        Lessen(booking, refund.CustomerId, draft);
        foreach (var (invoice, used) in draft.Invoices)
        {
            invoice.Return(booking);
            booking.Insert(
                new ReturnedInvoice
                {
                    RefundId = refund.Id,
                    InvoiceId = invoice.Id,
                    Used = used,
                }
            );
        }
    }

    /// <summary>Out of the quota account, by the refund's way.</summary>
    private async Task Move(Booking booking, Refund refund, RefundDraft draft, CancellationToken ct)
    {
        var quota = draft.Order.Customer.Quota;
        switch (refund.Way)
        {
            case RefundWay.Unit:
                await ToUnits(booking, quota, draft.Lines, ct);
                break;
            case RefundWay.Credit:
                LessDebt(booking, quota, draft);
                break;
            default:
                var to = refund.Way.IsSent() ? refund.InTransit : refund.Way.Method()!.Value.AccountAt(booking.Actor)!.Value;
                booking.Move(quota, to, draft.Taken);
                break;
        }
    }

    /// <summary>Each line to the quota account of the unit whose list brought it.</summary>
    public async Task ToUnits(Booking booking, AccountRef quota, IReadOnlyList<TakenLine> lines, CancellationToken ct)
    {
        var units = await ListedMoney.UnitsOf(db, [.. lines.Select(l => l.Recharge.Id)], ct);
        foreach (var line in lines)
        {
            booking.Move(quota, new AccountRef(IssuanceAccounts.Quota, units[line.Recharge.Id]), line.Amount);
        }
    }

    /// <summary>The receivable stands at the branch that gave the credit.</summary>
    private static void LessDebt(Booking booking, AccountRef quota, RefundDraft draft)
    {
        foreach (var (branch, fen) in CreditDebts.Share(draft.Facts.CreditOwedAt, draft.Taken))
        {
            booking.Move(quota, new AccountRef(CounterAccounts.Receivable, branch), fen);
        }
    }

    private static void Lessen(Booking booking, long customerId, RefundDraft draft)
    {
        foreach (var (recharge, amount) in draft.Lines)
        {
            if (!draft.Facts.Rows.TryGetValue(recharge.Id, out var row))
            {
                booking.Insert(
                    new RefundedRecharge
                    {
                        RechargeId = recharge.Id,
                        CustomerId = customerId,
                        Received = recharge.Received,
                        Refunded = amount,
                    }
                );
                continue;
            }

            row.Refunded = checked(row.Refunded + amount);
            if (row.Refunded > row.Received || row.TakenBackById is not null)
            {
                // Another refund or a void came while this was read: no account has this version, so it is decided again.
                booking.DecidedOn(new AccountRef(IssuanceAccounts.Quota, customerId), version: -1);
            }

            booking.Update(row);
        }
    }
}
