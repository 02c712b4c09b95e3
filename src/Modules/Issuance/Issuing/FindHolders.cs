using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform;

namespace Issuance.Issuing;

/// <summary>The customers of one holder.</summary>
/// <param name="Items">At most 50, oldest first; empty: the holder is new.</param>
public sealed record KnownHolderList(IReadOnlyList<KnownHolder> Items);

/// <summary>Shows, before an account is opened, which customers have this certificate already. A duplicate is shown, not refused.</summary>
internal static class FindHolders
{
    internal sealed record Query(string CertificateType, string CertificateNumber) : IQuery<KnownHolderList>;

    internal sealed class Endpoint : IEndpointModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/holders/{certificateType}/{certificateNumber}",
                    (string certificateType, string certificateNumber, Sender send, CancellationToken ct) =>
                        send.Query(new Query(certificateType, certificateNumber), ct)
                )
                .WithName(nameof(FindHolders))
                .WithSummary("Show a holder's customers before opening another")
                .WithDescription(
                    "Customers with the same certificate, whose type is named as in bodies: residentIdentity, unifiedSocialCreditCode, … "
                        + "Opening another is not refused."
                )
                .RequireRight(IssuanceRights.ShowCustomer)
                .Reads<KnownHolderList>()
                .ProducesRefusals<ValidationFailed>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.CertificateType).Must(t => Parse(t) is not null);
            RuleFor(q => q.CertificateNumber).Length(5, 30).Matches("^[0-9A-Za-z()-]+$");
        }
    }

    internal sealed class Handler(AppDb db) : QueryHandler<Query, KnownHolderList>
    {
        protected override async Task<Outcome<KnownHolderList>> Read(Query query, CancellationToken ct) =>
            new KnownHolderList(await KnownHolders.Read(db, Parse(query.CertificateType)!.Value, query.CertificateNumber, ct));
    }

    /// <summary>Null when there is no such type.</summary>
    private static CertificateType? Parse(string name) =>
        Enum.GetValues<CertificateType>().Cast<CertificateType?>().FirstOrDefault(t => Json.Name(t!.Value) == name);
}
