namespace Billing.TopUps.Statements;

/// <summary>The day to compare.</summary>
/// <param name="Day">The carrier's date, at most today.</param>
public sealed record CompareStatementRequest(DateOnly Day);

/// <summary>What a comparison came to. Amounts are in fen.</summary>
/// <param name="CarrierCode" example="CM">The carrier.</param>
/// <param name="Day">The carrier's date.</param>
/// <param name="LinesHere" example="98">Succeeded here.</param>
/// <param name="AmountHere" example="490000">Fen of them.</param>
/// <param name="LinesThere" example="98">Done in the statement.</param>
/// <param name="AmountThere" example="490000">Fen of them.</param>
/// <param name="CreditHere" example="9510000">The credit by our books, after this and all earlier days.</param>
/// <param name="CreditThere" example="9510000">The credit that the carrier states now.</param>
/// <param name="Opened" example="0">Differences that were found anew.</param>
/// <param name="Open" example="0">Differences of the day that are open.</param>
public sealed record StatementComparison(
    string CarrierCode,
    DateOnly Day,
    int LinesHere,
    long AmountHere,
    int LinesThere,
    long AmountThere,
    long CreditHere,
    long CreditThere,
    int Opened,
    int Open
);

/// <summary>A line that differs. Amounts are in fen.</summary>
/// <param name="DifferenceId" example="150224112025602">Its id.</param>
/// <param name="CarrierCode" example="CM">The carrier.</param>
/// <param name="Day">The carrier's date.</param>
/// <param name="Kind" example="onlyHere">How it differs.</param>
/// <param name="Reference" example="150224112025602">The top-up's id, as both sides know it.</param>
/// <param name="OurAmount" example="5000">Fen here; 0 where it is not here.</param>
/// <param name="TheirAmount" example="0">Fen there; 0 where it is not there.</param>
/// <param name="OurState" example="succeeded">Our state; null where it is not here.</param>
/// <param name="TheirState" example="done">done or reversed; null where it is not there.</param>
/// <param name="State" example="open">Whether it is settled.</param>
/// <param name="Evidence" example="运营商已补记">What it was settled by; null before.</param>
public sealed record StatementDifferenceResponse(
    string DifferenceId,
    string CarrierCode,
    DateOnly Day,
    StatementDifferenceKind Kind,
    string Reference,
    long OurAmount,
    long TheirAmount,
    string? OurState,
    string? TheirState,
    StatementDifferenceState State,
    string? Evidence
)
{
    internal static StatementDifferenceResponse Of(StatementDifference d, string carrierCode) =>
        new(
            IdText.Of(d.Id),
            carrierCode,
            d.Day,
            d.Kind,
            d.Reference,
            d.OurAmount,
            d.TheirAmount,
            d.OurState,
            d.TheirState,
            d.State,
            d.Evidence
        );
}

/// <summary>How a difference was settled.</summary>
/// <param name="Evidence" example="运营商已补记">What it was settled by, 1 to 200 characters.</param>
public sealed record SettleStatementDifferenceRequest(string Evidence);

/// <summary>The statement is not to be had.</summary>
public sealed record StatementMissing()
    : Refusal("statement-missing", 409, "The carrier's statement is not there, or not whole.", "运营商账单尚未生成或不完整。");

/// <summary>The day has not begun.</summary>
public sealed record StatementTooEarly()
    : Refusal("statement-too-early", 409, "The carrier's day has not begun.", "运营商账单日尚未开始。");

/// <summary>More differences than one comparison may keep.</summary>
/// <param name="Differences">How many there are.</param>
public sealed record TooManyDifferences(int Differences)
    : Refusal(
        "too-many-differences",
        409,
        "The statement differs in too many lines. Check the carrier and the day.",
        "账单差异过多，请核对运营商与日期。"
    );

/// <summary>There is no such difference.</summary>
public sealed record StatementDifferenceUnknown()
    : Refusal("statement-difference-unknown", 404, "There is no such difference.", "无此账单差异。");

/// <summary>It is settled.</summary>
/// <param name="State">Its state.</param>
public sealed record StatementDifferenceStateForbids(StatementDifferenceState State)
    : Refusal("statement-difference-state-forbids", 409, "The difference is not open.", "该账单差异已处理。");
