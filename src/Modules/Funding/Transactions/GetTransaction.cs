using System.Globalization;
using Access;
using FluentValidation;
using Issuance;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Funding;

/// <summary>Finds a transaction by its serial number (PL-03.4), with its double entry, who asked and who approved (PL-02.5), and its corrections (PL-03.5).</summary>
internal static class GetTransaction
{
    internal sealed record Query(string SerialNumber) : IQuery<TransactionResponse>;

    internal sealed class Endpoint : IEndpointModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/transactions/{serialNumber}",
                    (string serialNumber, Sender send, CancellationToken ct) => send.Query(new Query(serialNumber), ct)
                )
                .WithName(nameof(GetTransaction))
                .WithSummary("Find a transaction")
                .WithDescription("By the serial number on its document; from any branch, since the customer may come to any.")
                .RequireRight(FundingRights.SeeTransactions)
                .Reads<TransactionResponse>()
                .Refuses(typeof(TransactionNotFound), typeof(ValidationFailed));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(AppDb db) : QueryHandler<Query, TransactionResponse>
    {
        protected override async Task<Outcome<TransactionResponse>> Read(Query query, CancellationToken ct)
        {
            var id = SerialNumber.Parse(query.SerialNumber);
            var head = await db.Set<Transaction>().SingleOrDefaultAsync(t => t.Id == id, ct);
            if (head is null)
            {
                return new TransactionNotFound();
            }

            var corrected = await db.Set<Transaction>().Where(t => t.CorrectsId == id).Select(t => (long?)t.Id).SingleOrDefaultAsync(ct);
            var entries = await db.Set<Entry>().Where(e => e.TransactionId == id).OrderBy(e => e.Kind).ThenBy(e => e.Owner).ToListAsync(ct);
            var names = await Names(head, entries, ct);
            return Show(head, corrected, entries, names);
        }

        /// <summary>How the owners are called; each id is one owner's alone, whatever table it is from, since ids are unique in the whole product.</summary>
        private async Task<Dictionary<long, string>> Names(Transaction head, List<Entry> entries, CancellationToken ct)
        {
            long?[] heads = [head.BranchId, head.OperatorId, head.ApproverId, head.CustomerId, head.CardId];
            long[] ids = [.. heads.OfType<long>().Concat(entries.Select(e => e.Owner)).Distinct()];
            var found = await db.Set<Card>()
                .Where(c => ids.Contains(c.Id))
                .Select(c => new { c.Id, Name = c.Number })
                .Concat(db.Set<Customer>().Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, Name = c.Code }))
                .Concat(db.Set<Branch>().Where(b => ids.Contains(b.Id)).Select(b => new { b.Id, Name = b.Code }))
                .Concat(db.Set<Operator>().Where(o => ids.Contains(o.Id)).Select(o => new { o.Id, Name = o.Login }))
                .ToListAsync(ct);
            return found.ToDictionary(n => n.Id, n => n.Name);
        }
    }

    private static TransactionResponse Show(Transaction head, long? corrected, List<Entry> entries, Dictionary<long, string> names) =>
        new(
            SerialNumber.Of(head.Id),
            head.Type,
            Name(head.BranchId, names),
            Name(head.OperatorId, names),
            head.ApproverId is { } approver ? Name(approver, names) : null,
            head.BusinessDate,
            head.BookedAt,
            head.CustomerId is { } customer ? Name(customer, names) : null,
            head.CardId is { } card ? Name(card, names) : null,
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
                    Name(e.Owner, names),
                    new AccountRef(e.Kind, e.Owner).Unit,
                    e.Amount,
                    e.BalanceAfter
                )),
            ]
        );

    private static string Name(long id, Dictionary<long, string> names) =>
        names.TryGetValue(id, out var name) ? name : id.ToString(CultureInfo.InvariantCulture);
}
