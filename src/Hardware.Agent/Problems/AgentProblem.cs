namespace Hardware.Agent.Problems;

/// <summary>An error of the agent (application/problem+json).</summary>
/// <param name="Type">A stable address of the code.</param>
/// <param name="Title">The code's short name.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">A sentence for the operator, in the language of Accept-Language (zh-CN or en).</param>
/// <param name="Code">A stable code for programs.</param>
/// <param name="TraceId">Finds the request in the logs.</param>
/// <param name="Retryable">Whether the same request may succeed later.</param>
/// <param name="Outcome">On card operations: none (the card was not written) or unknown (the API finds out with the card).</param>
/// <param name="ApiCode">The code of the API's own problem, where the API refused.</param>
public sealed record AgentProblem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Code,
    string TraceId,
    bool Retryable,
    string? Outcome,
    string? ApiCode
);
