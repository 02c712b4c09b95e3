using System.Globalization;
using Platform;
using Platform.CardCryptography.Layouts;
using Platform.CardOperations;
using Platform.CardOperations.Scripts;

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
    public async Task<string> CardNumber(CancellationToken ct)
    {
        var digits = IssuerCode + (await numbers.Next(CardSeries, ct)).ToString("D9", CultureInfo.InvariantCulture);
        return digits + Luhn.CheckDigit(digits);
    }

    /// <summary>The issuing province's part of card numbers: the last six digits of the profile's issuer id.</summary>
    public string IssuerCode => keys.Profile.IssuerId[^6..];

    public string Profile => keys.Profile.Issuer;

    /// <summary>China's today: cards are valid from it.</summary>
    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().ToOffset(CardKeyRing.ChinaTime).DateTime);

    public ScriptStep.Send Script(IssueCardOrder order)
    {
        var profile = keys.Profile;
        var file = new PublicFile
        {
            IssuerId = profile.IssuerId,
            ApplicationType = 1,
            ApplicationVersion = 1,
            ApplicationSerial = PublicFile.SerialOf(profile, order.CardNumber),
            Start = order.ValidFrom,
            Expiry = order.ValidTo,
        };
        var (name, number, type) = order.Holder;
        var holder = new HolderFile((byte)order.Type, false, name, number.Length <= 18 ? number : "", (byte)type);
        var written = new IssueOrder(
            file.ApplicationSerial,
            Convert.ToHexString(file.Encode()),
            Convert.ToHexString((file with { ApplicationType = 2 }).Encode()),
            Convert.ToHexString(holder.Encode()),
            Convert.ToHexString(RestrictionFile.None.Encode())
        );
        return (ScriptStep.Send)IssueScript.Start(written, keys.Context(clock));
    }
}
