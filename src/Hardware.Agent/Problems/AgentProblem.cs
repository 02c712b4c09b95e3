namespace Hardware.Agent.Problems;

/// <summary>An error of the agent (application/problem+json).</summary>
/// <param name="Type">A stable URI of the code.</param>
/// <param name="Title">The short name of the code.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">A sentence for the operator, in the language of Accept-Language (zh-CN or en).</param>
/// <param name="Code">A stable code for programs.</param>
/// <param name="TraceId">The id that finds the request in the logs.</param>
/// <param name="Retryable">Whether a retry of the same request may succeed.</param>
/// <param name="Outcome">For card operations: none (the card was not written) or unknown (read the card again to find out).</param>
/// <param name="ApiCode">The code of the API's problem, if the API refused the operation.</param>
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
