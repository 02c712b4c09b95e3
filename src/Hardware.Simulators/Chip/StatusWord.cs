namespace Hardware.Simulators.Chip;

/// <summary>The status words a PBOC card gives.</summary>
internal static class StatusWord
{
    internal const ushort Done = 0x9000;
    internal const ushort MoreData = 0x6100;
    internal const ushort WrongPin = 0x63C0;
    internal const ushort WrongLength = 0x6700;
    internal const ushort NotInitialised = 0x6901;
    internal const ushort SecurityNotSatisfied = 0x6982;
    internal const ushort AuthenticationBlocked = 0x6983;
    internal const ushort ConditionsNotSatisfied = 0x6985;
    internal const ushort NoCurrentFile = 0x6986;
    internal const ushort WrongSecureMac = 0x6988;
    internal const ushort WrongData = 0x6A80;
    internal const ushort ApplicationBlocked = 0x6A81;
    internal const ushort NotFound = 0x6A82;
    internal const ushort RecordNotFound = 0x6A83;
    internal const ushort WrongParameters = 0x6A86;
    internal const ushort OutsideFile = 0x6B00;
    internal const ushort WrongExpectedLength = 0x6C00;
    internal const ushort UnknownInstruction = 0x6D00;
    internal const ushort UnknownClass = 0x6E00;
    internal const ushort WrongMac = 0x9302;
    internal const ushort CardBlockedForEver = 0x9303;
    internal const ushort TooLittleMoney = 0x9401;
    internal const ushort CounterUsedUp = 0x9402;
    internal const ushort NoSuchKey = 0x9403;
    internal const ushort NoProof = 0x9406;
}
