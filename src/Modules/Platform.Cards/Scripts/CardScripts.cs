using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Platform.Cards.Operations;

namespace Platform.Cards.Scripts;

/// <summary>The registered card scripts, found by their state.</summary>
public sealed class CardScripts
{
    private readonly Dictionary<Type, CardScript> _byState;
    private readonly JsonSerializerOptions _format;

    public CardScripts(IEnumerable<CardScript> scripts)
    {
        _byState = scripts.ToDictionary(s => s.State);
        _format = new JsonSerializerOptions
        {
            Converters = { new JsonStringEnumConverter() },
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameStates } },
        };
    }

    /// <summary>The step after a round's answers.</summary>
    public ScriptStep Next(ScriptState state, ScriptContext context, CardReport report) => Of(state).AnyNext(state, context, report);

    /// <summary>The step after a <see cref="ScriptStep.Book"/> was booked.</summary>
    public ScriptStep Resume(ScriptState state, ScriptContext context) => Of(state).AnyResume(state, context);

    /// <summary>
    /// The first step of settling an operation whose end is unknown, when its card is in a reader again (FC-35.2). It ends confirmed, not done
    /// (released), exception, or still unknown where the card could not be read or is another one.
    /// </summary>
    public ScriptStep Recover(ScriptState unfinished, ScriptContext context) => Of(unfinished).AnyRecover(unfinished, context);

    /// <summary>What the operation has tried on a purse; null for one that changes no purse, or was not authorised.</summary>
    public ChipAttempt? AttemptOf(CardOperation operation)
    {
        var state = StateOf(operation);
        return Of(state).AnyAttempt(state);
    }

    /// <summary>What is booked when a person settles the operation as done while its card is away.</summary>
    public BookingPoint.Confirmed SettledOf(CardOperation operation, bool afterRelease)
    {
        var state = StateOf(operation);
        return Of(state).AnySettled(state, afterRelease);
    }

    /// <summary>The state as it stands in the operation's row.</summary>
    public string Store(ScriptState state) => JsonSerializer.Serialize(state, _format);

    /// <summary>Reads what <see cref="Store"/> wrote.</summary>
    public ScriptState Restore(string stored) =>
        JsonSerializer.Deserialize<ScriptState>(stored, _format) ?? throw new InvalidDataException("The card operation has no state.");

    internal ScriptState StateOf(CardOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return Restore(operation.Script);
    }

    private CardScript Of(ScriptState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return _byState.TryGetValue(state.GetType(), out var script)
            ? script
            : throw new InvalidOperationException($"No script has the state {state.GetType().Name}.");
    }

    /// <summary>A state is stored with its script's name in the member <c>kind</c>.</summary>
    private void NameStates(JsonTypeInfo info)
    {
        if (info.Type != typeof(ScriptState))
        {
            return;
        }

        info.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "kind" };
        foreach (var script in _byState.Values)
        {
            info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(script.State, script.Name));
        }
    }
}

/// <summary>How a module registers its card scripts.</summary>
public static class CardScriptRegistration
{
    /// <summary>Registers a card script. A name or a state that is registered twice stops the start.</summary>
    public static IServiceCollection AddCardScript(this IServiceCollection services, CardScript script)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(script);
        var others = services.Select(s => s.IsKeyedService ? null : s.ImplementationInstance).OfType<CardScript>();
        if (others.FirstOrDefault(s => s.Name == script.Name || s.State == script.State) is { } other)
        {
            throw new StartRefusedException(
                $"The card scripts {other.GetType().Name} and {script.GetType().Name} have the same name or state: {script.Name}.",
                $"卡片脚本 {other.GetType().Name} 与 {script.GetType().Name} 的名称或状态重复：{script.Name}。"
            );
        }

        return services.AddSingleton(script);
    }
}
