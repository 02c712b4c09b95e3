using Meters.Carriers.Sts;

namespace Hardware.Simulators.Meters;

/// <summary>What a meter shows for a token.</summary>
public enum TokenResult
{
    /// <summary>It was taken.</summary>
    Accepted,

    /// <summary>It has not 20 digits, or is too large.</summary>
    FormatError,

    /// <summary>The meter does not know what the token asks for.</summary>
    FunctionError,

    /// <summary>Another meter's token, another key's, or a slip of the finger.</summary>
    CrcError,

    /// <summary>Credit under a default key is refused.</summary>
    DefaultKeyError,

    /// <summary>The key has expired.</summary>
    KeyExpiredError,

    /// <summary>It is older than the oldest token that the meter remembers.</summary>
    OldError,

    /// <summary>It was taken before.</summary>
    UsedError,

    /// <summary>The register cannot hold so much.</summary>
    OverflowError,

    /// <summary>A part of a key change; the meter waits for the others.</summary>
    WaitsForMore,
}

/// <summary>What a token meter keeps without power.</summary>
/// <param name="Key">The decoder key.</param>
/// <param name="Credit">Units that are left, of a tenth.</param>
/// <param name="Used">Identifiers that were used; the oldest is the limit.</param>
public sealed record TokenMeterState(ulong Key, long Credit, IReadOnlyList<int> Used)
{
    /// <summary>How many identifiers a meter remembers.</summary>
    public const int Remembered = 50;

    /// <summary>The key's type.</summary>
    public StsKeyType KeyType { get; init; } = StsKeyType.Unique;

    /// <summary>The key's revision.</summary>
    public int KeyRevision { get; init; } = 1;

    /// <summary>The tariff index.</summary>
    public int TariffIndex { get; init; } = 1;

    /// <summary>The key's expiry number; 255 for none.</summary>
    public int Expiry { get; init; } = 255;

    /// <summary>The first part of a key change, when it has come.</summary>
    public ulong? Change1 { get; init; }

    /// <summary>The second part.</summary>
    public ulong? Change2 { get; init; }

    /// <summary>The third part: the supply group.</summary>
    public ulong? Change3 { get; init; }

    /// <summary>A meter as it leaves the factory: its memory is full of the minute in which it was made.</summary>
    public static TokenMeterState Made(ulong key, int minute) => new(key, 0, [.. Enumerable.Repeat(minute, Remembered)]);
}

/// <summary>
/// A meter that takes tokens, in software: decrypts, checks, remembers identifiers, and changes its key when the whole set of tokens has come, in any
/// order. With the sample tables; real meters have those of a licensee. Not safe for several threads.
/// </summary>
public sealed class SimulatedTokenMeter(TokenMeterState state, StsTables tables, Action<TokenMeterState>? keep = null)
{
    private const long MostCredit = 1_000_000_000;

    /// <summary>What it keeps.</summary>
    public TokenMeterState State { get; private set; } = state;

    /// <summary>Uses units of a tenth, as far as there are any; answers what was used.</summary>
    public long Use(long units)
    {
        var used = Math.Clamp(units, 0, State.Credit);
        Keep(State with { Credit = State.Credit - used });
        return used;
    }

    /// <summary>Somebody keys in 20 digits.</summary>
    public TokenResult Enter(string digits)
    {
        if (StsToken.Parse(digits) is not { } token)
        {
            return TokenResult.FormatError;
        }

        if (token.Class is not (0 or 2))
        {
            return TokenResult.FunctionError;
        }

        var block = token.Decrypt(State.Key, tables);
        return !StsBlock.IsSound(token.Class, block) ? TokenResult.CrcError
            : token.Class == 0 ? Credit(block)
            : Manage(block);
    }

    private TokenResult Credit(ulong block)
    {
        if (State.KeyType == StsKeyType.Default)
        {
            return TokenResult.DefaultKeyError;
        }

        if (block >> 60 > 3)
        {
            return TokenResult.FunctionError;
        }

        var minute = (int)((block >> 32) & 0xFFFFFF);
        if (Identify(minute) is { } wrong)
        {
            return wrong;
        }

        var units = StsAmount.Decode((ushort)(block >> 16));
        if (State.Credit + units > MostCredit)
        {
            return TokenResult.OverflowError;
        }

        // Credit and identifier in one step, so that power cannot come between them.
        Keep(Remember(State with { Credit = State.Credit + units }, minute));
        return TokenResult.Accepted;
    }

    private TokenResult Manage(ulong block)
    {
        switch (block >> 60)
        {
            case 3:
                return Change(State with { Change1 = block });
            case 4:
                return Change(State with { Change2 = block });
            case 8:
                return Change(State with { Change3 = block });
            case 1:
                var minute = (int)((block >> 32) & 0xFFFFFF);
                if (Identify(minute) is { } wrong)
                {
                    return wrong;
                }

                Keep(Remember(State with { Credit = 0 }, minute));
                return TokenResult.Accepted;
            default:
                return TokenResult.FunctionError;
        }
    }

    private TokenResult? Identify(int minute) =>
        State.Expiry != 255 && minute >> 16 > State.Expiry ? TokenResult.KeyExpiredError
        : minute < State.Used.Min() ? TokenResult.OldError
        : State.Used.Contains(minute) ? TokenResult.UsedError
        : null;

    private static TokenMeterState Remember(TokenMeterState state, int minute)
    {
        var used = state.Used.ToList();
        used[used.IndexOf(used.Min())] = minute;
        return state with { Used = used };
    }

    /// <summary>The key changes when all parts are there; with a rollover the identifiers are forgotten, since the base date is another.</summary>
    private TokenResult Change(TokenMeterState next)
    {
        if (next is not { Change1: { } first, Change2: { } second })
        {
            Keep(next);
            return TokenResult.WaitsForMore;
        }

        var flags = (int)((first >> 48) & 0xFF);
        if ((flags & 4) != 0 && next.Change3 is null)
        {
            Keep(next);
            return TokenResult.WaitsForMore;
        }

        var key = (((first >> 16) & 0xFFFF_FFFF) << 32) | ((second >> 16) & 0xFFFF_FFFF);
        Keep(
            next with
            {
                Key = key,
                KeyRevision = flags >> 4,
                KeyType = (StsKeyType)(flags & 3),
                Expiry = ((int)((first >> 56) & 0xF) << 4) | (int)((second >> 56) & 0xF),
                TariffIndex = (int)((second >> 48) & 0xFF),
                Used = (flags & 8) != 0 ? [.. Enumerable.Repeat(0, TokenMeterState.Remembered)] : next.Used,
                Change1 = null,
                Change2 = null,
                Change3 = null,
            }
        );
        return TokenResult.Accepted;
    }

    private void Keep(TokenMeterState next)
    {
        State = next;
        keep?.Invoke(next);
    }
}
