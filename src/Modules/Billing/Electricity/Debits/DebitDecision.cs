using System.Text.Json;
using Billing.Electricity.Contracts;
using Billing.Electricity.Days;
using Billing.Electricity.Files;
using Billing.Electricity.Merchants;
using Billing.Electricity.PayerAccounts;
using Billing.Electricity.Payments;
using Billing.Electricity.Quotes;

namespace Billing.Electricity.Debits;

/// <summary>Decides a line: the code that it ends with, or the booking that debits it. Pure.</summary>
internal static class DebitDecision
{
    /// <summary>The code of a line that cannot be debited; null for one that can.</summary>
    public static DebitCode? Refuse(DebitLine line, DebitContract? contract, PayerAccountView? account, bool ofUnion) =>
        !line.IsSound ? DebitCode.BadLine
        : account is null ? DebitCode.NoAccount
        : account.State == PayerAccountState.Closed ? DebitCode.Closed
        : account.State == PayerAccountState.Frozen ? DebitCode.Frozen
        : account.Holder != line.AccountName ? DebitCode.OtherName
        : contract is null ? DebitCode.NoContract
        : contract.AccountNumber != line.Account ? DebitCode.OtherAccount
        : !ofUnion ? DebitCode.OutsideUnion
        : null;

    /// <summary>Debits the whole amount or nothing, with the payment and the line's outcome.</summary>
    public static Booking Book(DebitFile file, DebitLine line, AccountingUnit unit, PayerAccountView account, WorkDate day, DateTime now)
    {
        var id = Ids.Next();
        var actor = new Actor(unit.UnionId, file.OperatorId);
        return new SilentBooking(id, actor, new AuditNote("debit-line", $"payer-account:{account.Id}"))
            .WithHead(
                new Transaction(id, ElectricityTransactions.BatchDebit, actor)
                {
                    Amount = line.Total,
                    PaymentMethod = nameof(PaymentMethod.Transfer),
                    ReferenceNumber = line.Customer,
                }
            )
            .Move(account.Money, unit.Transit, line.Total)
            .IfShort(account.Money, b => new PayerAccountTooSmall(b))
            .Insert(
                new ElectricityPayment
                {
                    Id = id,
                    UnitId = unit.Id,
                    BranchId = unit.UnionId,
                    OperatorId = file.OperatorId,
                    Customer = line.Customer,
                    CustomerName = line.Name,
                    Reference = "",
                    Items = JsonSerializer.Serialize(
                        new List<AllottedItem> { new(line.Receivable, line.Month, line.Principal, line.LateFee, W: true) }
                    ),
                    Principal = line.Principal,
                    LateFee = line.LateFee,
                    Total = line.Total,
                    Method = CollectionMethod.Account,
                    PayerAccountId = account.Id,
                    Channel = CollectionChannel.Batch,
                    Mode = ChannelTable.Mode(CollectionChannel.Batch, CollectionMethod.Account),
                    State = PaymentState.Paid,
                    Place = PaymentPlace.InTransit,
                    WorkDate = day.Date,
                    ValidUntil = now,
                    AskAt = now,
                    SettledById = id,
                    FileId = file.Id,
                    LineNumber = line.Number,
                }
            )
            .Insert(
                new TakenReceivable
                {
                    PaymentId = id,
                    Receivable = line.Receivable,
                    UnitId = unit.Id,
                }
            )
            .IfDuplicate(TakenReceivable.Index, new ReceivableTaken())
            .Insert(
                new DebitOutcome
                {
                    FileId = file.Id,
                    Number = line.Number,
                    Code = DebitCode.Debited.Code,
                    TransactionId = id,
                    Amount = line.Total,
                    At = now,
                }
            );
    }

    /// <summary>What was taken for granted; the booking's transaction looks whether it is still so.</summary>
    public static IReadOnlyList<Premise> Premises(DebitContract contract, PayerAccountView account, WorkDate day) =>
        [account.Premise, Premise.Of<DebitContract>(contract.Id, contract.Version), day.Held];
}
