using Hardware.Agent.Cards;
using Hardware.Agent.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hardware.Agent.Readers;

/// <summary>A card reader of this machine.</summary>
/// <param name="Name">The name that operations use to select the reader.</param>
/// <param name="State">Whether it has a card and whether that is in use.</param>
/// <param name="Atr">The card's answer to reset (ATR), hex; null without a card.</param>
public sealed record CardReader(string Name, ReaderState State, string? Atr);

/// <summary>The readers of this machine.</summary>
/// <param name="Items">At most 16.</param>
public sealed record CardReaderList(IReadOnlyList<CardReader> Items);

internal static class ReaderEndpoints
{
    internal static CardReader View(ReaderStatus status) => new(status.Name, status.State, status.Atr);

    internal static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/readers", List)
            .WithName("ListReaders")
            .WithTags("Readers")
            .WithSummary("List the card readers")
            .WithDescription(
                "All readers of this machine with their states, at most 16. Returns 503 while the reader service is unavailable."
            )
            .Produces<AgentProblem>(503, "application/problem+json");

        app.MapGet("/readers/{reader}", Get)
            .WithName("GetReader")
            .WithTags("Readers")
            .WithSummary("Get one card reader")
            .WithDescription("The reader with this name, and its state.")
            .Produces<AgentProblem>(404, "application/problem+json")
            .Produces<AgentProblem>(503, "application/problem+json");
    }

    private static Results<Ok<CardReaderList>, Refusal> List(ICardTransport transport) =>
        Trouble(transport) is { } refusal ? refusal : TypedResults.Ok(new CardReaderList([.. transport.Readers().Select(View)]));

    private static Results<Ok<CardReader>, Refusal> Get(string reader, ICardTransport transport) =>
        Trouble(transport) is { } refusal ? refusal
        : transport.Find(reader) is { } found ? TypedResults.Ok(View(found.Status))
        : Refusals.ReaderNotFound(reader);

    /// <summary>Why there is nothing to tell; and the service is looked for at once, because somebody asks.</summary>
    internal static Refusal? Trouble(ICardTransport transport)
    {
        if (transport.Trouble is not { } trouble)
        {
            return null;
        }

        transport.LookAgain();
        return Refusals.Of(trouble);
    }
}
