using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Funding;

/// <summary>
/// Finds a transaction by its serial number (PL-03.4), with its double entry, who asked and who approved (PL-02.5), and its corrections (PL-03.5).
/// </summary>
internal static class GetTransaction
{
    internal sealed record Query(string SerialNumber) : IQuery<TransactionResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/transactions/{serialNumber}",
                    (string serialNumber, Sender send, CancellationToken ct) => send.Query(new Query(serialNumber), ct)
                )
                .WithName(nameof(GetTransaction))
                .WithSummary("Get a transaction")
                .WithDescription(
                    "Gets a transaction by the serial number on its document. A transaction of another branch is available if the "
                        + "customer belongs to your branch or identified itself by card or certificate. The same condition applies to its "
                        + "documents."
                )
                .RequireRight(FundingRights.SeeTransactions)
                .Reads<TransactionResponse>()
                .RefusesOutOfReach()
                .Refuses(typeof(TransactionNotFound), typeof(ValidationFailed));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(AppDb db, TransactionReach reach, OwnerNames names) : QueryHandler<Query, TransactionResponse>
    {
        protected override async Task<Outcome<TransactionResponse>> Read(Query query, CancellationToken ct)
        {
            var id = SerialNumber.Parse(query.SerialNumber);
            var head = await db.Set<Transaction>().SingleOrDefaultAsync(t => t.Id == id, ct);
            if (head is null)
            {
                return new TransactionNotFound();
            }

            if (await reach.Whole(head, ct) is { } refusal)
            {
                return refusal;
            }

            var corrected = await db.Set<Transaction>().Where(t => t.CorrectsId == id).Select(t => (long?)t.Id).SingleOrDefaultAsync(ct);
            var entries = await db.Set<Entry>().Where(e => e.TransactionId == id).OrderBy(e => e.Kind).ThenBy(e => e.Owner).ToListAsync(ct);
            return Show(head, corrected, entries, await Names(head, entries, ct));
        }

        /// <summary>How branch, operators, customer, card and the owners of the accounts are called.</summary>
        private Task<NamedOwners> Names(Transaction head, List<Entry> entries, CancellationToken ct) =>
            names.Find(
                db,
                [
                    (OwnerKinds.Branch, head.BranchId),
                    (OwnerKinds.Operator, head.OperatorId),
                    (OwnerKinds.Operator, head.ApproverId),
                    (OwnerKinds.Customer, head.CustomerId),
                    (OwnerKinds.Card, head.CardId),
                    .. entries.Select(e => (OwnerKinds.Of(e.Kind), (long?)e.Owner)),
                ],
                ct
            );
    }

    private static TransactionResponse Show(Transaction head, long? corrected, List<Entry> entries, NamedOwners names) =>
        new(
            SerialNumber.Of(head.Id),
            head.Type,
            names.Of(OwnerKinds.Branch, head.BranchId),
            names.Of(OwnerKinds.Operator, head.OperatorId),
            head.ApproverId is { } approver ? names.Of(OwnerKinds.Operator, approver) : null,
            head.BusinessDate,
            head.BookedAt,
            head.CustomerId is { } customer ? names.Of(OwnerKinds.Customer, customer) : null,
            head.CardId is { } card ? names.Of(OwnerKinds.Card, card) : null,
            head.Amount,
            head.Bonus,
            head.Points,
            head.Fee,
            head.Deposit,
            head.PaymentMethod,
            head.ReferenceNumber,
            head.Remark,
            head.CorrectsId is { } corrects ? SerialNumber.Of(corrects) : null,
            corrected is { } by ? SerialNumber.Of(by) : null,
            [
                .. entries.Select(e => new TransactionEntry(
                    e.Kind,
                    names.Of(OwnerKinds.Of(e.Kind), e.Owner),
                    new AccountRef(e.Kind, e.Owner).Unit,
                    e.Amount,
                    e.BalanceAfter
                )),
            ]
        );
}
