namespace Platform.Cards.Cryptography;

/// <summary>
/// The cryptograms of the grey lock. No public vectors exist, so these follow the purse's by analogy and are used only where an issuer
/// profile switches the grey lock on.
/// </summary>
public static class GreyCryptography
{
    private const int Longest = 40;

    /// <summary>MAC1 of GREY LOCK, terminal to card.</summary>
    public static uint LockMac1(
        CardCipher cipher,
        ReadOnlySpan<byte> sessionKey,
        ReadOnlySpan<byte> terminal,
        ReadOnlySpan<byte> terminalRandom,
        ReadOnlySpan<byte> time
    )
    {
        ArgumentNullException.ThrowIfNull(cipher);
        var message = new CardMessage(stackalloc byte[Longest]);
        message.Terminal(terminal);
        message.Add(terminalRandom);
        message.Time(time);
        return cipher.Mac(sessionKey, message.Bytes);
    }

    /// <summary>MAC2 of GREY LOCK, card to terminal.</summary>
    public static uint LockMac2(
        CardCipher cipher,
        ReadOnlySpan<byte> sessionKey,
        uint balance,
        ushort offlineCounter,
        ReadOnlySpan<byte> terminalRandom
    )
    {
        ArgumentNullException.ThrowIfNull(cipher);
        var message = new CardMessage(stackalloc byte[Longest]);
        message.Add(balance);
        message.Add(offlineCounter);
        message.Add(terminalRandom);
        return cipher.Mac(sessionKey, message.Bytes);
    }

    /// <summary>GTAC: names the fill for which the card was locked.</summary>
    public static uint LockTac(
        CardCipher cipher,
        ReadOnlySpan<byte> tacKey,
        uint balance,
        ushort offlineCounter,
        ReadOnlySpan<byte> terminal,
        uint terminalTransaction,
        ReadOnlySpan<byte> time
    )
    {
        ArgumentNullException.ThrowIfNull(cipher);
        var message = new CardMessage(stackalloc byte[Longest]);
        message.Add(balance);
        message.Add(offlineCounter);
        message.Terminal(terminal);
        message.Add(terminalTransaction);
        message.Time(time);
        return cipher.Tac(tacKey, message.Bytes);
    }

    /// <summary>GMAC of DEBIT FOR UNLOCK: the station's word for the amount, under the session key of the lock.</summary>
    public static uint FillMac(
        CardCipher cipher,
        ReadOnlySpan<byte> sessionKey,
        uint amount,
        ushort offlineCounter,
        ReadOnlySpan<byte> terminal,
        uint terminalTransaction,
        ReadOnlySpan<byte> time
    )
    {
        ArgumentNullException.ThrowIfNull(cipher);
        var message = new CardMessage(stackalloc byte[Longest]);
        message.Add(amount);
        message.Add(offlineCounter);
        message.Terminal(terminal);
        message.Add(terminalTransaction);
        message.Time(time);
        return cipher.Mac(sessionKey, message.Bytes);
    }
}
