using System.Buffers.Binary;

namespace Platform.Cards.Scripts;

/// <summary>The state of <see cref="ReadCardScript"/>.</summary>
public sealed record ReadCardState : ScriptState;

/// <summary>
/// Says what card is in the reader, as far as it tells without its PIN: blank, issued, foreign or blocked; number, balance, points, lock
/// state, restrictions. It proves nothing: for that there is <see cref="CardSessionScript"/>.
/// </summary>
public sealed class ReadCardScript() : CardScript<ReadCardState>("read")
{
    // Whatever the card answers is an answer here.
    private static readonly string[] Any =
    [
        "9000",
        "6700",
        "6982",
        "6985",
        "6986",
        "6A81",
        "6A82",
        "6A83",
        "6A86",
        "6B00",
        "6D00",
        "6E00",
        "9303",
    ];

    /// <summary>The only round.</summary>
    public static ScriptStep Start(ScriptContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (profile, money, points) = (context.Keys.Profile, context.Keys.Profile.Money, context.Keys.Profile.Points);
        string[] commands =
        [
            CardApdus.SelectMaster(profile),
            CardApdus.Read(profile.ChipSerialFile, IssueCommands.ChipSerialLength),
            CardApdus.Select(money),
            CardApdus.ReadPublic(money),
            CardApdus.Read(money.HolderFile, HolderFile.Size),
            CardApdus.Read(money.RestrictionFile, RestrictionFile.Size),
            CardApdus.GetBalance(money),
            CardApdus.GetLockProof,
            CardApdus.Select(points),
            CardApdus.GetBalance(points),
        ];
        return new ScriptStep.Send(new ReadCardState(), [.. commands.Select(c => new CardCommand(c, ContinueOn: Any))]);
    }

    protected internal override ScriptStep Next(ReadCardState state, ScriptContext context, CardReport report)
    {
        if (report.Failure is not null)
        {
            return new ScriptStep.Finish(state, CardRefusals.Stopped(report));
        }

        var facts = Facts(context, report) with { ChipSerial = Hex(report.Data(1, IssueCommands.ChipSerialLength)) };
        return new ScriptStep.Finish(state, CardRefusals.Confirmed("card-read", "The card was read.") with { Facts = facts });
    }

    internal static long? Amount(byte[]? answer) => answer is null ? null : BinaryPrimitives.ReadUInt32BigEndian(answer);

    private static CardFacts Facts(ScriptContext context, CardReport report)
    {
        if (report.Answer(0) is { StatusWord: "9303" } || report.Answer(2) is { StatusWord: "6A81" or "9303" })
        {
            return new(CardKind.Blocked);
        }

        // Where the money application could not be selected, later answers are those of another file.
        if (report.Answer(2) is not { Done: true } || report.Data(3, PublicFile.Size) is not { } file)
        {
            return new(CardKind.Foreign);
        }

        if (PublicFile.IsBlank(file))
        {
            return new(CardKind.Blank);
        }

        var read = PublicFile.Decode(file)!;
        var ours = string.Equals(read.IssuerId, context.Keys.Profile.IssuerId, StringComparison.OrdinalIgnoreCase);
        var proof = context.Keys.Profile.Money.GreyLock ? report.Data(7, atLeast: 9) : null;
        return new(ours ? CardKind.Issued : CardKind.Foreign)
        {
            Public = read,
            Holder = HolderFile.Decode(report.Data(4) ?? []),
            Restrictions = RestrictionFile.Decode(report.Data(5) ?? []),
            Balance = Amount(report.Data(6, atLeast: 4)),
            GreyState = proof?[0],
            OfflineCounter = proof is null ? null : BinaryPrimitives.ReadUInt16BigEndian(proof.AsSpan(7)),
            Points = report.Answer(8) is { Done: true } ? Amount(report.Data(9, atLeast: 4)) : null,
        };
    }

    private static string? Hex(byte[]? bytes) => bytes is null ? null : Convert.ToHexString(bytes);
}
