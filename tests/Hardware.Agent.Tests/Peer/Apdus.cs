namespace Hardware.Agent.Tests.Peer;

/// <summary>Commands that a blank demo card knows.</summary>
internal static class Apdus
{
    /// <summary>Answers 61xx and its FCI by GET RESPONSE.</summary>
    internal static readonly PeerCommand SelectMoney = new("00A4040009A00000000386980701");

    internal static readonly PeerCommand Challenge = new("0084000008");

    /// <summary>Takes one of three tries from the control key, and answers how many are left: a change of the card that shows.</summary>
    internal static readonly PeerCommand SpendTry = new("00820000080000000000000000", Commit: true, ContinueOn: ["63C2", "63C1", "63C0"]);

    internal static readonly PeerCommand SelectMaster = new("00A40000023F00");

    internal static readonly PeerCommand ChipSerial = new("00B0850008");

    internal static readonly PeerCommand NotThere = new("00A4040005A0000000FF");

    /// <summary>A whole operation: read, change, done.</summary>
    internal static Func<PeerRound, PeerReply>[] SpendOneTry =>
        [_ => PeerReply.Commands(1, SelectMoney, Challenge, SpendTry), r => PeerReply.Done(r, r.Failure is null ? "confirmed" : "unknown")];
}
