using System.Globalization;
using Customers;
using Funding.BatchRecharges.Checking;
using Issuance;

namespace Funding.BatchRecharges.Posting;

/// <summary>
/// The booking of one line: from the list's account into the quota account of the card's customer (FC-22.2). Pure. With it goes the line's outcome,
/// whose key is list and line, so the same line cannot be booked again.
/// </summary>
internal static class LineBooking
{
    public static Booking Of(RechargeList list, ListedRecharge line, RechargeCard card)
    {
        var id = Ids.Next();
        var actor = new Actor(list.BranchId, list.OperatorId, list.ReleaserId);
        return new SilentBooking(id, actor, new AuditNote("post-recharge-line", $"card:{card.CardId}"))
            .WithHead(
                new Transaction(id, FundingTransactions.BatchRecharge, actor)
                {
                    CustomerId = card.CustomerId,
                    CardId = card.CardId,
                    Amount = line.Amount,
                    ReferenceNumber = Reference(list, line.Number),
                    Remark = line.Remark,
                }
            )
            .Move(list.Account, new AccountRef(IssuanceAccounts.Quota, card.CustomerId), line.Amount)
            .Insert(
                new RechargeOutcome
                {
                    ListId = list.Id,
                    Number = line.Number,
                    TransactionId = id,
                }
            )
            .RefuseOn(date => RechargeCard.Refuse(card, date));
    }

    /// <summary>What was taken for granted of the card and its customer; the booking's transaction looks whether it is still so.</summary>
    public static IReadOnlyList<Premise> Premises(RechargeCard card) =>
        [Premise.Of<Card>(card.CardId, card.CardVersion), Premise.Of<Customer>(card.CustomerId, card.CustomerVersion)];

    public static RechargeOutcome Failed(RechargeList list, int line, LineReason reason) =>
        new()
        {
            ListId = list.Id,
            Number = line,
            ReasonCode = reason.Code,
            ReasonEn = reason.En,
            ReasonZh = reason.Zh,
        };

    /// <summary>The list of a line's reference number.</summary>
    public static long ListOf(string reference) =>
        SerialNumber.Parse(reference.Split('-')[0]) ?? throw new InvalidOperationException($"{reference} names no recharge list.");

    /// <summary>List and line in one number: <c>00030150224112025607-17</c>.</summary>
    private static string Reference(RechargeList list, int line) =>
        string.Create(CultureInfo.InvariantCulture, $"{list.SerialNumber}-{line}");
}
