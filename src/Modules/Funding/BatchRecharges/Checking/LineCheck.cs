using Customers;
using Funding.BatchRecharges.Files;
using Funding.Collections;
using Issuance.Functions;

namespace Funding.BatchRecharges.Checking;

/// <summary>What must be known of a card to recharge it, with the versions at which it was read.</summary>
internal sealed record RechargeCard(
    long CardId,
    int CardVersion,
    string Number,
    CardType Type,
    CardState State,
    DateOnly ValidTo,
    long CustomerId,
    int CustomerVersion,
    CustomerState CustomerState
)
{
    /// <summary>Why it cannot be recharged (FC-09.1, FC-09.10); null when it can.</summary>
    public static Refusal? Refuse(RechargeCard? card, DateOnly date) =>
        card is null || card.State == CardState.Released ? new CardNotFound()
        : card.State != CardState.Active ? new CardNotUsable(Json.Name(card.State))
        : card.CustomerState != CustomerState.Active ? new CustomerNotUsable(Json.Name(card.CustomerState))
        : !CardFunction.Paying.Contains(card.Type) ? new SubCardTakesNoPayment()
        : date > card.ValidTo ? new CardNotUsable(Json.Name(CardState.Expired))
        : null;
}

/// <summary>Checks a line by itself: pure.</summary>
internal static class LineCheck
{
    private const int CardNumberLength = 16;
    private const int MostAmountDigits = 12;

    /// <summary>What is wrong with a line before anything is looked up.</summary>
    public static LineReason? Alone(RechargeListLine line, out long fen)
    {
        fen = 0;
        var readable = line.Fault is null && TryFen(line.Amount, out fen);
        return line.Fault is { } fault ? LineReason.Of(fault)
            : !IsNumber(line.CardNumber) ? LineReason.CardNumberInvalid
            : !Luhn.IsValid(line.CardNumber) ? LineReason.CheckDigitWrong
            : !readable || fen == 0 ? LineReason.AmountInvalid
            : fen > Limits.CollectionFen ? LineReason.AmountTooLarge
            : TooLong(line.HolderName, ListedRecharge.HolderNameLength) || TooLong(line.Remark, ListedRecharge.RemarkLength)
                ? LineReason.TextTooLong
            : null;
    }

    /// <summary>Yuan with at most two decimals as fen; nothing else is an amount: no sign, no exponent, no thousands, no spaces.</summary>
    public static bool TryFen(string text, out long fen)
    {
        fen = 0;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text.AsSpan() : text.AsSpan(0, point);
        var decimals = point < 0 ? default : text.AsSpan(point + 1);
        if (
            whole.IsEmpty
            || whole.Length > MostAmountDigits
            || (point >= 0 && decimals.Length is 0 or > 2)
            || whole.ContainsAnyExceptInRange('0', '9')
            || decimals.ContainsAnyExceptInRange('0', '9')
        )
        {
            return false;
        }

        foreach (var digit in whole)
        {
            fen = (fen * 10) + (digit - '0');
        }

        fen *= 100;
        fen += decimals.Length switch
        {
            1 => (decimals[0] - '0') * 10,
            2 => ((decimals[0] - '0') * 10) + (decimals[1] - '0'),
            _ => 0,
        };
        return true;
    }

    public static bool IsNumber(string text) => text.Length == CardNumberLength && !text.AsSpan().ContainsAnyExceptInRange('0', '9');

    private static bool TooLong(string? text, int most) => text is not null && (text.Length > most || text.Any(char.IsControl));
}

/// <summary>Adds up the lines as they pass, and holds the sum against the trailer: pure.</summary>
internal sealed class ListTotals(bool cardTwiceAllowed)
{
    private readonly HashSet<long> _cards = [];

    public int Lines { get; private set; }

    public int Bad { get; private set; }

    public int LastLine { get; private set; }

    /// <summary>Fen of the readable lines.</summary>
    public long Amount { get; private set; }

    private bool AllReadable { get; set; } = true;

    /// <summary>Counts a line; gives the reason that only the lines before it can tell.</summary>
    public LineReason? Add(RechargeListLine line, LineReason? reason, long fen)
    {
        Lines++;
        LastLine = Math.Max(LastLine, line.Line);
        Amount = checked(Amount + fen);
        AllReadable &= fen > 0;
        return reason is null && !cardTwiceAllowed && !_cards.Add(IdText.Parse(line.CardNumber)!.Value) ? LineReason.CardTwice : reason;
    }

    public void CountBad() => Bad++;

    /// <summary>What is wrong with the list as a whole.</summary>
    public LineReason? Whole(RechargeListTrailer? trailer)
    {
        if (trailer is null)
        {
            return null;
        }

        return !int.TryParse(trailer.Count, System.Globalization.NumberStyles.None, null, out var count)
            || !LineCheck.TryFen(trailer.Total, out var total)
                ? LineReason.TrailerInvalid
            : count != Lines ? LineReason.TrailerCount
            : AllReadable && total != Amount ? LineReason.TrailerTotal
            : null;
    }
}
