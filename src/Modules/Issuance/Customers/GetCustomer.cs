using Access;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform;
using Platform.CardOperations;

namespace Issuance.Customers;

/// <summary>A card with its balances.</summary>
/// <param name="Reserve">备付金账, fen.</param>
/// <param name="InTransit">Under way between books and chip, fen.</param>
/// <param name="Purse">卡账, fen: what the chip holds, less consumption still to come.</param>
/// <param name="Deposit">押金, fen.</param>
/// <param name="CardNumber">16 digits.</param>
/// <param name="Type">What it is to its customer.</param>
/// <param name="State">Where it stands.</param>
/// <param name="ValidFrom">The first day of its validity.</param>
/// <param name="ValidTo">The last day of its validity.</param>
/// <param name="Plate">The vehicle it is for; null: any.</param>
/// <param name="ReservePoints">备付积分.</param>
/// <param name="PursePoints">Points on the chip, less those still to be heard of.</param>
public sealed record CustomerCard(
    string CardNumber,
    CardType Type,
    CardState State,
    DateOnly ValidFrom,
    DateOnly ValidTo,
    string? Plate,
    long Reserve,
    long InTransit,
    long Purse,
    long Deposit,
    long ReservePoints,
    long PursePoints
);

/// <summary>
/// A customer whole (FC-43.1). Personal data is masked unless the caller's right says otherwise (PL-06.9). A customer of another branch is shown with
/// holder and plates masked and without cheques, unless the card or the certificate was shown (PL-06.31).
/// </summary>
/// <param name="Quota">额度账, fen.</param>
/// <param name="QuotaBonus">The part of it that is bonus, fen; paid money is spent before bonus.</param>
/// <param name="Claim">Fen that it owes for bounced cheques it had used; while it owes, nothing is paid back (FC-33.1).</param>
/// <param name="Refundable">Fen that could be paid back: quota less bonus, or nothing while there is a claim.</param>
/// <param name="Cards">At most 1,000, oldest first.</param>
/// <param name="PendingOperations">Card operations not settled yet, at most 100.</param>
/// <param name="CustomerCode">10 digits.</param>
/// <param name="Kind">Person or organisation.</param>
/// <param name="Use">One card or many.</param>
/// <param name="State">How the customer stands.</param>
/// <param name="Name">Of the person or the organisation.</param>
/// <param name="CertificateType">What proves who it is.</param>
/// <param name="CertificateNumber">Masked without the right to see personal data.</param>
/// <param name="Phone">Masked without the right to see personal data.</param>
/// <param name="ContactName">An organisation's contact; null for a person.</param>
/// <param name="Address">Null when not told, or without the right to see personal data.</param>
/// <param name="Email">Null when not told, or without the right to see personal data.</param>
/// <param name="InvoiceType">Which invoices it gets.</param>
/// <param name="OpenedAt">When the account was opened.</param>
/// <param name="QuotaPoints">额度积分.</param>
/// <param name="Cheques">At most 100, newest first.</param>
public sealed record CustomerView(
    string CustomerCode,
    CustomerKind Kind,
    CustomerUse Use,
    CustomerState State,
    string Name,
    CertificateType CertificateType,
    string CertificateNumber,
    string Phone,
    string? ContactName,
    string? Address,
    string? Email,
    InvoiceType InvoiceType,
    DateTimeOffset OpenedAt,
    long Quota,
    long QuotaBonus,
    long QuotaPoints,
    long Claim,
    long Refundable,
    IReadOnlyList<CustomerCard> Cards,
    IReadOnlyList<CardOperationView> PendingOperations,
    IReadOnlyList<CustomerCheque> Cheques
);

/// <summary>Shows a customer whole in one call (FC-43.1).</summary>
internal static class GetCustomer
{
    private const int MaxCards = 1_000;
    private const int MaxPending = 100;
    private const int MaxCheques = 100;

