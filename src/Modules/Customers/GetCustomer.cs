using System.Text.Json.Serialization;
using Access;
using Access.Operators;
using Customers.Reach;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;
using Platform.Languages;
using Platform.Ledger;
using Platform.Ledger.Requests;
using Platform.Persistence;
using Platform.Problems;
using Platform.Requests;

namespace Customers;

/// <summary>
/// A customer with everything that belongs to it. Personal data is masked unless the caller may see it. For a customer of another branch, the
/// holder is masked and details are omitted until you verify a card or the certificate.
/// </summary>
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
    DateTimeOffset OpenedAt
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
                    "Returns the holder and everything that is known of the customer, with all balances. For a customer of another "
                        + "branch, the holder is masked and details are omitted. They appear for ten minutes after you verified a card "
                        + "or the holder's certificate."
                )
                .RequireRight(CustomerRights.ShowCustomer)
                .Reads<CustomerView>()
                .ProducesRefusals<NotFound, TooManyLookUps, Overloaded>();
    }

    internal sealed class Handler(
        AppDb db,
        CustomerReach reach,
        PersonalDataReads reads,
        RequestContext request,
        IServiceProvider services,
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

            var view = View(customer, sight);
            foreach (var part in parts)
            {
                view.Parts[part.Name] = await part.Read(db, new CustomerOnPage(customer.Id, sight.Open, services), ct);
            }

            return view;
        }

        private static CustomerView View(Customer customer, Sight sight)
        {
            var whole = sight.PersonalData;
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
                customer.OpenedAt.AtUtc()
            );
        }

        /// <summary>What the caller may see of the customer.</summary>
        /// <param name="Open">All but personal data.</param>
        /// <param name="PersonalData">That too.</param>
        private sealed record Sight(bool Open, bool PersonalData);
    }
}
