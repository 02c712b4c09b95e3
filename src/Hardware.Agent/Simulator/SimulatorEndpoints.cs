using Hardware.Agent.Cards.Virtual;
using Hardware.Agent.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hardware.Agent.Simulator;

/// <summary>A person at the virtual readers: makes cards, puts them in, pulls them out, also at the wrong moment.</summary>
internal static class SimulatorEndpoints
{
    internal const string ProblemJson = "application/problem+json";

    private static readonly Refusal CardNotFound = new(
        404,
        "simulated-card-not-found",
        "There is no such virtual card.",
        "没有这张虚拟卡。"
    );

    private static readonly Refusal ReaderOccupied = new(
        409,
        "reader-occupied",
        "The reader has a card, or the card is in another reader.",
        "读卡器上已有卡，或该卡在其他读卡器上。"
    );

    private static readonly Refusal FaultInvalid = new(
        400,
        "fault-invalid",
        "atCommand must be 1 to 1000.",
        "atCommand 必须为 1 到 1000。"
    );

    internal static void Map(RouteGroupBuilder app)
    {
        app.WithTags("Simulator");
        app.MapGet("/cards", (VirtualCardFolder folder, VirtualCardTransport transport) => TypedResults.Ok(List(folder, transport)))
            .WithName("ListSimulatedCards")
            .WithSummary("List the virtual cards")
            .WithDescription("All cards of the folder with their readers, at most 1000.");
        app.MapPost("/cards", Create)
            .WithName("CreateSimulatedCard")
            .WithSummary("Create a blank virtual card")
            .WithDescription("Creates a blank card with its own chip serial number, outside any reader.")
            .Produces<AgentProblem>(409, ProblemJson);
        app.MapPut("/readers/{reader}/card", Insert)
            .WithName("InsertSimulatedCard")
            .WithSummary("Insert a card into a reader")
            .WithDescription("Simulates a person. The event stream reports the change.")
            .Produces<AgentProblem>(404, ProblemJson)
            .Produces<AgentProblem>(409, ProblemJson);
        app.MapDelete("/readers/{reader}/card", Remove)
            .WithName("RemoveSimulatedCard")
            .WithSummary("Remove the card from a reader")
            .WithDescription("Removes the card immediately, even during an operation.")
            .Produces<AgentProblem>(404, ProblemJson)
            .Produces<AgentProblem>(409, ProblemJson);
        app.MapPut("/readers/{reader}/fault", Arrange)
            .WithName("ArrangeSimulatedFault")
            .WithSummary("Inject a fault")
            .WithDescription("The fault occurs once, at the n-th command from now.")
            .Produces<AgentProblem>(400, ProblemJson)
            .Produces<AgentProblem>(404, ProblemJson);
        app.MapDelete("/readers/{reader}/fault", Clear)
            .WithName("ClearSimulatedFault")
            .WithSummary("Delete a fault")
            .WithDescription("Has no effect if there is no fault.")
            .Produces<AgentProblem>(404, ProblemJson);
    }

    private static SimulatedCardList List(VirtualCardFolder folder, VirtualCardTransport transport) =>
        new([.. folder.Ids().Select(id => new SimulatedCard(id, transport.Holder(id)))]);

    private static Results<Created<SimulatedCard>, Refusal> Create(VirtualCardFolder folder) =>
        folder.CreateBlank() is { } card
            ? TypedResults.Created("/v1/simulator/cards", new SimulatedCard(card.Id, null))
            : Refusals.TooManyCards;

    private static Results<NoContent, Refusal> Insert(string reader, InsertCardRequest body, VirtualCardTransport transport)
    {
        if (transport.FindVirtual(reader) is not { } found)
        {
            return Refusals.ReaderNotFound(reader);
        }

        return transport.Insert(found, body.CardId) switch
        {
            Insertion.Done => TypedResults.NoContent(),
            Insertion.NoSuchCard => CardNotFound,
            _ => ReaderOccupied,
        };
    }

    private static Results<NoContent, Refusal> Remove(string reader, VirtualCardTransport transport)
    {
        if (transport.FindVirtual(reader) is not { } found)
        {
            return Refusals.ReaderNotFound(reader);
        }

        return transport.TryRemove(found) ? TypedResults.NoContent() : Refusals.NoCard;
    }

    private static Results<NoContent, Refusal> Arrange(string reader, ArrangeFaultRequest body, VirtualCardTransport transport)
    {
        if (transport.FindVirtual(reader) is not { } found)
        {
            return Refusals.ReaderNotFound(reader);
        }

        if (body.AtCommand is < 1 or > 1000)
        {
            return FaultInvalid;
        }

        found.Arrange(body.Kind, body.AtCommand);
        return TypedResults.NoContent();
    }

    private static Results<NoContent, Refusal> Clear(string reader, VirtualCardTransport transport)
    {
        if (transport.FindVirtual(reader) is not { } found)
        {
            return Refusals.ReaderNotFound(reader);
        }

        found.Arrange(default, 0);
        return TypedResults.NoContent();
    }
}
