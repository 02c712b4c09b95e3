using System.Security.Cryptography;
using Platform.Cards.Cryptography;
using Platform.Cards.Cryptography.Keys;

namespace Platform.Cards.Scripts;

/// <summary>What a card shows of an issue.</summary>
internal enum Written
{
    Unreadable,
    Nothing,
    Everything,
    SomethingElse,
}

/// <summary>The commands that write a blank card and read it back.</summary>
internal static class IssueCommands
{
    internal const int ChipSerialLength = 8;
    private const byte WriteKey = 0xD4;
    private const byte UpdateBinary = 0xD6;

    /// <summary>SELECT, and the card's challenge for what follows.</summary>
    internal static IReadOnlyList<CardCommand> Enter(CardApplication application, ScriptContext context) =>
        [new(CardApdus.Select(context.Keys.Profile.Application(application))), new(CardApdus.GetChallenge)];

    /// <summary>The commands of one item of the plan, under the challenge the card gave last; they end with its next challenge.</summary>
    internal static IReadOnlyList<CardCommand> Item(IssueItem item, IssueState state, ScriptContext context, byte[]? challenge) =>
        item switch
        {
            IssueItem.Enter => Enter(item.Application, context),
            IssueItem.Authenticate => [Authenticate(item.Application, state, context, challenge!), new(CardApdus.GetChallenge)],
            IssueItem.Key key => [Key(key, state, context, challenge!), new(CardApdus.GetChallenge)],
            IssueItem.Pin => [Pin(item.Application, state, context), new(CardApdus.GetChallenge)],
            IssueItem.File file =>
            [
                new(Update(file.Application, file.ShortFileId, file.Content, state.Order.Serial, context, challenge!)),
                new(CardApdus.GetChallenge),
            ],
            _ => throw new InvalidOperationException($"The plan has no {item.GetType().Name}."),
        };

    /// <summary>The commit: the card is an issued one from here on.</summary>
    internal static IReadOnlyList<CardCommand> Commit(IssueOrder order, ScriptContext context, byte[] challenge)
    {
        var file = context.Keys.Profile.Money.PublicFile;
        return [new(Update(CardApplication.Money, file, order.MoneyFile, order.Serial, context, challenge), Commit: true)];
    }

    /// <summary>Reads both EF15 and has both applications prove that they have their keys.</summary>
    internal static IReadOnlyList<CardCommand> ReadBack(IssuerProfile profile, string challenge) =>
        [
            new(CardApdus.Select(profile.Money)),
            new(CardApdus.ReadPublic(profile.Money)),
            new(CardApdus.InternalAuthenticate(profile.Money, challenge)),
            new(CardApdus.Select(profile.Points)),
            new(CardApdus.ReadPublic(profile.Points)),
            new(CardApdus.InternalAuthenticate(profile.Points, challenge)),
        ];

    /// <summary>What the answers to <see cref="ReadBack"/> show; <paramref name="first"/> is the index of its first command.</summary>
    internal static Written WhatIsWritten(IssueOrder order, string challenge, ScriptContext context, CardReport report, int first = 0)
    {
        if (report.Data(first + 1, PublicFile.Size) is not { } money)
        {
            return Written.Unreadable;
        }

        if (PublicFile.IsBlank(money))
        {
            return Written.Nothing;
        }

        if (report.Data(first + 4, PublicFile.Size) is not { } points || report.Data(first + 5, atLeast: 8) is null)
        {
            return Written.Unreadable;
        }

        var whole =
            IsHex(money, order.MoneyFile)
            && IsHex(points, order.PointsFile)
            && Proves(CardApplication.Money, order.Serial, challenge, context, report.Data(first + 2, 8))
            && Proves(CardApplication.Points, order.Serial, challenge, context, report.Data(first + 5, 8));
        return whole ? Written.Everything : Written.SomethingElse;
    }

