namespace Hardware.Agent.Cards.Pcsc;

/// <summary>Results of PC/SC calls, compared as 32 bits: pcsc-lite hands them back in a long.</summary>
internal static class PcscCode
{
    internal const uint Success = 0;
    internal const uint Cancelled = 0x80100002;
    internal const uint InvalidHandle = 0x80100003;
    internal const uint InsufficientBuffer = 0x80100008;
    internal const uint UnknownReader = 0x80100009;
    internal const uint Timeout = 0x8010000A;
    internal const uint SharingViolation = 0x8010000B;
    internal const uint NoCard = 0x8010000C;
    internal const uint ProtocolMismatch = 0x8010000F;
    internal const uint CommunicationError = 0x80100013;
    internal const uint NotTransacted = 0x80100016;
    internal const uint ReaderUnavailable = 0x80100017;
    internal const uint NoService = 0x8010001D;
    internal const uint ServiceStopped = 0x8010001E;
    internal const uint NoAccess = 0x80100027;
    internal const uint NoReaders = 0x8010002E;
    internal const uint CommunicationLost = 0x8010002F;
    internal const uint UnsupportedCard = 0x80100065;
    internal const uint UnresponsiveCard = 0x80100066;
    internal const uint UnpoweredCard = 0x80100067;
    internal const uint ResetCard = 0x80100068;
    internal const uint RemovedCard = 0x80100069;
    internal const uint SecurityViolation = 0x8010006A;

    /// <summary>The context is worth nothing any more; a new one must be established.</summary>
    internal static bool ServiceIsGone(uint code) =>
        code is NoService or ServiceStopped or InvalidHandle or CommunicationError or NoAccess or SecurityViolation;

    /// <summary>What a failed call means to the caller. A fault at a command that writes leaves the card's state unknown whatever it is.</summary>
    internal static CardFault Fault(uint code) =>
        code switch
        {
            SharingViolation => CardFault.Busy,
            NoCard or RemovedCard => CardFault.CardRemoved,
            ResetCard => CardFault.CardReset,
            NotTransacted or Timeout or Cancelled => CardFault.NoAnswer,
            UnresponsiveCard or UnpoweredCard => CardFault.NotResponding,
            UnsupportedCard or ProtocolMismatch => CardFault.Unsupported,
            UnknownReader or ReaderUnavailable => CardFault.ReaderGone,
            NoReaders => CardFault.NoReader,
            NoAccess or SecurityViolation => CardFault.AccessDenied,
            NoService or ServiceStopped or InvalidHandle or CommunicationError => CardFault.ServiceMissing,
            _ => CardFault.Transport,
        };

    internal static CardException Failure(string call, uint code, CardFault? fault = null) =>
        new(fault ?? Fault(code), $"{call} answered {code:X8}.");
}
