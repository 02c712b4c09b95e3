namespace Platform.Cards.Cryptography;

/// <summary>
/// Commands under secure messaging: the MAC covers the header, whose Lc already counts the MAC, and the data; its IV is the challenge the
/// card gave just before.
/// </summary>
public static class SecureMessaging
{
    /// <summary>Length of the MAC in bytes.</summary>
    public const int MacLength = 4;

    /// <summary>Builds a command with a MAC. At most 251 bytes of data.</summary>
    public static byte[] Protect(
        CardCipher cipher,
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> challenge,
        byte cla,
        byte ins,
        byte p1,
        byte p2,
        ReadOnlySpan<byte> data
    )
    {
        ArgumentNullException.ThrowIfNull(cipher);
        Ciphers.Length.AtMost(255 - MacLength, data);
        var command = new byte[5 + data.Length + MacLength];
        (command[0], command[1], command[2], command[3], command[4]) = (cla, ins, p1, p2, (byte)(data.Length + MacLength));
        data.CopyTo(command.AsSpan(5));
        var mac = cipher.SecureMac(key, challenge, command.AsSpan(0, 5 + data.Length));
        BinaryPrimitives.WriteUInt32BigEndian(command.AsSpan(5 + data.Length), mac);
        return command;
    }

    /// <summary>Whether a whole command (header, data, MAC, no Le) carries the right MAC.</summary>
    public static bool IsAuthentic(CardCipher cipher, ReadOnlySpan<byte> key, ReadOnlySpan<byte> challenge, ReadOnlySpan<byte> command)
    {
        ArgumentNullException.ThrowIfNull(cipher);
        if (command.Length < 5 + MacLength)
        {
            return false;
        }

        return cipher.SecureMac(key, challenge, command[..^MacLength]) == BinaryPrimitives.ReadUInt32BigEndian(command[^MacLength..]);
    }
}