    /// <summary>Whether an internal authentication shows the card's own key.</summary>
    internal static bool Proves(CardApplication application, string serial, string challenge, ScriptContext context, byte[]? answer) =>
        answer is not null
        && context.Keys.Use(
            application,
            KeyUsage.InternalAuthentication,
            Convert.FromHexString(serial),
            (cipher, key) =>
            {
                Span<byte> expected = stackalloc byte[8];
                cipher.Authenticate(key, Convert.FromHexString(challenge), expected);
                return CryptographicOperations.FixedTimeEquals(expected, answer);
            }
        );

    /// <summary>UPDATE BINARY from the file's start, under the maintenance key.</summary>
    internal static string Update(
        CardApplication application,
        byte shortFileId,
        string content,
        string serial,
        ScriptContext context,
        byte[] challenge
    ) =>
        context.Keys.Use(
            application,
            KeyUsage.Maintenance,
            Convert.FromHexString(serial),
            (cipher, key) =>
                Hex(
                    SecureMessaging.Protect(
                        cipher,
                        key,
                        challenge,
                        0x04,
                        UpdateBinary,
                        (byte)(0x80 | shortFileId),
                        0,
                        Convert.FromHexString(content)
                    )
                )
        );

    private static CardCommand Authenticate(CardApplication application, IssueState state, ScriptContext context, byte[] challenge)
    {
        var index = context.Keys.Profile.Application(application).Key(KeyUsage.Control).Index;
        return UseControl(
            application,
            state,
            context,
            (cipher, key) =>
            {
                Span<byte> answer = stackalloc byte[8];
                cipher.Authenticate(key, challenge, answer);
                return new CardCommand(CardApdus.ExternalAuthenticate(index, answer));
            }
        );
    }

    // The field: version1 algorithm1 tries1 (maximum and left, a nibble each) reserved1 key16, encrypted under the control key.
    private static CardCommand Key(IssueItem.Key item, IssueState state, ScriptContext context, byte[] challenge)
    {
        var slot = item.Slot;
        var serial = slot.Usage == KeyUsage.Control ? state.ChipSerial! : state.Order.Serial;
        var field = new byte[4 + CardCipher.KeyLength];
        (field[0], field[1], field[2]) = (slot.Version, (byte)context.Keys.Profile.Algorithm, (byte)((slot.Tries << 4) | slot.Tries));
        context.Keys.Diversify(item.Application, slot.Usage, Convert.FromHexString(serial), field.AsSpan(4));
        var command = UseControl(
            item.Application,
            state,
            context,
            (cipher, key) =>
                SecureMessaging.Protect(cipher, key, challenge, 0x84, WriteKey, slot.Type, slot.Index, cipher.EncryptField(key, field))
        );
        CryptographicOperations.ZeroMemory(field);
        return new(Hex(command));
    }

    private static CardCommand Pin(CardApplication application, IssueState state, ScriptContext context)
    {
        var pin = context.Keys.Profile.InitialPin;
        var mac = context.Keys.Use(
            application,
            KeyUsage.PinReload,
            Convert.FromHexString(state.Order.Serial),
            (cipher, key) => cipher.Tac(key, Convert.FromHexString(pin))
        );
        return new(CardApdus.ReloadPin(pin, mac));
    }

    private static T UseControl<T>(CardApplication application, IssueState state, ScriptContext context, CardKeys.KeyUse<T> use)
    {
        var profile = context.Keys.Profile;
        return state.Transport
            ? use(CardCipher.Of(profile.Algorithm), Convert.FromHexString(profile.TransportKey))
            : context.Keys.Use(application, KeyUsage.Control, Convert.FromHexString(state.ChipSerial!), use);
    }

    private static bool IsHex(byte[] read, string written) => read.AsSpan(0, PublicFile.Size).SequenceEqual(Convert.FromHexString(written));

    private static string Hex(byte[] command) => Convert.ToHexString(command);
}
