using Access;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;
using Platform.Ledger.Requests;
using Platform.Parameters;

namespace Counter.Transactions;

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
                .RequireRight(CounterRights.SeeTransactions)
                .Reads<TransactionResponse>()
                .RefusesOutOfReach()
                .Refuses(typeof(TransactionNotFound), typeof(ValidationFailed));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(AppDb db, TransactionReach reach, AccountTypes types, OwnerNames names)
        : QueryHandler<Query, TransactionResponse>
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
            return Show(head, corrected, entries, types, await Names(head, entries, ct));
        }

        /// <summary>How branch, operators, customer, card and the owners of the accounts are called.</summary>
        private Task<NamedOwners> Names(Transaction head, List<Entry> entries, CancellationToken ct) =>
            names.Find(
                db,
                [
                    (AccessOwners.Branch, head.BranchId),
                    (AccessOwners.Operator, head.OperatorId),
                    (AccessOwners.Operator, head.ApproverId),
                    (TransactionParties.Customer, head.CustomerId),
                    (TransactionParties.Card, head.CardId),
                    .. entries.Select(e => (types.Of(e.Kind).Owner, (long?)e.Owner)),
                ],
                ct
            );
    }

    private static TransactionResponse Show(
        Transaction head,
        long? corrected,
        List<Entry> entries,
        AccountTypes types,
        NamedOwners names
    ) =>
        new(
            SerialNumber.Of(head.Id),
            head.Type,
            names.Of(AccessOwners.Branch, head.BranchId),
            names.Of(AccessOwners.Operator, head.OperatorId),
            head.ApproverId is { } approver ? names.Of(AccessOwners.Operator, approver) : null,
            head.BusinessDate,
            head.BookedAt,
            head.CustomerId is { } customer ? names.Of(TransactionParties.Customer, customer) : null,
            head.CardId is { } card ? names.Of(TransactionParties.Card, card) : null,
            head.Amount,
            head.Bonus,
            head.Points,
            head.Fee,
            head.Deposit,
            head.PaidBy(),
            head.ReferenceNumber,
            head.Remark,
            head.CorrectsId is { } corrects ? SerialNumber.Of(corrects) : null,
            corrected is { } by ? SerialNumber.Of(by) : null,
            [
                .. entries
                    .Select(e => (Entry: e, Type: types.Of(e.Kind)))
                    .Select(e => new TransactionEntry(
                        e.Type.Name,
                        names.Of(e.Type.Owner, e.Entry.Owner),
                        e.Type.Unit,
                        e.Entry.Amount,
                        e.Entry.BalanceAfter
                    )),
            ]
        );
}
