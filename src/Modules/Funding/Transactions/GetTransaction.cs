using System.Globalization;
using Access;
using Cheques;
using FluentValidation;
using Issuance;
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
                .WithSummary("Find a transaction")
                .WithDescription(
                    "By the serial number on its document. One that another branch booked is shown when the customer is one of yours, or has "
                        + "shown a card or the certificate; its documents are shown on the same condition."
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

    internal sealed class Handler(AppDb db, TransactionReach reach) : QueryHandler<Query, TransactionResponse>
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
            var names = await Names(head, entries, ct);
            return Show(head, corrected, entries, names);
        }

        /// <summary>
        /// How branch, operators, customer and cards are called. Ids are looked for in their own table: the first branch and operator share an id.
        /// </summary>
        private async Task<Dictionary<(Owner, long), string>> Names(Transaction head, List<Entry> entries, CancellationToken ct)
        {
            var ids = entries.Select(e => (Owner: OwnerOf(e.Kind), Id: (long?)e.Owner)).ToList();
            ids.AddRange([(Owner.Branch, head.BranchId), (Owner.Operator, head.OperatorId), (Owner.Operator, head.ApproverId)]);
            ids.AddRange([(Owner.Customer, head.CustomerId), (Owner.Card, head.CardId)]);
            long[] Of(Owner owner) => [.. ids.Where(i => i.Owner == owner).Select(i => i.Id).OfType<long>().Distinct()];
            var (branches, operators, customers, cards) = (Of(Owner.Branch), Of(Owner.Operator), Of(Owner.Customer), Of(Owner.Card));
            var names = new Dictionary<(Owner, long), string>();
            await Add(Owner.Branch, db.Set<Branch>().Where(b => branches.Contains(b.Id)).Select(b => new Named(b.Id, b.Code)));
            await Add(Owner.Operator, db.Set<Operator>().Where(o => operators.Contains(o.Id)).Select(o => new Named(o.Id, o.Login)));
            await Add(Owner.Customer, db.Set<Customer>().Where(c => customers.Contains(c.Id)).Select(c => new Named(c.Id, c.Code)));
            await Add(Owner.Card, db.Set<Card>().Where(c => cards.Contains(c.Id)).Select(c => new Named(c.Id, c.Number)));
            var cheques = Of(Owner.Cheque);
            await Add(Owner.Cheque, db.Set<Cheque>().Where(c => cheques.Contains(c.Id)).Select(c => new Named(c.Id, c.Number)));
            return names;

            async Task Add(Owner owner, IQueryable<Named> query) =>
                (await query.ToListAsync(ct)).ForEach(n => names[(owner, n.Id)] = n.Name);
        }
    }

    internal enum Owner
    {
        Branch,
        Operator,
        Customer,
        Card,
        Cheque,
        RechargeList,
        Station,
    }

    private sealed record Named(long Id, string Name);

    internal static Owner OwnerOf(AccountKind kind) =>
        kind switch
        {
            AccountKind.Quota or AccountKind.Bonus or AccountKind.Claim or AccountKind.QuotaPoints => Owner.Customer,
            AccountKind.Cheque => Owner.Cheque,
            AccountKind.RechargeList => Owner.RechargeList,
            AccountKind.Drawer => Owner.Operator,
            AccountKind.Consumption => Owner.Station,
            < AccountKind.PointsIssued => Owner.Card,
            _ => Owner.Branch,
        };

    private static TransactionResponse Show(
        Transaction head,
        long? corrected,
        List<Entry> entries,
        Dictionary<(Owner, long), string> names
    ) =>
        new(
            SerialNumber.Of(head.Id),
            head.Type,
            Name(Owner.Branch, head.BranchId, names),
            Name(Owner.Operator, head.OperatorId, names),
            head.ApproverId is { } approver ? Name(Owner.Operator, approver, names) : null,
            head.BusinessDate,
            head.BookedAt,
            head.CustomerId is { } customer ? Name(Owner.Customer, customer, names) : null,
            head.CardId is { } card ? Name(Owner.Card, card, names) : null,
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
                    Name(OwnerOf(e.Kind), e.Owner, names),
                    new AccountRef(e.Kind, e.Owner).Unit,
                    e.Amount,
                    e.BalanceAfter
                )),
            ]
        );

    private static string Name(Owner owner, long id, Dictionary<(Owner, long), string> names) =>
        names.TryGetValue((owner, id), out var name) ? name
        : owner == Owner.RechargeList ? SerialNumber.Of(id)
        : owner == Owner.Station ? id.ToString("D8", CultureInfo.InvariantCulture)
        : IdText.Of(id);
}
