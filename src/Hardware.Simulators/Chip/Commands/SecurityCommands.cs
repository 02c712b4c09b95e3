using System.Security.Cryptography;

namespace Hardware.Simulators.Chip.Commands;

internal static class SecurityCommands
{
    private const int KeyField = 4 + CardCipher.KeyLength;

    internal static Answer GetChallenge(ChipContext chip, Apdu apdu)
    {
        if (apdu.Le is not (4 or 8))
        {
            return StatusWord.WrongLength;
        }

        chip.Session.Challenge = chip.Random(apdu.Le.Value);
        return Answer.Of([.. chip.Session.Challenge]);
    }

    internal static Answer ExternalAuthenticate(ChipContext chip, Apdu apdu, byte[]? challenge)
    {
        if (apdu.Data.Length != 8)
        {
            return StatusWord.WrongLength;
        }

        if (ChipCommands.FindKey(chip, KeyUsage.Control, apdu.P2) is not { } key)
        {
            return StatusWord.NoSuchKey;
        }

        if (key.Tries == 0)
        {
            return StatusWord.AuthenticationBlocked;
        }

        if (challenge is null)
        {
            return StatusWord.ConditionsNotSatisfied;
        }

        var expected = new byte[8];
        chip.Cipher.Authenticate(key.Value, challenge, expected);
        chip.Session.Authenticated = CryptographicOperations.FixedTimeEquals(expected, apdu.Data);
        if (chip.Session.Authenticated)
        {
            return key.Tries == key.MaximumTries ? StatusWord.Done : Answer.Done(() => key.Tries = key.MaximumTries);
        }

        var left = (byte)(key.Tries - 1);
        return Answer.Failed((ushort)(StatusWord.WrongPin | left), () => key.Tries = left);
    }

    internal static Answer InternalAuthenticate(ChipContext chip, Apdu apdu)
    {
        if (apdu.Data.Length != 8)
        {
            return StatusWord.WrongLength;
        }

        if (ChipCommands.FindKey(chip, KeyUsage.InternalAuthentication, apdu.P2) is not { } key)
        {
            return StatusWord.NoSuchKey;
        }

        var answer = new byte[8];
        chip.Cipher.Authenticate(key.Value, apdu.Data, answer);
        return Answer.Of(answer);
    }

    // P1 key type, P2 index; the field is version1 algorithm1 tries1 (maximum and left, a nibble each) reserved1 key16.
    internal static Answer WriteKey(ChipContext chip, Apdu apdu, byte[]? challenge)
    {
        if (chip.Session.Application is not { } application)
        {
            return StatusWord.NoCurrentFile;
        }

        if (!chip.Session.Authenticated)
        {
            return StatusWord.SecurityNotSatisfied;
        }

        if (!IsAuthentic(chip, application.Key(KeyUsage.Control), challenge, apdu))
        {
            return StatusWord.WrongSecureMac;
        }

        if (application.Keys.Find(k => k.Type == apdu.P1 && k.Index == apdu.P2) is not { } slot)
        {
            return StatusWord.NoSuchKey;
        }

        var control = application.Key(KeyUsage.Control)!.Value;
        var readable = chip.Cipher.TryDecryptField(control, apdu.Data.AsSpan()[..^SecureMessaging.MacLength], out var field);
        if (!readable || field.Length != KeyField || field[1] != (byte)chip.State.Algorithm)
        {
            return StatusWord.WrongData;
        }

        return Answer.Done(() =>
        {
            slot.Version = field[0];
            slot.MaximumTries = (byte)(field[2] >> 4);
            slot.Tries = (byte)(field[2] & 0xF);
            slot.Value = field[4..];
        });
    }

    // 1E block (P2 = 01 for ever), 18 unblock, 16 block the whole card.
    internal static Answer Block(ChipContext chip, Apdu apdu, byte[]? challenge)
    {
        if (chip.Session.Application is not { } application)
        {
            return StatusWord.NoCurrentFile;
        }

        if (!IsAuthentic(chip, application.Key(KeyUsage.Maintenance), challenge, apdu))
        {
            return StatusWord.WrongSecureMac;
        }

        return apdu.Ins switch
        {
            0x16 => Answer.Done(() => chip.State.Blocked = true),
            0x18 when application.Block == ApplicationBlock.Permanent => StatusWord.ConditionsNotSatisfied,
            0x18 => Answer.Done(() => (application.Block, application.WrongMacs) = (ApplicationBlock.None, 0)),
            _ => Answer.Done(() => application.Block = apdu.P2 == 1 ? ApplicationBlock.Permanent : Temporary(application)),
        };
    }

    /// <summary>Whether a command carries the right MAC under a key, for the challenge given just before.</summary>
    internal static bool IsAuthentic(ChipContext chip, ChipKey? key, byte[]? challenge, Apdu apdu) =>
        key is not null && challenge is not null && SecureMessaging.IsAuthentic(chip.Cipher, key.Value, challenge, apdu.Body);

    private static ApplicationBlock Temporary(ChipApplication application) =>
        application.Block == ApplicationBlock.Permanent ? ApplicationBlock.Permanent : ApplicationBlock.Temporary;
}
