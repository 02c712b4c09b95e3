using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.Approvals;
using Platform.Problems;

namespace Platform.Requests;

/// <summary>The route asks for this right of the signed-in operator.</summary>
public sealed record RequiredRight(Right Right);

/// <summary>The route lets in every operator that is signed in, and every application unless it is for people only.</summary>
public sealed record AnySignedIn(bool PeopleOnly = false);

/// <summary>The route lets everybody in; the reason goes into the API's description.</summary>
public sealed record OpenToAll(string Reason);

/// <summary>The route takes a header Idempotency-Key and needs it.</summary>
public sealed record TakesIdempotencyKey;

/// <summary>The route may ask for an approval, and takes a header Approval-Token.</summary>
public sealed record TakesApprovalToken;

/// <summary>The route's answer names where what it made is found: header Location.</summary>
public sealed record GivesLocation;

/// <summary>A refusal that a route can answer, for the API's description.</summary>
public sealed record CanRefuse(string Code, int Status, string Meaning)
{
    /// <summary>The same in Chinese.</summary>
    public string MeaningZh { get; private init; } = "";

    /// <summary>Whether a retry of the same request may succeed.</summary>
    public bool Retryable { get; private init; }

    /// <summary>Does it say after how many seconds, in the header Retry-After?</summary>
    public bool SaysWhen { get; private init; }

    /// <summary>Is it not known whether the booking was made?</summary>
    public bool OutcomeUnknown { get; private init; }

    /// <summary>What its problem carries beside the code.</summary>
    public IReadOnlyList<string> Members { get; private init; } = [];

    private const string Forms = "Forms";

    /// <summary>
    /// All that a refusal type can say: one thing, or what its public static property <c>Forms</c> lists where the code depends on its arguments.
    /// </summary>
    public static IEnumerable<CanRefuse> AllOf(Type refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.GetProperty(Forms, BindingFlags.Public | BindingFlags.Static)?.GetValue(null) is IEnumerable<Refusal> forms
            ? forms.Select(From)
            : [Of(refusal)];
    }

    /// <summary>Reads code and status off a refusal type, made with empty arguments.</summary>
    public static CanRefuse Of(Type refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        var constructor = refusal
            .GetConstructors(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Where(c => c.GetParameters() is not [{ } only] || only.ParameterType != refusal)
            .MaxBy(c => c.GetParameters().Length)!;
        var arguments = constructor.GetParameters().Select(p => Empty(p.ParameterType)).ToArray();
        return From((Refusal)constructor.Invoke(arguments));
    }

    private static CanRefuse From(Refusal made) =>
        new(made.Code, made.Status, made.En)
        {
            MeaningZh = made.Zh,
            Retryable = made.Retryable,
            SaysWhen = made.RetryAfterSeconds is not null,
            OutcomeUnknown = made.MaybeBooked,
            Members = [.. ProblemResult.MembersOf(made.GetType()).Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name))],
        };

    private static object? Empty(Type type) =>
        type == typeof(string) ? "…"
        : type.IsValueType ? Activator.CreateInstance(type)
        : type.IsGenericType && type.GenericTypeArguments is [var item] ? Array.CreateInstance(item, 0)
        : null;
}

/// <summary>What a slice says about its route.</summary>
public static class RouteMetadata
{
    public static RouteHandlerBuilder RequireRight(this RouteHandlerBuilder route, Right right) =>
        route.WithMetadata(new RequiredRight(right)).Refuses(typeof(NotSignedIn), typeof(RightMissing));

    public static RouteHandlerBuilder AllowSignedIn(this RouteHandlerBuilder route) =>
        route.WithMetadata(new AnySignedIn()).Refuses(typeof(NotSignedIn));

    /// <summary>Signed-in operators, and no application.</summary>
    public static RouteHandlerBuilder AllowOperators(this RouteHandlerBuilder route) =>
        route.WithMetadata(new AnySignedIn(PeopleOnly: true)).Refuses(typeof(NotSignedIn), typeof(PeopleOnly));

    public static RouteHandlerBuilder AllowEverybody(this RouteHandlerBuilder route, string reason) =>
        route.WithMetadata(new OpenToAll(reason));

    /// <summary>
    /// The name of the operation, under which it claims keys: a constant that stays when route or class are renamed (<see cref="OperationName"/>).
    /// </summary>
    public static RouteHandlerBuilder WithOperation(this RouteHandlerBuilder route, string name) =>
        route.WithMetadata(new OperationName(name));

    /// <summary>Answers 201 with <typeparamref name="T"/>, under an Idempotency-Key.</summary>
    public static RouteHandlerBuilder Books<T>(this RouteHandlerBuilder route, int status = StatusCodes.Status201Created) =>
        route
            .WithMetadata(new TakesIdempotencyKey())
            .MakesWhereItSays(status)
            .Produces<T>(status)
            .Refuses(
                typeof(IdempotencyKeyRequired),
                typeof(IdempotencyKeyInvalid),
                typeof(IdempotencyKeyReused),
                typeof(IdempotencyKeyInUse),
                typeof(Overloaded),
                typeof(DatabaseBusy),
                typeof(DatabaseUnavailable),
                typeof(OutcomeUnknown),
                typeof(ConcurrentChange),
                typeof(ValidationFailed)
            );

    /// <summary>May ask for a second operator's approval (PL-02.1).</summary>
    public static RouteHandlerBuilder TakesApproval(this RouteHandlerBuilder route) =>
        route
            .WithMetadata(new TakesApprovalToken())
            .Refuses(typeof(ApprovalRequired), typeof(TooManyApprovalRequests), typeof(Overloaded))
            .Refuses(typeof(ApprovalInvalid), typeof(ApprovalExpired), typeof(ApprovalUsed), typeof(ApprovalWithdrawn));

    /// <summary>Answers with <typeparamref name="T"/> after changing rows.</summary>
    public static RouteHandlerBuilder Changes<T>(this RouteHandlerBuilder route, int status = StatusCodes.Status200OK) =>
        route
            .MakesWhereItSays(status)
            .Produces<T>(status)
            .Refuses(
                typeof(ConcurrentChange),
                typeof(ValidationFailed),
                typeof(Overloaded),
                typeof(DatabaseBusy),
                typeof(DatabaseUnavailable),
                typeof(OutcomeUnknown)
            );

    public static RouteHandlerBuilder Reads<T>(this RouteHandlerBuilder route) => route.Produces<T>().Refuses(typeof(DatabaseUnavailable));

    public static RouteHandlerBuilder ProducesRefusals<T1>(this RouteHandlerBuilder route) => route.Refuses(typeof(T1));

    public static RouteHandlerBuilder ProducesRefusals<T1, T2>(this RouteHandlerBuilder route) => route.Refuses(typeof(T1), typeof(T2));

    public static RouteHandlerBuilder ProducesRefusals<T1, T2, T3>(this RouteHandlerBuilder route) =>
        route.Refuses(typeof(T1), typeof(T2), typeof(T3));

    public static RouteHandlerBuilder ProducesRefusals<T1, T2, T3, T4>(this RouteHandlerBuilder route) =>
        route.Refuses(typeof(T1), typeof(T2), typeof(T3), typeof(T4));

    /// <summary>Names the refusals a route can answer, where there are more than four.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder route, params Type[] refusals) =>
        route.WithMetadata(refusals.SelectMany(CanRefuse.AllOf).Cast<object>().ToArray());

    private static RouteHandlerBuilder MakesWhereItSays(this RouteHandlerBuilder route, int status) =>
        status is StatusCodes.Status201Created or StatusCodes.Status202Accepted ? route.WithMetadata(new GivesLocation()) : route;
}
