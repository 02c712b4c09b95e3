using Cheques;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Funding.Collections;

/// <summary>Takes a collection back before the day-end: same branch, same operator, with approval (FC-17.1, 17.2, 17.4).</summary>
internal static class VoidCollection
{
    internal sealed record Command(string SerialNumber, CorrectCollectionRequest Body) : CorrectCollectionCommand(SerialNumber, Body);

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/transactions/{serialNumber}/void",
                    (string serialNumber, CorrectCollectionRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(serialNumber, body), ct)
                )
                .WithName(nameof(VoidCollection))
                .WithOperation("VoidCollection")
                .WithSummary("Void a collection")
                .WithDescription(
                    "Voids a collection on its business date. Only the operator who took the payment can void it. Needs an "
                        + "approval (action void-collection)."
                )
                .RequireRight(FundingRights.VoidCollection)
                .Books<CollectionCorrectionResponse>()
                .RefusesAsCorrection();
    }

    internal sealed class Validator : CorrectCollectionValidator<Command>;

    internal sealed class Handler(
        AppDb db,
        TransactionTypes types,
        ChequePayments cheques,
        IEnumerable<ICorrectionGuard> guards,
        RequestContext request
    ) : CorrectCollectionHandler<Command>(CorrectionKind.Void, CorrectionDecision.VoidAction, db, types, cheques, guards, request);
}
