using Access.SystemParameters;
using Counter.Payments;
using Funding;
using Issuance;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;
using Platform.Cards.Operations;
using Refunds.Refundable;
using Refunds.Refunding;

namespace Refunds.Small;

/// <summary>A small refund that nothing stands against.</summary>
/// <param name="OnChip">Fen that the chip gives up with it.</param>
/// <param name="BonusPaid">Fen of bonus that are paid with it.</param>
/// <param name="Reserves">The reserve accounts that it sweeps.</param>
internal sealed record SmallDraft(
    RefundDraft Refund,
    Card Card,
    long OnChip,
    long BonusPaid,
    long BonusLapsed,
    IReadOnlyList<Account> Reserves
)
{
    public long Cash => Refund.Taken - Refund.ToUnits + BonusPaid;

    public RefundPreview Preview => Refund.Preview(Cash, BonusLapsed);
}

/// <summary>Decides small refunds and puts them into a booking: alone, or with the unload of the chip.</summary>
internal sealed class SmallRefunding(AppDb db, RefundableReader reader, RefundBooks books, Parameters parameters, CardKeyRing keys)
{
    public static readonly ApprovalAction Approval = new("small-refund", "Small refund", "小额退款");

    /// <param name="onChip">Fen on the chip, which the refund unloads.</param>
    public async Task<Outcome<SmallDraft>> Draft(CardView view, SmallRefundRequest body, long onChip, long branchId, CancellationToken ct)
    {
        var (card, customer) = view;
        if (card.IssuerCode != keys.Profile.IssuerCode)
        {
            return new CardOfOtherProvince();
        }

        var cards = await db.Set<Card>().Where(c => c.CustomerId == customer.Id).ToListAsync(ct);
        var ids = cards.ConvertAll(c => c.Id);
        short[] kinds = [IssuanceAccounts.Reserve.Number, IssuanceAccounts.Card.Number, IssuanceAccounts.InTransit.Number];
        var accounts = await db.Set<Account>().Where(a => ids.Contains(a.Owner) && kinds.Contains(a.Kind) && a.Balance > 0).ToListAsync(ct);
        var reserves = accounts.FindAll(a => a.Kind == IssuanceAccounts.Reserve.Number);
        var others = accounts.FindAll(a =>
            a.Kind == IssuanceAccounts.Card.Number && (a.Owner != card.Id || customer.Use == CustomerUse.MultiUser)
        );
        if (others.Count > 0)
        {
            return new PursesToUnloadFirst([.. cards.Where(c => others.Exists(a => a.Owner == c.Id)).Select(c => c.Number)]);
        }

        var fromCards = checked(reserves.Sum(a => a.Balance) + onChip);
        var facts = await reader.Read(customer, ct, fromCards);
        var values = await parameters.Numbers([FundingParameters.SmallRefundLimit, RefundParameters.SmallRefundPaysBonus], branchId, ct);
        var limit = checked(values[FundingParameters.SmallRefundLimit] * cards.Count(c => c.IsValid));
        var total = facts.Has.Quota - fromCards + accounts.Sum(a => a.Balance);
        return facts.Has.Claim > 0 ? new RefundBlockedByClaim(facts.Has.Claim)
            : total > limit ? new SmallRefundTooLarge(total, limit)
            : await Draft(view, body, facts, onChip, reserves, paysBonus: values[RefundParameters.SmallRefundPaysBonus] == 1, ct);
    }

    private async Task<Outcome<SmallDraft>> Draft(
        CardView view,
        SmallRefundRequest body,
        RefundableFacts facts,
        long onChip,
        IReadOnlyList<Account> reserves,
        bool paysBonus,
        CancellationToken ct
    )
    {
        var order = new RefundOrder(
            RefundKind.Small,
            view.Customer,
            view.Card,
            RefundWay.Cash,
            Amount: null,
            body.ReferenceNumber,
            body.Invoices ?? RefundInvoices.None,
            body.Remark
        );
        IReadOnlyList<TakenLine> lines = [.. facts.Money.TakeAll(ofLists: false), .. facts.Money.TakeAll(ofLists: true)];
        var checkedOrder = RefundDraft.WithInvoices(order, facts, lines, await books.Outstanding(facts.Money, ct));
        if (checkedOrder.Refusal is { } refusal)
        {
            return refusal;
        }

        var draft = new SmallDraft(
            checkedOrder.Value,
            view.Card,
            onChip,
            BonusPaid: paysBonus ? facts.Has.Bonus : 0,
            BonusLapsed: paysBonus ? 0 : facts.Has.Bonus,
            reserves
        );
        return draft.Cash + draft.Refund.ToUnits == 0 ? new NothingToRefund() : draft;
    }

    /// <summary>Head, money and rows; with the unload of the chip where it holds something (FC-29.3).</summary>
    public async Task<Refund> AddTo(Booking booking, SmallDraft draft, string? details, CancellationToken ct)
    {
        var (order, actor) = (draft.Refund.Order, booking.Actor);
        var quota = order.Customer.Quota;
        var refund = new Refund
        {
            Id = booking.Id,
            Kind = RefundKind.Small,
            Way = RefundWay.Cash,
            State = RefundState.Booked,
            CustomerId = order.Customer.Id,
            CardId = draft.Card.Id,
            BranchId = actor.BranchId,
            OperatorId = actor.OperatorId,
            Amount = draft.Cash,
            BonusLapsed = draft.BonusLapsed,
            ReferenceNumber = order.ReferenceNumber,
            RefundInvoice = order.Invoices.RefundInvoice,
            OilType = order.Invoices.OilType,
        };
        booking
            .WithHead(
                new Transaction(booking.Id, RefundTransactions.SmallRefund, actor)
                {
                    CustomerId = order.Customer.Id,
                    CardId = draft.Card.Id,
                    Amount = draft.Cash,
                    Bonus = draft.BonusLapsed,
                    PaymentMethod = nameof(PaymentMethod.Cash),
                    ReferenceNumber = order.ReferenceNumber,
                    Remark = order.Remark,
                    Details = details,
                }
            )
            .Move(draft.Card.Purse, quota, draft.OnChip)
            .Move(quota, PaymentMethod.Cash.AccountAt(actor)!.Value, draft.Cash)
            .Move(quota, new AccountRef(IssuanceAccounts.Bonus, order.Customer.Id), draft.BonusLapsed)
            .DecidedOn(quota, draft.Refund.Facts.Has.QuotaVersion)
            .Holding(order.Customer);
        foreach (var reserve in draft.Reserves)
        {
            var account = new AccountRef(IssuanceAccounts.Reserve, reserve.Owner);
            booking.Move(account, quota, reserve.Balance).DecidedOn(account, reserve.Version);
        }

        await books.ToUnits(booking, quota, [.. draft.Refund.Lines.Where(l => l.Recharge.PaidBy is null)], ct);
        RefundBooks.AddRows(booking, refund, draft.Refund);
        return refund;
    }
}
