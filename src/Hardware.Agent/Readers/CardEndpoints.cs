using Hardware.Agent.Cards;
using Hardware.Agent.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hardware.Agent.Readers;

internal static class CardEndpoints
{
    internal static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/card", Read)
            .WithName("ReadCard")
            .WithTags("Card")
            .WithSummary("Read the card")
            .WithDescription(
                "Returns the card data that is readable without a PIN. The reader is optional if only one reader holds a card."
            )
            .Produces<AgentProblem>(404, "application/problem+json")
            .Produces<AgentProblem>(409, "application/problem+json")
            .Produces<AgentProblem>(423, "application/problem+json")
            .Produces<AgentProblem>(503, "application/problem+json");

    private static async Task<Results<Ok<CardOnReader>, Refusal>> Read(
        string? reader,
        ReaderChoice readers,
        CardReading reading,
        CancellationToken cancellationToken
    )
    {
        var (chosen, refusal) = readers.Choose(reader);
        if (chosen is null)
        {
            return refusal ?? Refusals.NoCard;
        }

        try
        {
            return TypedResults.Ok(await reading.Read(chosen, cancellationToken));
        }
        catch (CardException e)
        {
            return Refusals.Of(e);
        }
    }
}
