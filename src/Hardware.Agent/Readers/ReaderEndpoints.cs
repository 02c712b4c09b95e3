using Hardware.Agent.Cards;
using Hardware.Agent.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hardware.Agent.Readers;

/// <summary>A card reader of this machine.</summary>
/// <param name="Name">The name by which operations choose it.</param>
/// <param name="State">Whether it has a card and whether that is in use.</param>
/// <param name="Atr">The card's answer to reset in hex, while a card is in.</param>
public sealed record CardReader(string Name, ReaderState State, string? Atr);

/// <summary>The readers of this machine.</summary>
public sealed record CardReaderList(IReadOnlyList<CardReader> Items);

internal static class ReaderEndpoints
{
    internal static CardReader View(ReaderStatus status) => new(status.Name, status.State, status.Atr);

    internal static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/readers", (ICardTransport transport) => TypedResults.Ok(new CardReaderList([.. transport.Readers().Select(View)])))
            .WithName("ListReaders")
            .WithTags("Readers")
            .WithSummary("List the card readers")
            .WithDescription("All readers of this machine with their state. At most 16.");

        app.MapGet(
                "/readers/{reader}",
                Results<Ok<CardReader>, Refusal> (string reader, ICardTransport transport) =>
                    transport.Find(reader) is { } found ? TypedResults.Ok(View(found.Status)) : Refusals.ReaderNotFound(reader)
            )
            .WithName("GetReader")
            .WithTags("Readers")
            .WithSummary("Get one card reader")
            .WithDescription("The reader of that name with its state.")
            .Produces<AgentProblem>(404, "application/problem+json");
    }
}
