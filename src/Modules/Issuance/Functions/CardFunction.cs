using Customers.Reach;
using Issuance.CardSessions;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Issuance.Functions;

/// <summary>How a function finds its card.</summary>
public enum FoundBy
{
    /// <summary>By its number, typed or read.</summary>
    Number,

    /// <summary>By a card session alone: the chip has proved itself.</summary>
    CardPresent,

    /// <summary>By its number; the chip then proves itself in the card operation that the function starts.</summary>
    NumberThenChip,

    /// <summary>By its customer's code, or by the card being present.</summary>
    CustomerOrCardPresent,

    /// <summary>Not at all: it makes a new card from a blank chip. Kinds and states are those of the card to be.</summary>
    BlankChip,
}

/// <summary>Which counters may do it.</summary>
public enum MayDo
{
    /// <summary>Any branch of the issuer.</summary>
    AnyBranch,

    /// <summary>The branch that did what it corrects.</summary>
    SameBranch,

    /// <summary>The customer's branch or one above it; with a card of the customer present, any branch (PL-06.31).</summary>
    CustomersBranch,
}

/// <summary>
/// One row of the table of preconditions: what a function asks of the card it is done with. The endpoint's description, the check and the test of
/// every kind and state of card read this one row. A new function adds its row beside its rights and gives it to its route by <c>ForCards</c>.
/// </summary>
/// <param name="Name">The slice's name, as the API names the operation.</param>
/// <param name="Action">What the audit trail calls it: stored, so it stays when the slice is renamed.</param>
/// <param name="Requirements">The requirement rows it stands for, such as <c>FC-11</c>.</param>
/// <param name="Right">Who may.</param>
/// <param name="By">How the card is found.</param>
/// <param name="Types">The kinds of card it is for.</param>
/// <param name="States">The card states it is for.</param>
/// <param name="Branches">Which counters may.</param>
public sealed record CardFunction(
    string Name,
    string Action,
    string Requirements,
    Right Right,
    FoundBy By,
    IReadOnlyList<CardType> Types,
    IReadOnlyList<CardState> States,
    MayDo Branches = MayDo.AnyBranch
)
{
    public static readonly IReadOnlyList<CardType> EveryType = Enum.GetValues<CardType>();

    /// <summary>Single-user, bearer and main cards: those that payments are taken by (FC-09.1).</summary>
    public static readonly IReadOnlyList<CardType> Paying =
    [
        CardType.PersonalSingle,
        CardType.PersonalMain,
        CardType.OrganisationSingle,
        CardType.OrganisationMain,
        CardType.Bearer,
    ];

    public static readonly IReadOnlyList<CardState> ActiveOnly = [CardState.Active];

    /// <summary>The customer must be open for business too; false for what gives a customer its own money back.</summary>
    public bool NeedsActiveCustomer { get; init; } = true;

    /// <summary>The refusal of a kind of card that it is not for, where that has a name of its own.</summary>
    public Func<CardType, Refusal> IfOtherType { get; init; } = type => new CardTypeNotServed(Json.Name(type));

    /// <summary>Null when the function may be done with this card; else the first reason why not (FC-09.10: it names the state).</summary>
    public Refusal? Check(CardView? found) =>
        found is not var (card, customer) ? new CardNotFound()
        : !States.Contains(card.State) ? new CardNotUsable(Json.Name(card.State))
        : NeedsActiveCustomer && customer.State != CustomerState.Active ? new CustomerNotUsable(Json.Name(customer.State))
        : !Types.Contains(card.Type) ? IfOtherType(card.Type)
        : null;

    /// <summary>The same said in words, for the API's description.</summary>
    public string Describe()
    {
        var verb = By == FoundBy.BlankChip ? "Issues" : "Accepts";
        var types = Types.Count == EveryType.Count ? "all card types" : string.Join(", ", Types.Select(Json.Name));
        return $"{verb} {types} in state {string.Join(", ", States.Select(Json.Name))}. The card is {Finding}. "
            + Branches switch
            {
                MayDo.AnyBranch => "Available at every branch.",
                MayDo.SameBranch => "Available at the same branch only.",
                _ => "Available at the customer's branch and those above it, and at every branch with the card present.",
            };
    }

    private string Finding =>
        By switch
        {
            FoundBy.Number => "given by number",
            FoundBy.CardPresent => "present in the reader (a typed number is refused)",
            FoundBy.NumberThenChip => "given by number and verified by its chip",
            FoundBy.BlankChip => "new, on a blank chip",
            _ => "given by customer code or present in the reader",
        };
}

/// <summary>The kind of card is not one that the function is for.</summary>
public sealed record CardTypeNotServed(string CardType)
    : Refusal("card-type-not-served", 409, "This operation does not accept cards of this type.", "该类卡片不能办理此业务。");

/// <summary>Gives a route its row of the table.</summary>
public static class CardFunctionRoutes
{
    /// <summary>Asks for the row's right, describes its preconditions, and names the refusals of its check.</summary>
    public static RouteHandlerBuilder ForCards(this RouteHandlerBuilder route, CardFunction function, string description)
    {
        ArgumentNullException.ThrowIfNull(route);
        ArgumentNullException.ThrowIfNull(function);
        route.RequireRight(function.Right).WithMetadata(function).WithDescription($"{description}\n\n{function.Describe()}");
        if (function.By == FoundBy.BlankChip)
        {
            return route;
        }

        route
            .Refuses(function.Branches == MayDo.CustomersBranch ? [typeof(CustomerOutOfReach)] : [])
            .Refuses(typeof(CardNotFound), typeof(CardNotUsable))
            .Refuses(function.NeedsActiveCustomer ? [typeof(CustomerNotUsable)] : [])
            .Refuses(function.Types.Count < CardFunction.EveryType.Count ? [function.IfOtherType(default).GetType()] : []);
        return function.By is FoundBy.CardPresent or FoundBy.CustomerOrCardPresent
            ? route.Refuses(typeof(CardSessionNotFound), typeof(CardSessionExpired))
            : route;
    }
}
