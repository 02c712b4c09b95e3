using Hardware.Agent.Exchange;
using Hardware.Agent.Problems;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hardware.Agent.Operations;

internal static class OperationEndpoints
{
    private const int MostItems = 100;

    internal static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/operations", Start)
            .WithName("StartOperation")
            .WithTags("Operations")
            .WithSummary("Run a card operation")
            .WithDescription(
                "Opens the card exclusively. Relays commands and responses between the API and the card until the API returns the "
                    + "outcome. "
                    + "Sending the same ticket again returns the same outcome and does not touch the card. A closed connection "
                    + "does not stop the operation."
            )
            .Produces<AgentProblem>(400, "application/problem+json")
            .Produces<AgentProblem>(401, "application/problem+json")
            .Produces<AgentProblem>(404, "application/problem+json")
            .Produces<AgentProblem>(409, "application/problem+json")
            .Produces<AgentProblem>(410, "application/problem+json")
            .Produces<AgentProblem>(413, "application/problem+json")
            .Produces<AgentProblem>(415, "application/problem+json")
            .Produces<AgentProblem>(423, "application/problem+json")
            .Produces<AgentProblem>(502, "application/problem+json")
            .Produces<AgentProblem>(503, "application/problem+json");

        app.MapGet(
                "/operations/{operationId}",
                Results<Ok<CardOperation>, Refusal> (string operationId, OperationRegister register) =>
                    register.Find(operationId) is { } found ? TypedResults.Ok(found) : Refusals.OperationNotFound
            )
            .WithName("GetOperation")
            .WithTags("Operations")
            .WithSummary("Get one card operation")
            .WithDescription("The agent's record of an operation, from this run or from the journal.")
            .Produces<AgentProblem>(404, "application/problem+json");

        app.MapGet(
                "/operations",
                (OperationRegister register, bool? open) =>
                    TypedResults.Ok(new CardOperationList(register.Latest(MostItems, open ?? false)))
            )
            .WithName("ListOperations")
            .WithTags("Operations")
            .WithSummary("List the latest card operations")
            .WithDescription("Newest first, at most 100. With open=true, only operations whose journal is open.");
    }

    private static async Task<Results<Ok<OperationOutcome>, Refusal>> Start(
        StartOperationRequest body,
        OperationRunner runner,
        HttpRequest request
    )
    {
        if (Ticket.Parse(body.Ticket) is not { } ticket)
        {
            return Refusals.TicketMalformed;
        }

        var language = request.Headers.AcceptLanguage.ToString();
        var end = await runner.Run(ticket, body.Reader, language is { Length: > 0 and <= 200 } ? language : null);
        if (end.Times is { } times)
        {
            request.HttpContext.Response.Headers[OperationTimes.Header] = times.ToString();
        }

        return end.Outcome is { } outcome ? TypedResults.Ok(outcome) : end.Refusal ?? Refusals.Internal;
    }
}
