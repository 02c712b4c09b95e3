using System.Text.Json.Serialization;
using Access;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Issuance.Customers;

/// <summary>
/// A customer with cards and balances. Personal data is masked unless the caller may see it. For a customer of another branch, holder and
/// plates are masked and cheques are omitted until you verify a card or the certificate.
/// </summary>
/// <param name="Quota">额度账, fen.</param>
/// <param name="QuotaBonus">The bonus part of the quota balance, fen. Paid money is spent first.</param>
/// <param name="Claim">The bounced-cheque debt in fen. A debt blocks refunds.</param>
/// <param name="Refundable">The refundable amount in fen: quota minus bonus, or 0 with a debt.</param>
/// <param name="CustomerCode">10 digits.</param>
/// <param name="Kind">Person or organisation.</param>
/// <param name="Use">One card or many.</param>
/// <param name="State">The state of the customer.</param>
/// <param name="Name">The name of the person or organisation.</param>
/// <param name="CertificateType">The type of certificate.</param>
/// <param name="CertificateNumber">Masked unless the caller may see personal data.</param>
/// <param name="Phone">Masked unless the caller may see personal data.</param>
/// <param name="ContactName">An organisation's contact; null for a person.</param>
/// <param name="Address">Null if not stated, or if the caller may not see personal data.</param>
/// <param name="Email">Null if not stated, or if the caller may not see personal data.</param>
/// <param name="InvoiceType">The type of invoice.</param>
/// <param name="OpenedAt">When the account was opened.</param>
/// <param name="QuotaPoints">额度积分.</param>
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
    long Refundable
)
{
    /// <summary>What each <see cref="ICustomerPart"/> brought, by its name.</summary>
    [JsonExtensionData]
    public IDictionary<string, object> Parts { get; init; } = new Dictionary<string, object>();
}

/// <summary>Shows a customer whole in one call (FC-43.1).</summary>
internal static class GetCustomer
{
    internal sealed record Query(string CustomerCode) : IQuery<CustomerView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/customers/{customerCode}",
                    (string customerCode, Sender send, CancellationToken ct) => send.Query(new Query(customerCode), ct)
                )
                .WithName(nameof(GetCustomer))
                .WithSummary("Get a customer")
                .WithDescription(
                    "Returns holder, cards with states and balances, all accounts, unsettled card operations, cheques and the refundable "
                        + "balance. For a customer of another branch, the holder is masked, and cheques and plates are omitted. They "
                        + "appear for ten minutes after you verified a card or the holder's certificate."
                )
                .RequireRight(IssuanceRights.ShowCustomer)
                .Reads<CustomerView>()
                .ProducesRefusals<NotFound, TooManyLookUps, Overloaded>();
    }

    internal sealed class Handler(
        AppDb db,
        CustomerReach reach,
        PersonalDataReads reads,
        RequestContext request,
        BonusLeft bonusLeft,
        IEnumerable<ICustomerPart> parts
    ) : QueryHandler<Query, CustomerView>
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

            var accounts = await db.Set<Account>().Where(a => a.Owner == customer.Id).ToListAsync(ct);
            var bonus = await bonusLeft.Of(customer.Id, ct);
            var view = View(customer, sight, accounts.ToDictionary(a => a.Key, a => a.Balance), bonus);
            foreach (var part in parts)
            {
                view.Parts[part.Name] = await part.Read(db, new CustomerOnPage(customer.Id, sight.Open), ct);
            }

            return view;
        }

        private static CustomerView View(Customer customer, Sight sight, Dictionary<AccountKey, long> balances, long bonus)
        {
            var whole = sight.PersonalData;
            var quota = balances.GetValueOrDefault(customer.Quota.Key);
            var claim = -balances.GetValueOrDefault(new AccountRef(IssuanceAccounts.Claim, customer.Id).Key);
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
                balances.GetValueOrDefault(customer.QuotaPoints.Key),
                claim,
                claim > 0 ? 0 : quota - bonus
            );
        }

        /// <summary>What the caller may see of the customer.</summary>
        /// <param name="Open">All but personal data.</param>
        /// <param name="PersonalData">That too.</param>
        private sealed record Sight(bool Open, bool PersonalData);
    }
}