    internal sealed record Query(string CustomerCode) : IQuery<CustomerView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/customers/{customerCode}",
                    (string customerCode, Sender send, CancellationToken ct) => send.Query(new Query(customerCode), ct)
                )
                .WithName(nameof(GetCustomer))
                .WithSummary("Show a customer whole")
                .WithDescription(
                    "Holder, cards with states and balances, all accounts, pending card operations, cheques, refundable balance. A customer of "
                        + "another branch has its holder masked and no cheques and plates, unless one of its cards or the holder's certificate "
                        + "was shown to you within ten minutes."
                )
                .RequireRight(IssuanceRights.ShowCustomer)
                .Reads<CustomerView>()
                .ProducesRefusals<NotFound, TooManyLookUps, Overloaded>();
    }

    internal sealed class Handler(AppDb db, CustomerReach reach, PersonalDataReads reads, RequestContext request, ChequesOfCustomer cheques)
        : QueryHandler<Query, CustomerView>
    {
        protected override async Task<Outcome<CustomerView>> Read(Query query, CancellationToken ct)
        {
            var customer = await db.Set<Customer>().SingleOrDefaultAsync(c => c.Code == query.CustomerCode, ct);
            var open = await reach.LookUp(customer, ct);
            if (open.Refusal is { } tooMany)
            {
                return tooMany;
            }

            if (customer is null)
            {
                return new NotFound("customer");
            }

            var sight = new Sight(open.Value, open.Value && request.Caller.Has(AccessRights.SeePersonalData));
            if (sight.PersonalData && await reads.Record($"customer:{customer.Id}") is { } notRecorded)
            {
                return notRecorded;
            }

            var cards = await db.Set<Card>()
                .Where(c => c.CustomerId == customer.Id && c.State != CardState.Released)
                .OrderBy(c => c.Id)
                .Take(MaxCards)
                .ToListAsync(ct);
            var owners = cards.Select(c => c.Id).Append(customer.Id).ToArray();
            var balances = await db.Set<Account>().Where(a => owners.Contains(a.Owner)).ToListAsync(ct);
            var pending = await db.Set<CardOperation>()
                .Where(o => o.CustomerId == customer.Id && o.OpenCard != null)
                .OrderBy(o => o.Id)
                .Take(MaxPending)
                .ToListAsync(ct);
            var bonus = await BonusLeft.Of(db, customer.Id, ct);
            return View(
                customer,
                sight,
                cards,
                balances.ToDictionary(b => b.Ref, b => b.Balance),
                bonus,
                pending,
                sight.Open ? await cheques.Newest(customer.Id, MaxCheques, ct) : []
            );
        }

        private static CustomerView View(
            Customer customer,
            Sight sight,
            List<Card> cards,
            Dictionary<AccountRef, long> balances,
            long bonus,
            List<CardOperation> pending,
            IReadOnlyList<CustomerCheque> newest
        )
        {
            var whole = sight.PersonalData;
            var quota = balances.GetValueOrDefault(customer.Quota);
            var claim = -balances.GetValueOrDefault(new AccountRef(AccountKind.Claim, customer.Id));
            return new CustomerView(
                customer.Code,
                customer.Kind,
                customer.Use,
                customer.State,
                sight.Open ? customer.Name : Mask.Name(customer.Name),
                customer.CertificateType,
                whole ? customer.CertificateNumber : Mask.Certificate(customer.CertificateNumber),
                whole ? customer.Phone : Mask.Phone(customer.Phone),
                sight.Open || customer.ContactName is not { } contact ? customer.ContactName : Mask.Name(contact),
                whole ? customer.Address : null,
                whole ? customer.Email : null,
                customer.InvoiceType,
                customer.OpenedAt.AtUtc(),
                quota,
                bonus,
                balances.GetValueOrDefault(customer.QuotaPoints),
                claim,
                claim > 0 ? 0 : quota - bonus,
                [.. cards.Select(c => CardOf(c, sight.Open ? c.Plate : null, balances))],
                [.. pending.Select(o => o.View([]))],
                newest
            );
        }

        /// <summary>What the caller may see of the customer.</summary>
        /// <param name="Open">All but personal data.</param>
        /// <param name="PersonalData">That too.</param>
        private sealed record Sight(bool Open, bool PersonalData);

        private static CustomerCard CardOf(Card card, string? plate, Dictionary<AccountRef, long> balances) =>
            new(
                card.Number,
                card.Type,
                card.State,
                card.ValidFrom,
                card.ValidTo,
                plate,
                balances.GetValueOrDefault(card.Reserve),
                balances.GetValueOrDefault(card.InTransit),
                balances.GetValueOrDefault(card.Purse),
                balances.GetValueOrDefault(card.Deposit),
                balances.GetValueOrDefault(card.ReservePoints),
                balances.GetValueOrDefault(card.PursePoints)
            );
    }
}
