using System.Globalization;
using Access.Branches;
using Platform.Cards.Cryptography.Layouts;
using Platform.Cards.Operations;
using Platform.Cards.Scripts;

namespace Issuance.Issuing;

/// <summary>Numbers of customers and cards, and what is written onto a chip.</summary>
internal sealed class IssueOrders(Numbers numbers, CardKeyRing keys, TimeProvider clock)
{
    private const string CustomerSeries = "customers";
    private const string CardSeries = "cards";

    /// <summary>Ten digits: 1, eight running, a check digit.</summary>
    public async Task<string> CustomerCode(CancellationToken ct)
    {
        var digits = (100_000_000 + await numbers.Next(CustomerSeries, ct)).ToString(CultureInfo.InvariantCulture);
        return digits + Luhn.CheckDigit(digits);
    }

    /// <summary>Sixteen digits: the issuer's six, nine running, a check digit (FC-01.1).</summary>
    public async Task<string> CardNumber(CancellationToken ct) => CardNumber(await numbers.Next(CardSeries, ct));

    /// <summary>The card number of a running number.</summary>
    public string CardNumber(long running)
    {
        var digits = IssuerCode + running.ToString("D9", CultureInfo.InvariantCulture);
        return digits + Luhn.CheckDigit(digits);
    }

    /// <summary>The issuing province's part of card numbers: the last six digits of the profile's issuer id.</summary>
    public string IssuerCode => keys.Profile.IssuerCode;

    public string Profile => keys.Profile.Issuer;

    /// <summary>China's today: cards are valid from it.</summary>
    public DateOnly Today => ChinaCalendar.Today(clock);

    public ScriptStep.Send Script(IssueCardOrder order) =>
        Script(order.CardNumber, order.Type, order.Holder, order.ValidFrom, order.ValidTo, RestrictionFile.None);

    /// <summary>What is written onto a chip that becomes this card.</summary>
    public ScriptStep.Send Script(
        string cardNumber,
        CardType type,
        Holder holder,
        DateOnly validFrom,
        DateOnly validTo,
        RestrictionFile restrictions
    )
    {
        var profile = keys.Profile;
        var file = new PublicFile
        {
            IssuerId = profile.IssuerId,
            ApplicationType = 1,
            ApplicationVersion = 1,
            ApplicationSerial = PublicFile.SerialOf(profile, cardNumber),
            Start = validFrom,
            Expiry = validTo,
        };
        var (name, number, certificate) = holder;
        var held = new HolderFile(profile.CardTypeCode(type.ToString()), false, name, number.Length <= 18 ? number : "", (byte)certificate);
        var written = new IssueOrder(
            file.ApplicationSerial,
            Convert.ToHexString(file.Encode()),
            Convert.ToHexString((file with { ApplicationType = 2 }).Encode()),
            Convert.ToHexString(held.Encode()),
            Convert.ToHexString(restrictions.Encode())
        );
        return (ScriptStep.Send)IssueScript.Start(written, keys.Context(clock));
    }
}
