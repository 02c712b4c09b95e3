namespace Hardware.Simulators.Chip;

/// <summary>What INITIALIZE leaves in RAM for the command that completes it.</summary>
internal enum PendingKind
{
    Load,
    Unload,
    Purchase,
    GreyLock,
    OnlineUnlock,
}

/// <summary>An initialised transaction; it dies with power and with any other command.</summary>
internal sealed record Pending(PendingKind Kind, uint Amount, byte[] Terminal, byte[] Random, byte[] Key, byte[] SessionKey);

/// <summary>The chip's RAM: everything that dies when power goes.</summary>
internal sealed class ChipSession
{
    internal ChipApplication? Application { get; set; }

    /// <summary>Short id of the elementary file chosen by SELECT, for READ and UPDATE BINARY without one.</summary>
    internal byte? CurrentFile { get; set; }

    internal bool PinVerified { get; set; }

    internal bool Authenticated { get; set; }

    /// <summary>The last challenge; good for the very next command only.</summary>
    internal byte[]? Challenge { get; set; }

    internal Pending? Pending { get; set; }

    /// <summary>Data that waits for GET RESPONSE (T=0).</summary>
    internal byte[]? Waiting { get; set; }

    internal void Enter(ChipApplication? application)
    {
        (Application, CurrentFile, PinVerified, Authenticated, Pending) = (application, null, false, false, null);
    }
}
