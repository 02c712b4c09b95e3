namespace Platform.Cards.Cryptography;

/// <summary>
/// The messages of load, unload and purchase, and the MACs and TACs over them. Amounts and balances are fen (or points), counters the
/// chip's 16-bit ones, terminals 6 bytes, times 7 bytes (<see cref="CardTime"/>). Used by the server, the virtual chip and the simulated
/// station, so a mistake in one of them shows only against the public vectors: a test holds it to these.
/// </summary>
public static class PurseCryptography
{
    private const int Longest = 32;

    /// <summary>The session key of load and unload: <c>random4 ‖ onlineCounter2 ‖ 8000</c>.</summary>
    public static void OnlineSession(
        CardCipher cipher,
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> random,
        ushort onlineCounter,
        Span<byte> sessionKey
    ) => Session(cipher, key, random, onlineCounter, 0x8000, sessionKey);

    /// <summary>The session key of a purchase: <c>random4 ‖ offlineCounter2 ‖ the low half of the terminal's transaction number</c>.</summary>
    public static void OfflineSession(
        CardCipher cipher,
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> random,
        ushort offlineCounter,
        uint terminalTransaction,
        Span<byte> sessionKey
    ) => Session(cipher, key, random, offlineCounter, (ushort)terminalTransaction, sessionKey);

    /// <summary>MAC1 of load and unload, card to host: <c>balance ‖ amount ‖ type ‖ terminal</c>.</summary>
    public static uint OnlineMac1(
        CardCipher cipher,
        ReadOnlySpan<byte> sessionKey,
        uint balance,
        uint amount,
        byte type,
        ReadOnlySpan<byte> terminal
    )
    {
        ArgumentNullException.ThrowIfNull(cipher);
        var message = new CardMessage(stackalloc byte[Longest]);
        message.Add(balance);
        message.Add(amount);
        message.Add(type);
        message.Terminal(terminal);
        return cipher.Mac(sessionKey, message.Bytes);
    }

    /// <summary>MAC2 of load and unload, host to card: <c>amount ‖ type ‖ terminal ‖ time</c>. Also MAC1 of a purchase.</summary>
    public static uint HostMac(
        CardCipher cipher,
        ReadOnlySpan<byte> sessionKey,
        uint amount,
        byte type,
        ReadOnlySpan<byte> terminal,
        ReadOnlySpan<byte> time
    )
    {
        ArgumentNullException.ThrowIfNull(cipher);
        var message = new CardMessage(stackalloc byte[Longest]);
        message.Add(amount);
        message.Add(type);
        message.Terminal(terminal);
        message.Time(time);
        return cipher.Mac(sessionKey, message.Bytes);
    }

    /// <summary>
    /// What proves the end of a load or unload: <c>balanceAfter ‖ onlineCounter before ‖ amount ‖ type ‖ terminal ‖ time</c>. For a load the
    /// TAC under the TAC key (<paramref name="underSession"/> false), for an unload MAC3 under the session key.
    /// </summary>
    public static uint OnlineProof(
        CardCipher cipher,
        ReadOnlySpan<byte> key,
        bool underSession,
        uint balanceAfter,
        ushort counterBefore,
        uint amount,
        byte type,
        ReadOnlySpan<byte> terminal,
        ReadOnlySpan<byte> time
    )
    {
        ArgumentNullException.ThrowIfNull(cipher);
        var message = new CardMessage(stackalloc byte[Longest]);
        message.Add(balanceAfter);
        message.Add(counterBefore);
        message.Add(amount);
        message.Add(type);
        message.Terminal(terminal);
        message.Time(time);
        return underSession ? cipher.Mac(key, message.Bytes) : cipher.Tac(key, message.Bytes);
    }

    /// <summary>MAC2 of a purchase, card to terminal: the amount alone.</summary>
    public static uint PurchaseMac2(CardCipher cipher, ReadOnlySpan<byte> sessionKey, uint amount)
    {
        ArgumentNullException.ThrowIfNull(cipher);
        var message = new CardMessage(stackalloc byte[Longest]);
        message.Add(amount);
        return cipher.Mac(sessionKey, message.Bytes);
    }

    /// <summary>The TAC of a purchase: <c>amount ‖ type ‖ terminal ‖ terminal transaction ‖ time</c>.</summary>
    public static uint PurchaseTac(
        CardCipher cipher,
        ReadOnlySpan<byte> tacKey,
        uint amount,
        byte type,
        ReadOnlySpan<byte> terminal,
        uint terminalTransaction,
        ReadOnlySpan<byte> time
    )
    {
        ArgumentNullException.ThrowIfNull(cipher);
        var message = new CardMessage(stackalloc byte[Longest]);
        message.Add(amount);
        message.Add(type);
        message.Terminal(terminal);
        message.Add(terminalTransaction);
        message.Time(time);
        return cipher.Tac(tacKey, message.Bytes);
    }

    private static void Session(
        CardCipher cipher,
        ReadOnlySpan<byte> key,
        ReadOnlySpan<byte> random,
        ushort counter,
        ushort tail,
        Span<byte> sessionKey
    )
    {
        ArgumentNullException.ThrowIfNull(cipher);
        Ciphers.Length.Is(4, random);
        var input = new CardMessage(stackalloc byte[CardCipher.FactorLength]);
        input.Add(random);
        input.Add(counter);
        input.Add(tail);
        cipher.SessionKey(key, input.Bytes, sessionKey[..cipher.SessionKeyLength]);
    }
}
