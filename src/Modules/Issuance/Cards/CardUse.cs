namespace Issuance.Cards;

/// <summary>
/// The card's state forbids the operation (FC-09.10). Each state has a code of its own: <c>card-lost</c>, <c>card-damaged</c>, <c>card-expired</c>,
/// <c>card-blocked</c>, <c>card-closed</c>, <c>card-reserved</c>.
/// </summary>
/// <param name="State">The state, as it stands in JSON; capitals do not matter.</param>
public sealed record CardNotUsable(string State)
    : Refusal(CardUse.CodeOf("card", State), 409, $"The card is {Lower(State)}.", $"该卡{CardStates.Word(Lower(State))}，不能办理。")
{
    public string State { get; } = Lower(State);

    /// <summary>Every form of it, for the API's description.</summary>
    public static IReadOnlyList<Refusal> Forms { get; } =
    [
        .. Enum.GetValues<CardState>()
            .Where(s => s is not (CardState.Active or CardState.Released))
            .Select(s => new CardNotUsable(Json.Name(s))),
    ];

    private static string Lower(string state) => CardUse.Lower(state);
}

/// <summary>
/// The customer's state forbids the operation (FC-09.10): <c>customer-opening</c>, <c>customer-blocked</c>, <c>customer-closed</c>.
/// </summary>
/// <param name="State">The state, as it stands in JSON; capitals do not matter.</param>
public sealed record CustomerNotUsable(string State)
    : Refusal(CardUse.CodeOf("customer", State), 409, $"The customer is {Lower(State)}.", $"客户{Word(Lower(State))}，不能办理。")
{
    public string State { get; } = Lower(State);

    /// <summary>Every form of it, for the API's description.</summary>
    public static IReadOnlyList<Refusal> Forms { get; } =
    [.. Enum.GetValues<CustomerState>().Where(s => s != CustomerState.Active).Select(s => new CustomerNotUsable(Json.Name(s)))];

    private static string Lower(string state) => CardUse.Lower(state);

    private static string Word(string state) =>
        state switch
        {
            "opening" => "开户未完成",
            "blocked" => "已冻结",
            "closed" => "已清户",
            _ => $"状态为 {state}",
        };
}

/// <summary>The check that every operation of a card makes first.</summary>
public static class CardUse
{
    /// <summary>Why nothing can be done with the card or its customer; null when both are usable.</summary>
    public static Refusal? Unusable(this CardView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return view.Card.State != CardState.Active ? new CardNotUsable(Json.Name(view.Card.State))
            : view.Customer.State != CustomerState.Active ? new CustomerNotUsable(Json.Name(view.Customer.State))
            : null;
    }

    internal static string CodeOf(string what, string state) => $"{what}-{Lower(state)}";

    /// <summary>Callers give a state by its name in code or in JSON; all states are one word.</summary>
    internal static string Lower(string state) => string.Concat(state.Select(char.ToLowerInvariant));
}
