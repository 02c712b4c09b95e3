using Customers.Reach;
using FluentValidation;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Documents;

namespace Issuance.Issuing;

/// <summary>The certificate to search by.</summary>
/// <param name="CertificateType" example="residentIdentity">The type of certificate.</param>
/// <param name="CertificateNumber" example="11010519491231002X">5 to 30 characters.</param>
public sealed record SearchHoldersRequest(CertificateType CertificateType, string CertificateNumber);

/// <summary>The customers of one holder.</summary>
/// <param name="Items">At most 50, oldest first. Empty for a new holder.</param>
public sealed record KnownHolderList(IReadOnlyList<KnownHolder> Items);

/// <summary>Shows, before an account is opened, which customers have this certificate already. A duplicate is shown, not refused.</summary>
internal static class SearchHolders
{
    internal sealed record Query(SearchHoldersRequest Body) : IQuery<KnownHolderList>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/holders/searches",
                    (SearchHoldersRequest body, Sender send, CancellationToken ct) => send.Query(new Query(body), ct)
                )
                .WithName(nameof(SearchHolders))
                .WithSummary("Find customers by certificate")
                .WithDescription(
                    "Finds customers of all branches with the same certificate. An existing match does not prevent opening another "
                        + "account. The search uses POST to keep personal data out of URLs, and stores nothing."
                )
                .RequireRight(CustomerRights.ShowCustomer)
                .Reads<KnownHolderList>()
                .ProducesRefusals<ValidationFailed, TooManyLookUps>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Body.CertificateType).IsInEnum();
            RuleFor(q => q.Body.CertificateNumber).NotNull().CertificateNumber();
        }
    }

    internal sealed class Handler(AppDb db, CustomerReach reach) : QueryHandler<Query, KnownHolderList>
    {
        protected override async Task<Outcome<KnownHolderList>> Read(Query query, CancellationToken ct)
        {
            var (type, number) = query.Body;
            var found = await KnownHolders.Read(db, reach, type, number, ct);
            // A certificate that nobody of the own branch has is a look-up like an unknown number.
            var seen = found.Count > 0 && found.All(h => h.IsOwn) ? true : await reach.LookUp(null, ct);
            return seen.Refusal is { } tooMany ? tooMany : new KnownHolderList(found);
        }
    }
}
