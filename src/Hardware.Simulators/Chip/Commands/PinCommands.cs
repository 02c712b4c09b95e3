using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Hardware.Simulators.Chip.Commands;

internal static class PinCommands
{
    private const byte Separator = 0xFF;

    internal static Answer Verify(ChipContext chip, Apdu apdu)
    {
        if (chip.Session.Application is not { } application)
        {
            return StatusWord.NoCurrentFile;
        }

        if (apdu.P1 != 0 || apdu.P2 != 0)
        {
            return StatusWord.WrongParameters;
        }

        var refused = Try(application, apdu.Data);
        chip.Session.PinVerified = refused is null;
        return refused ?? Right(application);
    }

    internal static Answer ChangeOrReload(ChipContext chip, Apdu apdu)
    {
        if (chip.Session.Application is not { } application)
        {
            return StatusWord.NoCurrentFile;
        }

        return apdu.P1 switch
        {
            0x00 => Reload(chip, application, apdu.Data),
            0x01 => Change(application, apdu.Data),
            _ => StatusWord.WrongParameters,
        };
    }

    // The PIN comes encrypted under the unblock key, and the command carries that key's MAC.
    internal static Answer Unblock(ChipContext chip, Apdu apdu, byte[]? challenge)
    {
        if (chip.Session.Application is not { } application)
        {
            return StatusWord.NoCurrentFile;
        }

        if (application.Key(KeyUsage.PinUnblock) is not { } key)
        {
            return StatusWord.NoSuchKey;
        }

        if (!SecurityCommands.IsAuthentic(chip, key, challenge, apdu))
        {
            return StatusWord.WrongSecureMac;
        }

        var readable = chip.Cipher.TryDecryptField(key.Value, apdu.Data.AsSpan()[..^SecureMessaging.MacLength], out var pin);
        if (!readable || !IsPin(pin))
        {
            return StatusWord.WrongData;
        }

        return Answer.Done(() => Set(application, pin));
    }

    private static Answer Reload(ChipContext chip, ChipApplication application, byte[] data)
    {
        if (application.Key(KeyUsage.PinReload) is not { } key)
        {
            return StatusWord.NoSuchKey;
        }

        if (data.Length is < 2 + SecureMessaging.MacLength or > 6 + SecureMessaging.MacLength)
        {
            return StatusWord.WrongLength;
        }

        var pin = data[..^SecureMessaging.MacLength];
        var mac = BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(pin.Length));
        if (chip.Cipher.Tac(key.Value, pin) != mac)
        {
            return StatusWord.WrongSecureMac;
        }

        return IsPin(pin) ? Answer.Done(() => Set(application, pin)) : StatusWord.WrongData;
    }

    private static Answer Change(ChipApplication application, byte[] data)
    {
        var at = Array.IndexOf(data, Separator);
        if (at < 2)
        {
            return StatusWord.WrongLength;
        }

        var fresh = data[(at + 1)..];
        if (!IsPin(fresh))
        {
            return StatusWord.WrongData;
        }

        return Try(application, data.AsSpan(0, at)) ?? Answer.Done(() => Set(application, fresh));
    }

    // Null when the PIN is right; each wrong one costs a try before the answer leaves the card.
    private static Answer? Try(ChipApplication application, ReadOnlySpan<byte> pin)
    {
        if (application.Pin is not { } set || application.PinTries == 0)
        {
            return StatusWord.AuthenticationBlocked;
        }

        if (CryptographicOperations.FixedTimeEquals(set, pin))
        {
            return null;
        }

        var left = (byte)(application.PinTries - 1);
        return Answer.Failed((ushort)(StatusWord.WrongPin | left), () => application.PinTries = left);
    }

    private static Answer Right(ChipApplication application) =>
        application.PinTries == application.Profile.PinTries
            ? StatusWord.Done
            : Answer.Done(() => application.PinTries = application.Profile.PinTries);

    private static void Set(ChipApplication application, byte[] pin) =>
        (application.Pin, application.PinTries) = (pin, application.Profile.PinTries);

    private static bool IsPin(byte[] pin) => pin.Length is >= 2 and <= 6 && pin.All(b => b >> 4 <= 9 && (b & 0xF) <= 9);
}
