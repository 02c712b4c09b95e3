using Cheques;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Funding.Collections;

/// <summary>
/// Takes a collection back after its day-end, on today's business date: same branch, any operator with the right, with approval (FC-18.1, 18.2).
/// </summary>
internal static class ReverseCollection
{
    internal sealed record Command(string SerialNumber, CorrectCollectionRequest Body) : CorrectCollectionCommand(SerialNumber, Body);

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/transactions/{serialNumber}/reversal",
                    (string serialNumber, CorrectCollectionRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(serialNumber, body), ct)
                )
                .WithName(nameof(ReverseCollection))
                .WithOperation("ReverseCollection")
                .WithSummary("Reverse a collection")
                .WithDescription(
                    "Reverses a collection after the day-end of its business date. Only the branch that took the payment can "
                        + "reverse it. The reversal is booked on the open business date. "
                        + "Needs an approval (action reverse-collection)."
                )
                .RequireRight(FundingRights.ReverseCollection)
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
    ) : CorrectCollectionHandler<Command>(CorrectionKind.Reversal, CorrectionDecision.ReversalAction, db, types, cheques, guards, request);
}
