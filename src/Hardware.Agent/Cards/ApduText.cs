namespace Hardware.Agent.Cards;

/// <summary>How commands appear in logs and in the journal.</summary>
internal static class ApduText
{
    // VERIFY, CHANGE REFERENCE DATA, RESET RETRY COUNTER, CHANGE / RELOAD PIN, WRITE KEY. By the instruction alone, because the class
    // byte changes with secure messaging and a PIN under another class is still a PIN. UPDATE BINARY and UPDATE RECORD carry names.
    private static readonly HashSet<byte> Secret = [0x20, 0x24, 0x2C, 0x5E, 0xD4, 0xD6, 0xDC];

    /// <summary>The command in hex; of one that carries a PIN, a key or a person only the header.</summary>
    internal static string ForLog(ReadOnlySpan<byte> command) =>
        command.Length > 4 && Secret.Contains(command[1])
            ? $"{Convert.ToHexString(command[..4])}…({command.Length - 4} bytes masked)"
            : Convert.ToHexString(command);
}
